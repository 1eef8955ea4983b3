import type { CloudResourceType, ResourceType } from "../../schema/resourceType";
import { KeyedQueue } from "./keyedQueue";
import { fingerprint, isAbsent } from "../../schema/equality";
import type { Inputs, State, Values } from "../../values";

/** What a PUT of this run was answered with. */
export interface AnsweredPut {
  /** When, by the clock. */
  readonly changedAt: number;
  /** The status that it showed, which may be that of before the change. */
  readonly status: string;
}

/**
 * What the resources of a stack hold in the cloud, as far as this process has met them. It keeps two
 * resources from adopting one object, a replacement from adopting what it replaces, and an object that
 * a living resource holds from being deleted for another one. It also knows which objects this run
 * changes, for the resources that wait for them.
 *
 * Every method but {@link inTurn} is synchronous, so that a check and its claim are one step.
 */
export class OwnershipRegistry {
  private readonly held = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly planned = new Map<string, string>();
  private readonly checked = new Set<string>();
  /** The resources that keep an object, by id, as {@link fingerprint}s: their diffs in this run replace nothing. */
  private readonly keepers = new Map<string, readonly string[]>();
  private readonly deleted = new Set<string>();
  private readonly turns = new KeyedQueue();
  private readonly consumedAdoptions = new Set<string>();
  private readonly toChange = new Set<string>();
  private readonly changes = new Map<string, AnsweredPut>();
  private readonly nameless = new Set<string>();

  /**
   * Runs an operation when the creates of the same name that came before have ended theirs: the
   * object that one of them is about to make must not be taken for what another one left.
   */
  inTurn<T>(
    definition: CloudResourceType,
    inputs: Inputs,
    operation: () => Promise<T>,
  ): Promise<T> {
    return this.turns.run(keyOf(definition, inputs, "name"), operation);
  }

  /** A resource holds that object: the state says so, or it was just made. */
  hold(id: string): void {
    this.held.add(id);
  }

  isHeld(id: string): boolean {
    return this.held.has(id);
  }

  /** Makes an object that exists a resource's own; false, and nothing else, where another one holds it. */
  claim(id: string): boolean {
    if (this.isHeld(id)) return false;
    this.hold(id);
    this.taken.add(id);
    return true;
  }

  /**
   * A resource with those inputs is going to claim an object. False where another one is, too; a
   * resource may be checked twice.
   */
  plan(id: string, inputs: Inputs): boolean {
    const one = fingerprint(inputs);
    const first = this.planned.get(id) ?? one;
    this.planned.set(id, first);
    return first === one;
  }

  /** Takes back a {@link claim}. */
  release(id: string): void {
    this.held.delete(id);
    this.taken.delete(id);
  }

  /** A check of a resource that exists has answered with those inputs. */
  recordCheck({ kind }: ResourceType, inputs: Inputs): void {
    this.checked.add(fingerprint([kind, inputs]));
  }

  /**
   * A check of a resource that is going to be created has answered with those inputs. Where a diff has
   * kept an object with the same inputs, the engine replaces it all the same (`replaceOnChanges` of a
   * resource whose last operation failed), and checks once more before it does (Pulumi 3.232.0,
   * step_generator.go, continueStepsFromDiff).
   */
  recordCreation({ kind }: ResourceType, inputs: Inputs): void {
    const replaced = fingerprint([kind, inputs]);
    const isNew = !this.checked.has(replaced);
    this.checked.add(replaced);
    // Nothing is kept with inputs that were never checked, so that most creations search nothing.
    if (isNew) return;
    for (const [id, keepers] of this.keepers) {
      const others = keepers.filter((one) => one !== replaced);
      if (others.length > 0) this.keepers.set(id, others);
      else this.keepers.delete(id);
    }
  }

  /**
   * A diff replaces nothing. If the run has checked those inputs, a resource holds the object to the
   * end of the run. The diffs of a refresh, and those by which the engine finds out what a replacement
   * takes along, have inputs that no check has answered with.
   */
  keep({ kind }: ResourceType, id: string, inputs: Inputs): void {
    const keeper = fingerprint([kind, inputs]);
    if (!this.checked.has(keeper)) return;
    this.keepers.set(id, [...(this.keepers.get(id) ?? []), keeper]);
  }

  /** Whether the object stays with a resource of the program to the end of the run. */
  isKept(id: string): boolean {
    return this.keepers.has(id);
  }

  /** Whether more than one resource holds the object to the end of the run. */
  isShared(id: string): boolean {
    return (this.keepers.get(id) ?? []).length + (this.taken.has(id) ? 1 : 0) > 1;
  }

  /** Why the object must not be deleted for another resource; undefined where it may be. */
  keepReason(id: string): string | undefined {
    if (this.taken.has(id)) return "this run has taken it over";
    return this.isKept(id) ? "another resource of this stack holds it" : undefined;
  }

  /** The run deletes that object, so that no resource may claim it. False where it has before. */
  beginDelete(id: string): boolean {
    this.hold(id);
    return isNew(this.deleted, id);
  }

  /** How many objects the run has begun to delete. */
  get deletions(): number {
    return this.deleted.size;
  }

  /** Whether the run has begun to delete that object. */
  isDeleted(id: string): boolean {
    return this.deleted.has(id);
  }

  /** The resource with this state is to be replaced, so that what it adopted says nothing any more. */
  markReplaced(definition: CloudResourceType, state: State): void {
    if (!isAbsent(state["adopt"])) this.consumedAdoptions.add(keyOf(definition, state, "adopt"));
  }

  /** Whether the input `adopt` belongs to an object that is being replaced. */
  isAdoptionConsumed(definition: CloudResourceType, inputs: Inputs): boolean {
    return this.consumedAdoptions.has(keyOf(definition, inputs, "adopt"));
  }

  /** The run is going to change that object in place: its diff said so. */
  willChange(id: string): void {
    this.toChange.add(id);
  }

  isToChange(id: string): boolean {
    return this.toChange.has(id);
  }

  /** A PUT was sent and answered. */
  changed(id: string, answer: AnsweredPut): void {
    this.changes.set(id, answer);
  }

  /** The last PUT of this run; undefined where there was none. */
  lastChange(id: string): AnsweredPut | undefined {
    return this.changes.get(id);
  }

  /** The program marks the name of that object as secret. */
  hideName(id: string): void {
    this.nameless.add(id);
  }

  hidesName(id: string): boolean {
    return this.nameless.has(id);
  }
}

/** Adds to a set; false where the set has it already. */
function isNew(set: Set<string>, one: string): boolean {
  const before = set.size;
  return set.add(one).size > before;
}

/** Names mean something within a kind and a cloud only. */
function keyOf({ kind }: CloudResourceType, values: Values, name: "name" | "adopt"): string {
  return JSON.stringify([kind, values["cloud"] ?? null, values[name] ?? null]);
}
