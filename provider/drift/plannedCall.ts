import type { CloudResourceType } from "../schema/resourceType";
import type { Values } from "../values";
import type { ObservedProject, Observation } from "./observation";
import type { PlannedCall } from "./report";

/** The resource of a request. */
export interface Target {
  readonly definition: CloudResourceType;
  readonly sighting: Observation;
  readonly at: ObservedProject;
}

/** The placeholder of a secret. */
export const HIDDEN = "(hidden)";

/** A request for a resource; its body shows no secret. A POST goes to the collection. */
export function plannedCall(
  { definition, sighting, at }: Target,
  method: PlannedCall["method"],
  reason: string,
  body?: Values,
): PlannedCall {
  const { id, name, urn, secret } = sighting.resource;
  const path = `/v2.0/vpn/${definition.path}`;
  const shown = Object.entries(body ?? {}).map(([attribute, value]) => {
    const isSecret = definition.fields.some(
      (field) => field.wire === attribute && (field.secret || secret.has(field.name)),
    );
    return [attribute, isSecret ? HIDDEN : value];
  });
  return {
    method,
    urn,
    name,
    because: reason,
    endpoint: at.cloudProject.endpoint,
    path: method === "POST" ? path : `${path}/${id}`,
    ...(body && { body: { [definition.envelope]: Object.fromEntries(shown) as Values } }),
  };
}
