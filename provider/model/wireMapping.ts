import { isAddress } from "../validation/net";
import type { Dialect } from "../dialect";
import type { CloudResourceType, Field, ResourceType } from "../schema/resourceType";
import { isAbsent, sameValue, withoutAbsent } from "../schema/equality";
import type { Inputs, Outputs, State, Values, WireObject } from "../values";

/** The body of a request: the configured inputs of those fields, under their names in the API. */
export function toWire(
  fields: readonly Field[],
  dialect: Dialect,
  inputs: Inputs,
): Record<string, unknown> {
  const sent = fields.filter((field) => field.input[dialect] && !field.local);
  return withoutAbsent(Object.fromEntries(sent.map((field) => [field.wire, inputs[field.name]])));
}

/**
 * The outputs for an object of the cloud. If a value means the same as the `declared` one (another
 * order of networks, another notation of one, the address of a host name), the declared notation is
 * kept, so that equal values show no difference.
 *
 * `declared` are inputs, or the previous outputs: through `resolvedBy` the latter show whether a
 * host name still resolves to the same address.
 */
export function toOutputs(
  definition: CloudResourceType,
  wire: WireObject,
  declared: Inputs | State,
): Outputs {
  const outputs = definition.fields
    .filter((field) => field.output)
    .map((field) => [field.name, outputOf(field, wire, declared)]);
  return withoutAbsent(Object.fromEntries(outputs) as Values);
}

/** The inputs that correspond to outputs, as the engine keeps them after a refresh. */
export function toInputs(
  definition: ResourceType,
  dialect: Dialect,
  outputs: Outputs | State,
): Record<string, unknown> {
  const inputs = definition.fields.filter((field) => field.input[dialect] && !field.chosen);
  return withoutAbsent(Object.fromEntries(inputs.map(({ name }) => [name, outputs[name]])));
}

/**
 * Whether the cloud shows the desired value. Unless `exactly` is given, a host name matches any
 * address, and a value that the cloud never shows matches, too.
 */
export function isShownAs(
  field: Field,
  wire: WireObject,
  desired: unknown,
  how?: "exactly",
): boolean {
  const live = wire[field.wire];
  const isHidden = live === undefined ? isAbsent(field.default) : live === null && field.secret;
  if (isHidden) return how !== "exactly";
  return sameValue(field, live, desired) || (how !== "exactly" && isHostNameFor(field, desired));
}

/** The fields that PUT can change and whose desired value the cloud does not show. */
export function fieldsToSend(fields: readonly Field[], wire: WireObject, inputs: Inputs): Field[] {
  return fields.filter(
    (field) => !field.local && !isShownAs(field, wire, inputs[field.name], "exactly"),
  );
}

function outputOf(field: Field, wire: WireObject, declared: Inputs | State): unknown {
  const before = declared[field.name];
  if (field.local) return before;
  const live = wire[field.wire];
  const isEmptyList = Array.isArray(live) && live.length === 0;
  if (isAbsent(live) || isEmptyList) return field.secret ? before : undefined;
  if (isAbsent(before)) return live;
  if (isHostNameFor(field, before)) {
    const resolved = field.resolvedBy && declared[field.resolvedBy];
    return isAbsent(resolved) || resolved === live ? before : live;
  }
  return sameValue(field, before, live) ? before : live;
}

/** The server stores the address of a host name instead of the name (neutron-vpnaas vpn_db.py). */
function isHostNameFor(field: Field, declared: unknown): boolean {
  return field.format === "host" && typeof declared === "string" && !isAddress(declared);
}
