import { messageOf } from "../errors";
import { cloudResourceType, type Kind } from "../schema/resourceType";
import type { NeutronClient, WireObject } from "../neutron/client";
import { systemClock } from "../wait/clock";
import type { Clouds, Place } from "./clouds";
import { Doubts, prove, type Proof } from "./absence";
import type { SeenPlace, Observation } from "./observation";
import type { Held, StackState } from "./stackState";

/** What stacks have and what their clouds show, beside each other. */
export interface Inventory {
  readonly stacks: readonly StackState[];
  readonly places: readonly SeenPlace[];
  /** How often each path was asked for at each place. */
  readonly requests: ReadonlyMap<Place, ReadonlyMap<string, number>>;
  /** Every resource that is to be compared, in the order of the states. */
  readonly sightings: readonly Observation[];
  /** What could not be read, and why: whole sentences. */
  readonly problems: readonly string[];
  /** When it was begun, in milliseconds since the epoch. */
  readonly begin: number;
  /** How long the clouds took, in milliseconds. */
  readonly ms: number;
}

/**
 * Looks at the clouds of stacks: one list for each collection of each place in which a stack has a
 * resource, and the connections there in any case. A resource that a list lacks is asked for by itself.
 *
 * What a cloud or a login fails to do is told in the result, and never thrown.
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
  const places = new Map<Place, ReadPlace>();
  for (const place of new Set(located.values())) {
    if (typeof place === "string") problems.add(place);
    else {
      const held = all.filter((one) => located.get(one) === place);
      places.set(place, await read(place, held, problems));
    }
  }
  const compared = all.filter(({ resource }) => resource.isCompared);
  const looks = await Promise.all(
    compared.map(async (held): Promise<Look> => {
      const place = located.get(held)!;
      return typeof place === "string"
        ? { at: undefined, unseen: place }
        : look(places.get(place)!, held);
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
    places: [...places.values()],
    // What a plan asks later is not counted.
    requests: new Map([...places.keys()].map((place) => [place, new Map(place.requests)])),
    problems: [...problems],
    ms: systemClock.now() - began,
  };
}

/** A place while it is looked at. */
interface ReadPlace extends SeenPlace {
  readonly objects: Map<Kind, readonly WireObject[]>;
}

/** Where each resource lives, or why that cannot be told. */
async function locate(
  clouds: Clouds,
  all: readonly Held[],
): Promise<ReadonlyMap<Held, Place | string>> {
  const known = new Map<string, Promise<Place | string>>();
  const located = new Map<Held, Place | string>();
  for (const held of all) {
    const { stack, resource } = held;
    const { cloud } = resource.outputs;
    const entry = typeof cloud === "string" ? cloud : undefined;
    const key = JSON.stringify([stack.name, entry ?? null]);
    const found =
      known.get(key) ??
      clouds.at(stack, entry).catch((error: unknown) => `Stack ${stack.name}: ${messageOf(error)}`);
    known.set(key, found);
    located.set(held, await found);
  }
  return located;
}

/** Reads with the first login that is shown anything; what a login may not see is an empty list. */
async function read(
  place: Place,
  held: readonly Held[],
  problems: Set<string>,
): Promise<ReadPlace> {
  const [first, ...others] = place.clients;
  let seen = await readWith(first, place, held);
  for (const client of others) {
    if ([...seen.objects.values()].some((all) => all.length > 0)) break;
    seen = await readWith(client, place, held);
  }
  for (const failure of seen.failures) problems.add(failure);
  return seen;
}

async function readWith(
  client: NeutronClient,
  place: Place,
  held: readonly Held[],
): Promise<ReadPlace & { readonly failures: readonly string[] }> {
  const { projectId } = place;
  const kinds = new Set<Kind>(held.map(({ resource }) => resource.kind));
  kinds.add("IpsecSiteConnection");
  // An administrator is shown every project.
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
  return { place, client, objects, failures };
}

type Look = Omit<Observation, keyof Held> & Pick<Proof, "doubt">;

async function look(at: ReadPlace, held: Held): Promise<Look> {
  const { kind, id } = held.resource;
  const shown = at.objects.get(kind);
  if (shown === undefined) return { at, unseen: `The list of every ${kind} could not be read.` };
  const live = shown.find((one) => one.id === id);
  if (live !== undefined) return { at, live };
  const proof = await prove(at, held);
  if (proof.live !== undefined) at.objects.set(kind, [...at.objects.get(kind)!, proof.live]);
  return { at, ...proof };
}
