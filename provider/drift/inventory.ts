import { messageOf } from "../errors";
import { cloudResourceType, type Kind } from "../schema/resourceType";
import type { NeutronClient, WireObject } from "../neutron/client";
import { systemClock } from "../wait/clock";
import { haveOneLogin, type Clouds, type CloudProject } from "./clouds";
import { Doubts, prove, type Proof } from "./absence";
import type { ObservedProject, Observation } from "./observation";
import type { Held, StackState } from "./stackState";
import { TUNNEL_TYPES } from "./tunnels";

/** The states of stacks together with the objects of their clouds. */
export interface Inventory {
  readonly stacks: readonly StackState[];
  readonly cloudProjects: readonly ObservedProject[];
  /** The number of requests by path in each project. */
  readonly requests: ReadonlyMap<CloudProject, ReadonlyMap<string, number>>;
  /** Every compared resource, in the order of the states. */
  readonly sightings: readonly Observation[];
  /** Failed reads with their reasons: whole sentences. */
  readonly problems: readonly string[];
  /** When the inventory began, in milliseconds since the epoch. */
  readonly begin: number;
  /** The time that the clouds took, in milliseconds. */
  readonly ms: number;
}

/**
 * Reads the clouds of stacks: one list for each collection of each project that contains a resource
 * of a stack, and always the tunnels there. A resource that a list lacks is read by itself.
 *
 * Failures of a cloud or a login are part of the result, and never thrown.
 */
export async function takeInventory(
  clouds: Clouds,
  stacks: readonly StackState[],
): Promise<Inventory> {
  const begin = Date.now();
  const began = systemClock.now();
  clouds.forgetRequests();
  const problems = new Set<string>();
  const all = stacks.flatMap((stack) => stack.resources.map((resource) => ({ stack, resource })));
  const located = await locate(clouds, all);
  const cloudProjects = new Map<CloudProject, ReadProject>();
  for (const cloudProject of new Set(located.values())) {
    if (typeof cloudProject === "string") problems.add(cloudProject);
    else {
      const held = all.filter((one) => located.get(one) === cloudProject);
      cloudProjects.set(cloudProject, await read(cloudProject, held, problems));
    }
  }
  const compared = all.filter(({ resource }) => resource.isCompared);
  const looks = await Promise.all(
    compared.map(async (held): Promise<Look> => {
      const cloudProject = located.get(held)!;
      return typeof cloudProject === "string"
        ? { at: undefined, unseen: cloudProject }
        : look(cloudProjects.get(cloudProject)!, held);
    }),
  );
  const doubts = new Doubts();
  const sightings = compared.map((held, i): Observation => {
    const { doubt, ...seen } = looks[i]!;
    return { ...held, ...seen, ...(doubt !== undefined && { unseen: doubts.add(held, doubt) }) };
  });
  for (const doubt of doubts.all()) problems.add(doubt);
  return {
    stacks,
    sightings,
    begin,
    cloudProjects: [...cloudProjects.values()],
    // Later requests of a plan are not counted.
    requests: new Map(
      [...cloudProjects.keys()].map((cloudProject) => [
        cloudProject,
        new Map(cloudProject.requests),
      ]),
    ),
    problems: [...problems],
    ms: systemClock.now() - began,
  };
}

/** A project while its collections are read. */
interface ReadProject extends ObservedProject {
  readonly objects: Map<Kind, readonly WireObject[]>;
}

/** The project of each resource, or why it is unknown. */
async function locate(
  clouds: Clouds,
  all: readonly Held[],
): Promise<ReadonlyMap<Held, CloudProject | string>> {
  const known: { readonly held: Held; readonly project: Promise<CloudProject | string> }[] = [];
  const located = new Map<Held, CloudProject | string>();
  for (const held of all) {
    const { stack, resource } = held;
    const same = known.find(
      (one) => one.held.stack === stack && haveOneLogin(one.held.resource, resource),
    );
    const project =
      same?.project ??
      clouds
        .of(stack, resource)
        .catch((error: unknown) => `Stack ${stack.name}: ${messageOf(error)}`);
    if (same === undefined) known.push({ held, project });
    located.set(held, await project);
  }
  return located;
}

/** Reads with the first login that sees any object; a login without permission sees empty lists. */
async function read(
  cloudProject: CloudProject,
  held: readonly Held[],
  problems: Set<string>,
): Promise<ReadProject> {
  const [first, ...others] = cloudProject.clients;
  let seen = await readWith(first, cloudProject, held);
  for (const client of others) {
    if ([...seen.objects.values()].some((all) => all.length > 0)) break;
    seen = await readWith(client, cloudProject, held);
  }
  for (const failure of seen.failures) problems.add(failure);
  return seen;
}

async function readWith(
  client: NeutronClient,
  cloudProject: CloudProject,
  held: readonly Held[],
): Promise<ReadProject & { readonly failures: readonly string[] }> {
  const { projectId } = cloudProject;
  const kinds = new Set<Kind>(held.map(({ resource }) => resource.kind));
  for (const { kind } of TUNNEL_TYPES) kinds.add(kind);
  // An administrator sees every project.
  const ids = new Set(held.map(({ resource }) => resource.id));
  const projects = new Set<unknown>(
    projectId === undefined
      ? held.map(({ resource }) => resource.outputs["projectId"])
      : [projectId],
  );
  const isOurs = (one: WireObject) => ids.has(one.id) || projects.has(one["project_id"]);
  const objects = new Map<Kind, readonly WireObject[]>();
  const failures: string[] = [];
  await Promise.all(
    [...kinds].map(async (kind) => {
      try {
        const shown = await client.list(cloudResourceType(kind));
        objects.set(kind, shown.filter(isOurs));
      } catch (error) {
        failures.push(messageOf(error));
      }
    }),
  );
  return { cloudProject, client, objects, failures };
}

type Look = Omit<Observation, keyof Held> & Pick<Proof, "doubt">;

async function look(at: ReadProject, held: Held): Promise<Look> {
  const { kind, id } = held.resource;
  const shown = at.objects.get(kind);
  if (shown === undefined) return { at, unseen: `The list of every ${kind} could not be read.` };
  const live = shown.find((one) => one.id === id);
  if (live !== undefined) return { at, live };
  const proof = await prove(at, held);
  if (proof.live !== undefined) at.objects.set(kind, [...at.objects.get(kind)!, proof.live]);
  return { at, ...proof };
}
