import { messageOf, NotFoundError } from "../errors";
import { cloudResourceType } from "../schema/resourceType";
import { locationMismatch, MISSING_READ_PERMISSION } from "../lifecycle/reconcile/absenceProof";
import type { WireObject } from "../neutron/client";
import type { ObservedProject } from "./observation";
import type { Held } from "./stackState";

/** The result of a GET of one resource; with neither member its deletion is proven. */
export interface Proof {
  /** The current object. */
  readonly live?: WireObject;
  /** Why it may exist although it was not found: a sentence. */
  readonly doubt?: string;
}

/**
 * Reads a resource that a list lacks. The list alone proves nothing: the login may not see the
 * object, or act in another project, and the list may be wrong. Sends at most one GET, and none if
 * the login acts in a project other than the resource's.
 */
export async function prove(at: ObservedProject, { resource }: Held): Promise<Proof> {
  const { client } = at;
  const definition = cloudResourceType(resource.kind);
  const doubt = await locationMismatch(client, resource.outputs);
  if (doubt !== undefined) return { doubt };
  try {
    return { live: await client.get(definition, resource.id) };
  } catch (error) {
    if (!NotFoundError.isInstance(error)) return { doubt: messageOf(error) };
    const { faultType } = error.refusal;
    const isKnownKind = faultType === undefined || faultType === definition.notFoundType;
    return isKnownKind ? {} : { doubt: MISSING_READ_PERMISSION };
  }
}

const UNPROVEN = "not found, but not proven to be deleted";

/** Collects doubts, so that each reason is reported once per stack. */
export class Doubts {
  private readonly subjects = new Map<string, string[]>();

  /** Records a doubt, and returns it as a sentence about that resource. */
  add({ stack, resource }: Held, doubt: string): string {
    const key = `${stack.name}\n${doubt}`;
    const others = this.subjects.get(key) ?? [];
    this.subjects.set(key, [...others, `${resource.kind} ${resource.name}`]);
    return `It was ${UNPROVEN}: ${doubt}`;
  }

  /** One sentence for each reason and stack, regardless of the number of resources. */
  all(): string[] {
    return [...this.subjects].map(([key, subjects]) => {
      const [stack, doubt] = key.split("\n");
      const more = subjects.length === 1 ? "" : ` and ${subjects.length - 1} more`;
      return `Stack ${stack!}: ${subjects[0]!}${more}: ${UNPROVEN}: ${doubt!}`;
    });
  }
}
