import { isUnknown } from "../../../model/unknowns";
import { isAbsent } from "../../../schema/equality";
import { cloudResourceType, type Kind } from "../../../schema/resourceType";
import type { Values, WireObject } from "../../../values";
import { isUnanswered, type CloudFacts } from "../facts";
import type { Declared } from "../finding";

/** A string; undefined if the value is absent, empty or unknown. */
export function stringIn(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
}

/** The known strings of a list. */
export function stringsIn(values: Values, name: string): string[] {
  const value = values[name];
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is string => typeof one === "string" && !isUnknown(one));
}

/**
 * The object whose id a property contains; undefined if the id is unknown, or if the object is missing or
 * cannot be read, for which {@link referencesExist} has a finding.
 */
export async function objectIn(
  kind: Kind,
  values: Values,
  name: string,
  facts: CloudFacts,
): Promise<WireObject | undefined> {
  const id = stringIn(values, name);
  if (id === undefined) return undefined;
  const answer = await facts.object(kind, id);
  return isUnanswered(answer) ? undefined : answer.value;
}

/** A VPN service, in the attributes of the API that are known. */
export interface KnownService {
  /** Its id, or its name while it has none. */
  readonly label: string;
  readonly attributes: Values;
}

/**
 * The VPN service of a connection: the object in the cloud, or, while its id is unknown, the only service
 * that this run creates. Undefined if neither is known.
 */
export async function serviceOf(
  { inputs, others }: Declared,
  facts: CloudFacts,
): Promise<KnownService | undefined> {
  if (!isUnknown(inputs["vpnServiceId"])) {
    const service = await objectIn("VpnService", inputs, "vpnServiceId", facts);
    return service && { label: `VpnService ${service.id}`, attributes: service };
  }
  // A resource is checked after the ones whose outputs it uses.
  const created = others.of("VpnService").filter((one) => Object.keys(one.oldInputs).length === 0);
  const [only, another] = created;
  if (only === undefined || another !== undefined || !isAbsent(only.inputs["adopt"]))
    return undefined;
  const { fields } = cloudResourceType("VpnService");
  const attributes = fields.map(({ name, wire }) => [wire, only.inputs[name]] as const);
  return { label: only.subject, attributes: Object.fromEntries(attributes) };
}
