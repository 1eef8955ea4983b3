import { changedFields } from "../lifecycle/operations/diff";
import type { Drift } from "../model/drift";
import { isAbsent } from "../schema/equality";
import { cloudResourceType, isInput } from "../schema/resourceType";
import type { Observation } from "./observation";
import { refreshed } from "./refreshPreview";
import type { Verdict } from "./report";

/** The advice to the user for a resource that is not in step; undefined if it is in step. */
export function adviceFor(
  verdict: Verdict,
  sighting: Observation,
  drifts: readonly Drift[],
): string | undefined {
  const { resource, live, unseen } = sighting;
  switch (verdict) {
    case "inStep":
      return undefined;
    case "notRead":
      return unseen;
    case "gone":
      return isAbsent(resource.inputs["adopt"])
        ? "`pulumi up --refresh` creates it again; `pulumi refresh` removes it from the state."
        : "It was adopted: remove `adopt` from the program, then `pulumi up --refresh` creates another one.";
    case "failed":
      return `The cloud accepted its settings, but could not set it up: check that its networks and its peer can be reached from the router, or ask the cloud's operator for the VPN agent's log. \`pulumi up --replace '${resource.urn}'\` creates another one (without \`adopt\` in the program).`;
    case "drifted": {
      const error = live?.["status"] === "ERROR" ? " Its status is ERROR as well." : "";
      return `${remedyFor(sighting, drifts)}${error}`;
    }
  }
}

function remedyFor({ stack, resource, at, live }: Observation, drifts: readonly Drift[]): string {
  const { endpoint, dialect } = at!.cloudProject;
  const { state, inputs } = refreshed(resource, live!, endpoint);
  const environment = {
    definition: cloudResourceType(resource.kind),
    dialect,
    project: stack.project,
  };
  const changed = changedFields(environment, state, inputs);
  if (drifts.some(({ field }) => changed.includes(field))) {
    return "`pulumi up --refresh` corrects it; `pulumi refresh` accepts the existing value.";
  }
  return drifts.some(({ field }) => isInput(field))
    ? "The program does not set it: `pulumi refresh` accepts the existing value."
    : "The cloud set it, and no request can change it: `pulumi refresh` records it in the state.";
}
