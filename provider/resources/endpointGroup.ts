import { cloudResourceType, type Values } from "../schema/resourceType";
import type { Rule } from "../schema/rule";
import { isUnknown } from "../model/unknowns";
import { formatOf } from "../validation/formats";
import { ipVersion } from "../validation/net";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/**
 * The required format of the endpoints of a type (neutron-vpnaas, vpn_validator.py); other types
 * are not checked.
 */
const FORMATS: ReadonlyMap<unknown, string> = new Map([
  ["cidr", "cidr"],
  ["subnet", "uuid"],
]);

const endpointsFitType: Rule = (inputs) => {
  const { type } = inputs;
  const format = FORMATS.get(type);
  if (format === undefined) return [];
  const { description, matches } = formatOf(format);
  return knownEndpoints(inputs)
    .filter(({ value }) => !matches(value))
    .map(({ path }) => ({
      path,
      reason: `must be ${description}, since the type is ${String(type)}`,
    }));
};

/** The server accepts both in one group, but then no connection accepts the group. */
const oneIpVersion: Rule = (inputs) => {
  if (inputs["type"] !== "cidr") return [];
  const versions = knownEndpoints(inputs).map(({ value }) => ipVersion(value));
  if (!versions.includes(4) || !versions.includes(6)) return [];
  return [{ path: ["endpoints"], reason: "must be all IPv4 or all IPv6" }];
};

function knownEndpoints({ endpoints }: Values): { value: string; path: string[] }[] {
  if (!Array.isArray(endpoints)) return [];
  return endpoints.flatMap((value: unknown, i) =>
    typeof value === "string" && !isUnknown(value)
      ? [{ value, path: ["endpoints", String(i)] }]
      : [],
  );
}

/** An endpoint group, with the rules that schema.json cannot express. */
export const endpointGroup: ResourceBehavior = {
  definition: cloudResourceType("EndpointGroup"),
  rules: [endpointsFitType, oneIpVersion],
};
