import type { Definition, Values } from "./definition";
import { isAbsent } from "./values";

/** What a PUT of this run was answered with. */
export interface Answered {
  /** When, by the clock. */
  readonly changedAt: number;
  /** The status that it showed, which may be that of before the change. */
  readonly status: string;
}

/**
 * What the resources of a stack hold in the cloud, as far as this process has met them. It keeps two
 * resources from holding one object, a replacement from taking over what it replaces, and what was
 * taken over in this run from being deleted for the resource that had it before. It also knows which
 * objects this run changes, for whoever waits for them.
 */
export class Holdings {
  private readonly held = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly claimed = new Set<string>();
  private readonly served = new Set<string>();
  private readonly toChange = new Set<string>();
  private readonly changes = new Map<string, Answered>();
  private readonly nameless = new Set<string>();

  /** Whether this is the first create of that name in this run; another one cannot mean the same object. */
  claim(definition: Definition, inputs: Values): boolean {
    const key = keyOf(definition, inputs, "name");
    const isFirst = !this.claimed.has(key);
    this.claimed.add(key);
    return isFirst;
  }

  /** A resource holds that object: the state said so, or it was just made. */
  hold(id: string): void {
    this.held.add(id);
  }

  isHeld(id: string): boolean {
    return this.held.has(id);
  }

  /** That object was there, and a resource of this run took it over. */
  takeOver(id: string): void {
    this.hold(id);
    this.taken.add(id);
  }

  wasTakenOver(id: string): boolean {
    return this.taken.has(id);
  }

  /** The object was not taken over after all. */
  release(id: string): void {
    this.held.delete(id);
    this.taken.delete(id);
  }

  /** The resource with this state is to be replaced, so that what it adopted says nothing any more. */
  replace(definition: Definition, state: Values): void {
    if (!isAbsent(state["adopt"])) this.served.add(keyOf(definition, state, "adopt"));
  }

  /** Whether the input `adopt` belongs to an object that is being replaced. */
  isServed(definition: Definition, inputs: Values): boolean {
    return this.served.has(keyOf(definition, inputs, "adopt"));
  }

  /** The run is going to change that object in place: its diff said so. */
  willChange(id: string): void {
    this.toChange.add(id);
  }

  isToChange(id: string): boolean {
    return this.toChange.has(id);
  }

  /** A PUT was sent and answered. */
  changed(id: string, answer: Answered): void {
    this.changes.set(id, answer);
  }

  /** The last PUT of this run; undefined where there was none. */
  lastChange(id: string): Answered | undefined {
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

/** Names mean something within a kind and a cloud only. */
function keyOf({ kind }: Definition, values: Values, name: "name" | "adopt"): string {
  return JSON.stringify([kind, values["cloud"] ?? null, values[name] ?? null]);
}
