import type { Definition, Values } from "./definition";

/**
 * What the resources of a stack hold in the cloud, as far as this process has met them. It keeps two
 * resources from holding one object, and a replacement from taking over what it replaces.
 */
export class Holdings {
  private readonly held = new Set<string>();
  private readonly taken = new Set<string>();
  private readonly claimed = new Set<string>();
  private readonly served = new Set<string>();

  /** Whether this is the first create of that name in this run; another one cannot mean the same object. */
  claim({ kind }: Definition, name: string): boolean {
    const isFirst = !this.claimed.has(`${kind} ${name}`);
    this.claimed.add(`${kind} ${name}`);
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

  /** It was not taken over after all. */
  release(id: string): void {
    this.held.delete(id);
    this.taken.delete(id);
  }

  wasTakenOver(id: string): boolean {
    return this.taken.has(id);
  }

  /** The resource with this state is to be replaced, so that what it adopted says nothing any more. */
  replace({ kind }: Definition, { adopt }: Values): void {
    if (typeof adopt === "string") this.served.add(`${kind} ${adopt}`);
  }

  /** Whether the input `adopt` belongs to an object that is being replaced. */
  isServed({ kind }: Definition, adopt: string): boolean {
    return this.served.has(`${kind} ${adopt}`);
  }
}
