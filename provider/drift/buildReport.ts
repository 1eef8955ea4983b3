import { nameOf } from "../model/labels";
import { cloudResourceType, type Field } from "../schema/resourceType";
import { CHANGED, driftOf, type Difference, type Drift } from "../model/drift";
import { isAbsent } from "../schema/equality";
import { toOutputs } from "../model/wireMapping";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import { resources } from "../resources";
import type {
  Plan,
  Report,
  ReportedCloud,
  ReportedObject,
  ReportedResource,
  Verdict,
} from "./report";
import type { HeldResource } from "./stackState";
import { adviceFor } from "./advice";
import { isDown } from "./concerns";
import type { ObservedProject, Observation } from "./observation";
import type { Inventory } from "./inventory";
import { tunnelsAt } from "./tunnels";

/** The report on an inventory and, if given, a plan, as data without any secret. */
export function reportOf(survey: Inventory, plan?: Plan): Report {
  const { stacks, cloudProjects, sightings, problems } = survey;
  const reported = sightings.map(reportedResource);
  // A stack whose login fails owns its objects nevertheless.
  const held = stacks.flatMap((stack) => stack.resources);
  // Two URLs may lead to one cloud.
  const tunnels = oncePerId(cloudProjects.flatMap((at) => tunnelsAt(at, reported, held)));
  return {
    takenAt: new Date(survey.begin).toISOString(),
    seconds: survey.ms / 1_000,
    stacks: stacks.map(({ name, project, resources: own, secretsRead, unfinished }) => ({
      name,
      project,
      secretsRead,
      ...(unfinished && { unfinished }),
      resources: own.filter(({ isCompared }) => isCompared).length,
    })),
    clouds: cloudProjects.map((at) => reportedCloud(at, survey.requests.get(at.cloudProject)!)),
    resources: reported,
    unmanaged: oncePerId(cloudProjects.flatMap((at) => unmanagedAt(at, held))),
    tunnels,
    notes: [
      ...stacks.flatMap(({ notes }) => notes),
      ...(plan?.notes ?? []),
      ...(tunnels.some(isDown) ? checklists(cloudProjects) : []),
    ],
    problems,
    ...(plan && { plan: plan.calls }),
  };
}

function reportedResource(sighting: Observation): ReportedResource {
  const { stack, resource, at, live } = sighting;
  const { kind, id, name, urn, outputs, secret, recordedAt } = resource;
  const drifts = driftsOf(sighting);
  const verdict = verdictOf(sighting, drifts);
  const status = live?.["status"];
  const recordedStatus = outputs["status"];
  const advice = adviceFor(verdict, sighting, drifts);
  return {
    stack: stack.name,
    urn,
    name,
    kind,
    id,
    verdict,
    cloudName: secret.has("name") ? "" : nameOf(live ?? outputs),
    ...(at && { endpoint: at.cloudProject.endpoint }),
    ...(typeof status === "string" && { status }),
    ...(typeof recordedStatus === "string" && { recordedStatus }),
    differences: drifts.flatMap(({ differences }) =>
      mayBeOfRun(sighting) ? differences.map(maybeOfRun) : differences,
    ),
    notCompared: live === undefined ? [] : unseenFields(sighting).map((field) => field.name),
    ...(recordedAt !== undefined && { recordedAt }),
    ...(advice !== undefined && { advice }),
  };
}

/** Whether a run that has not ended may have changed a resource: any such run holds a lock. */
function mayBeOfRun({ stack, resource }: Observation): boolean {
  const { unfinished } = stack;
  if (unfinished === undefined) return false;
  return (
    unfinished.lockedSince !== undefined ||
    unfinished.pending.some(({ urn }) => urn === resource.urn)
  );
}

function maybeOfRun(difference: Difference): Difference {
  const because = difference.because.replace(
    CHANGED,
    `${CHANGED}, or by the run that has not ended`,
  );
  return { ...difference, because };
}

/** The fields in which a resource differs from its state; none if the cloud does not show it. */
function driftsOf({ resource, live }: Observation): Drift[] {
  if (live === undefined) return [];
  const { kind, outputs, secret, unread } = resource;
  const definition = cloudResourceType(kind);
  const current = toOutputs(definition, live, outputs);
  return driftOf(definition, current, outputs, ({ name }) => secret.has(name)).filter(
    ({ field }) => !unread.has(field.name),
  );
}

function verdictOf({ live, unseen }: Observation, drifts: readonly Drift[]): Verdict {
  if (unseen !== undefined) return "notRead";
  if (live === undefined) return "gone";
  if (drifts.length > 0) return "drifted";
  return live["status"] === "ERROR" ? "failed" : "inStep";
}

/** Properties that could not be decrypted, and secrets that the cloud never shows. */
function unseenFields({ resource, live }: Observation): Field[] {
  return cloudResourceType(resource.kind).fields.filter(
    ({ name, wire, output, local, secret }) =>
      output && !local && (resource.unread.has(name) || (secret && isAbsent(live?.[wire]))),
  );
}

function reportedCloud(
  { cloudProject, objects }: ObservedProject,
  requests: ReadonlyMap<string, number>,
): ReportedCloud {
  const read = new Set([...objects.keys()].map((kind) => cloudResourceType(kind).path));
  const { endpoint, names, projectId } = cloudProject;
  const lists: Record<string, number> = {};
  let gets = 0;
  for (const [path, times] of requests) {
    const [, collection, id] = /\/v2\.0\/vpn\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? [];
    if (id !== undefined) gets += times;
    else if (collection !== undefined && read.has(collection)) lists[collection] = times;
  }
  return {
    endpoint,
    names: [...names],
    lists,
    gets,
    ...(projectId !== undefined && { projectId }),
  };
}

function unmanagedAt(
  { cloudProject, objects }: ObservedProject,
  held: readonly HeldResource[],
): ReportedObject[] {
  const known = new Set(held.map(({ id }) => id));
  return [...objects].flatMap(([kind, shown]) =>
    shown
      .filter(({ id }) => !known.has(id))
      .map((one) => {
        const { status } = one;
        return {
          kind,
          id: one.id,
          name: nameOf(one),
          endpoint: cloudProject.endpoint,
          ...(typeof status === "string" && { status }),
        };
      }),
  );
}

function oncePerId<T extends { readonly id: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

function checklists(cloudProjects: readonly ObservedProject[]): string[] {
  const dialects = new Set(cloudProjects.map(({ cloudProject }) => cloudProject.dialect));
  const behaviors: readonly ResourceBehavior[] = Object.values(resources);
  return [...dialects].flatMap((dialect) =>
    behaviors.flatMap(({ downChecklist }) => downChecklist?.(dialect) ?? []),
  );
}
