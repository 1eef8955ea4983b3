import { messageOf, NotFoundError } from "../errors";
import { definitionOf, type Kind } from "../lifecycle/definition";
import { doubtOfPlace, MAY_NOT_READ } from "../lifecycle/gone";
import type { WireObject } from "../neutron/client";
import type { Place } from "./clouds";
import type { Held } from "./stackState";

/**
 * Tells what is gone from what a login cannot see. A reader's list is empty, and another project's
 * lacks what is there; so what a list lacks is gone only where the login acts in the resource's
 * project and may read such objects there.
 */
export class Proofs {
  private readonly sights = new Map<Place, Map<Kind, Promise<string | undefined>>>();
  private readonly doubted = new Map<string, string[]>();

  /**
   * Why a resource that a list lacks may be there all the same; undefined where it is gone. Asks the
   * cloud for one object of each kind at most, and only where the list shows nothing of the project.
   */
  async doubt(
    place: Place,
    { stack, resource }: Held,
    shown: readonly WireObject[],
  ): Promise<string | undefined> {
    const maySee = shown.some((one) => one["project_id"] === place.projectId);
    const why =
      (await doubtOfPlace(place.client, resource.outputs)) ??
      (maySee ? undefined : await this.sight(place, resource));
    if (why === undefined) return undefined;
    const key = `${stack.name}\n${why}`;
    const others = this.doubted.get(key) ?? [];
    this.doubted.set(key, [...others, `${resource.kind} ${resource.name}`]);
    return why;
  }

  /** A sentence for each reason and stack, however many resources it is about. */
  doubts(): string[] {
    return [...this.doubted].map(([key, subjects]) => {
      const [stack, why] = key.split("\n");
      const who =
        subjects.length === 1
          ? `${subjects[0]!} was`
          : `${subjects[0]!} and ${subjects.length - 1} more were`;
      return `Stack ${stack!}: ${who} not found, but nothing proves them to be gone: ${why!}`;
    });
  }

  private sight(place: Place, { kind, id }: Held["resource"]): Promise<string | undefined> {
    const ofPlace = this.sights.get(place) ?? new Map<Kind, Promise<string | undefined>>();
    this.sights.set(place, ofPlace);
    const known = ofPlace.get(kind) ?? blindness(place, kind, id);
    ofPlace.set(kind, known);
    return known;
  }
}

/** Why a login does not see an object that may be there; undefined where it would. */
async function blindness({ client }: Place, kind: Kind, id: string): Promise<string | undefined> {
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
