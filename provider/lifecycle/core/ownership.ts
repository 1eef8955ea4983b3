import type { CloudResourceType, ResourceType } from "../../schema/resourceType";
import { KeyedQueue } from "./keyedQueue";
import { fingerprint, isAbsent } from "../../schema/equality";
import type { Inputs, State, Values } from "../../values";

/** The response to a PUT of this run. */
export interface AnsweredPut {
  /** When it arrived, by the clock. */
  readonly changedAt: number;
  /** Its status, which may be older than the change. */
  readonly status: string;
}

/** A deleted object, as the state recorded it. */
export interface DeletedObject {
  readonly kind: string;
  readonly state: State;
}

/**
 * Records which objects the resources of a stack hold, as far as this process has met them. It
 * prevents that two resources adopt one object, that a replacement adopts the object that it
 * replaces, and that an object which a resource still holds is deleted for another one. It also
 * records which objects this run changes, for the resources that wait for them.
 *
 * Every method except {@link inTurn} is synchronous, so that a check and its claim are atomic.
 */
export class OwnershipRegistry {
  private readonly held = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly planned = new Map<string, string>();
  private readonly checked = new Set<string>();
  /** The resources ({@link fingerprint}s) whose diffs in this run keep an object, by its id. */
  private readonly keepers = new Map<string, readonly string[]>();
  private readonly deleted = new Map<string, DeletedObject | undefined>();
  private readonly turns = new KeyedQueue();
  private readonly consumedAdoptions = new Set<string>();
  private readonly toChange = new Set<string>();
  private readonly changes = new Map<string, AnsweredPut>();
  private readonly nameless = new Set<string>();

  /**
   * Runs an operation after all earlier creates of the same name have ended: an object that one of
   * them is about to create must not be mistaken for an orphan. `signal` cancels the wait for them.
   */
  inTurn<T>(
    definition: CloudResourceType,
    inputs: Inputs,
    operation: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    return this.turns.run(keyOf(definition, inputs, "name"), operation, signal);
  }

  /** A resource holds that object: the state says so, or it was just created. */
  hold(id: string): void {
    this.held.add(id);
  }

  isHeld(id: string): boolean {
    return this.held.has(id);
  }

  /**
   * Assigns an existing object to a resource; false, without any effect, if another resource holds
   * it.
   */
  claim(id: string): boolean {
    if (this.isHeld(id)) return false;
    this.hold(id);
    this.taken.add(id);
    return true;
  }

  /** Plans a claim for a resource, which may do so twice; false if another resource did, too. */
  plan(id: string, inputs: Inputs): boolean {
    const one = fingerprint(inputs);
    const first = this.planned.get(id) ?? one;
    this.planned.set(id, first);
    return first === one;
  }

  /** Undoes a {@link claim}. */
  release(id: string): void {
    this.held.delete(id);
    this.taken.delete(id);
  }

  /** A check of an existing resource returned those inputs. */
  recordCheck({ kind }: ResourceType, inputs: Inputs): void {
    this.checked.add(fingerprint([kind, inputs]));
  }

  /** False for diffs of a refresh, and of resources that a replacement may affect. */
  isChecked({ kind }: ResourceType, inputs: Inputs): boolean {
    return this.checked.has(fingerprint([kind, inputs]));
  }

  /**
   * A check of a new resource returned those inputs. If a diff has kept an object with the same
   * inputs, the engine nevertheless replaces it (`replaceOnChanges` of a resource whose last
   * operation failed), and checks once more before it does (Pulumi 3.232.0, step_generator.go,
   * continueStepsFromDiff).
   */
  recordCreation({ kind }: ResourceType, inputs: Inputs): void {
    const replaced = fingerprint([kind, inputs]);
    const isNew = !this.checked.has(replaced);
    this.checked.add(replaced);
    // Objects are kept only with inputs that were checked before, so most creations need no search.
    if (isNew) return;
    for (const [id, keepers] of this.keepers) {
      const others = keepers.filter((one) => one !== replaced);
      if (others.length > 0) this.keepers.set(id, others);
      else this.keepers.delete(id);
    }
  }

  /** A diff of checked inputs replaces nothing: the resource holds the object until the run ends. */
  keep(type: ResourceType, id: string, inputs: Inputs): void {
    if (!this.isChecked(type, inputs)) return;
    const keeper = fingerprint([type.kind, inputs]);
    this.keepers.set(id, [...(this.keepers.get(id) ?? []), keeper]);
  }

  /** Whether a resource of the program holds the object until the end of the run. */
  isKept(id: string): boolean {
    return this.keepers.has(id);
  }

  /** Whether more than one resource holds the object until the end of the run. */
  isShared(id: string): boolean {
    return (this.keepers.get(id) ?? []).length + (this.taken.has(id) ? 1 : 0) > 1;
  }

  /** Why the object must not be deleted for another resource; undefined if it may be deleted. */
  keepReason(id: string): string | undefined {
    if (this.taken.has(id)) return "this run has adopted it";
    return this.isKept(id) ? "another resource of this stack holds it" : undefined;
  }

  /**
   * The run deletes that object, so that no resource may claim it. False if it was deleted before.
   */
  beginDelete(id: string, object?: DeletedObject): boolean {
    this.hold(id);
    const isFirst = !this.deleted.has(id);
    this.deleted.set(id, object);
    return isFirst;
  }

  /** The objects that the run has begun to delete, by id. */
  get deletedObjects(): ReadonlyMap<string, DeletedObject | undefined> {
    return this.deleted;
  }

  /** Whether the run has begun to delete that object. */
  isDeleted(id: string): boolean {
    return this.deleted.has(id);
  }

  /** The resource with this state is about to be replaced, so its adoption no longer counts. */
  markReplaced(definition: CloudResourceType, state: State): void {
    if (!isAbsent(state["adopt"])) this.consumedAdoptions.add(keyOf(definition, state, "adopt"));
  }

  /** Whether the input `adopt` belongs to an object that is being replaced. */
  isAdoptionConsumed(definition: CloudResourceType, inputs: Inputs): boolean {
    return this.consumedAdoptions.has(keyOf(definition, inputs, "adopt"));
  }

  /** The run is going to update that object, according to its diff. */
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

  /** The last PUT of this run; undefined if there was none. */
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

/** Names are unique only within a type and a cloud. */
function keyOf({ kind }: CloudResourceType, values: Values, name: "name" | "adopt"): string {
  return JSON.stringify([kind, values["cloud"] ?? null, values[name] ?? null]);
}
