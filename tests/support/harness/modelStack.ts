import { ModelEngine, type UpHooks } from "./modelEngine";
import type { Properties } from "./providerProcess";
import type { ResourceProvider } from "./resourceProvider";

/** A program: the inputs of each resource of a {@link ModelStack}, in the same order. */
export type ModelProgram = readonly Properties[];

/**
 * The engine's rules for a stack of independent resources: a run processes all of them at once. If one of
 * them fails, the running operations end and no deletion begins.
 *
 * Every run returns the error messages that the user reads; an empty list after a success.
 */
export class ModelStack {
  readonly resources: readonly ModelEngine[];
  /** A ConnectionsReady that waits for all of {@link resources}, if the program declares one. */
  readonly ready = new ModelEngine();

  constructor(count: number) {
    this.resources = Array.from({ length: count }, () => new ModelEngine());
  }

  /** Ids of the current resources in the state. */
  get ids(): string[] {
    return this.resources.flatMap(({ current }) => (current === undefined ? [] : [current.id]));
  }

  /** `pulumi up`. */
  async up(
    provider: ResourceProvider,
    program: ModelProgram,
    { beforeDeletes }: UpHooks = {},
  ): Promise<string[]> {
    const errors = await this.each((one, i) => one.declare(provider, program[i]!));
    if (errors.length > 0) return errors;
    await beforeDeletes?.();
    return this.each((one) => one.clean(provider));
  }

  /** `pulumi refresh`. */
  refresh(provider: ResourceProvider): Promise<string[]> {
    return this.each((one) => one.refresh(provider));
  }

  /** `pulumi destroy`. */
  destroy(provider: ResourceProvider): Promise<string[]> {
    return this.each((one) => one.destroy(provider));
  }

  /** The changes in `pulumi preview --expect-no-changes`; empty without any. */
  pending(provider: ResourceProvider, program: ModelProgram): Promise<string[]> {
    return this.each((one, i) => one.pending(provider, program[i]!));
  }

  /** Whether reads return the state's outputs, except those of the given names. */
  async agrees(provider: ResourceProvider, except: readonly string[]): Promise<boolean> {
    const all = await Promise.all(this.resources.map((one) => one.agrees(provider, except)));
    return all.every((isSo) => isSo);
  }

  private async each(
    act: (resource: ModelEngine, number: number) => Promise<string[]>,
  ): Promise<string[]> {
    return (await Promise.all(this.resources.map(act))).flat();
  }
}
