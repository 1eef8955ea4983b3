import { messageOf, NotFoundError } from "../errors";
import { definitionOf, type Kind } from "../lifecycle/definition";
import { doubtOfPlace, MAY_NOT_READ } from "../lifecycle/gone";
import type { WireObject } from "../neutron/client";
import type { SeenPlace } from "./sighting";
import type { Held } from "./stackState";

/**
 * Tells what is gone from what a login cannot see. A reader's list is empty, and another project's
 * lacks what is there; so what a list lacks is gone only where the login acts in the resource's
 * project and may read such objects there.
 */
export class Proofs {
  private readonly sights = new Map<SeenPlace, Map<Kind, Promise<string | undefined>>>();
  private readonly doubted = new Map<string, string[]>();

  /**
   * Why a resource that a list lacks may be there all the same, as a whole sentence; undefined where
   * it is gone. Asks the cloud for one object of each kind at most, and only where the list shows nothing of the project.
   */
  async doubt(
    at: SeenPlace,
    { stack, resource }: Held,
    shown: readonly WireObject[],
  ): Promise<string | undefined> {
    const maySee = shown.some((one) => one["project_id"] === at.place.projectId);
    const why =
      (await doubtOfPlace(at.client, resource.outputs)) ??
      (maySee ? undefined : await this.sight(at, resource));
    if (why === undefined) return undefined;
    const key = `${stack.name}\n${why}`;
    const others = this.doubted.get(key) ?? [];
    this.doubted.set(key, [...others, `${resource.kind} ${resource.name}`]);
    return `It was not found, but nothing proves that it is gone: ${why}`;
  }

  /** A sentence for each reason and stack, however many resources it is about. */
  doubts(): string[] {
    return [...this.doubted].map(([key, subjects]) => {
      const [stack, why] = key.split("\n");
      const who =
        subjects.length === 1
          ? `${subjects[0]!} was`
          : `${subjects[0]!} and ${subjects.length - 1} more were`;
      return `Stack ${stack!}: ${who} not found, but nothing proves that ${subjects.length === 1 ? "it is" : "they are"} gone: ${why!}`;
    });
  }

  private sight(at: SeenPlace, { kind, id }: Held["resource"]): Promise<string | undefined> {
    const ofPlace = this.sights.get(at) ?? new Map<Kind, Promise<string | undefined>>();
    this.sights.set(at, ofPlace);
    const known = ofPlace.get(kind) ?? blindness(at, kind, id);
    ofPlace.set(kind, known);
    return known;
  }
}

/** Why a login does not see an object that may be there; undefined where it would. */
async function blindness(
  { client }: SeenPlace,
  kind: Kind,
  id: string,
): Promise<string | undefined> {
  const definition = definitionOf(kind);
  try {
    await client.get(definition, id);
    return "it answers, though the list lacks it. Try again.";
  } catch (error) {
    if (!NotFoundError.isInstance(error)) return messageOf(error);
    const { faultType } = error.refusal;
    const isKnownKind = faultType === undefined || faultType === definition.notFoundType;
    return isKnownKind ? undefined : MAY_NOT_READ;
  }
}
