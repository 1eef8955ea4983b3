import { ModelEngine, type UpHooks } from "./modelEngine";
import type { Properties, ProviderProcess } from "./providerProcess";

/** A program: what it declares of each resource of a {@link ModelStack}, in the same order. */
export type ModelProgram = readonly Properties[];

/**
 * The engine's rules for a stack of resources that do not need each other: it does to all of them at
 * once what a run does, lets what is under way end where one of them fails, and begins no deletion
 * then.
 *
 * Every run returns what the user reads of errors: an empty list where it succeeded.
 */
export class ModelStack {
  readonly resources: readonly ModelEngine[];
  /** A ConnectionsReady that waits for all of {@link resources}, where the program declares one. */
  readonly ready = new ModelEngine();

  constructor(count: number) {
    this.resources = Array.from({ length: count }, () => new ModelEngine());
  }

  /** Ids of what the state has as current. */
  get ids(): string[] {
    return this.resources.flatMap(({ current }) => (current === undefined ? [] : [current.id]));
  }

  /** `pulumi up`. */
  async up(
    provider: ProviderProcess,
    program: ModelProgram,
    { beforeDeletes }: UpHooks = {},
  ): Promise<string[]> {
    const errors = await this.each((one, i) => one.declare(provider, program[i]!));
    if (errors.length > 0) return errors;
    await beforeDeletes?.();
    return this.each((one) => one.clean(provider));
  }

  /** `pulumi refresh`. */
  refresh(provider: ProviderProcess): Promise<string[]> {
    return this.each((one) => one.refresh(provider));
  }

  /** `pulumi destroy`. */
  destroy(provider: ProviderProcess): Promise<string[]> {
    return this.each((one) => one.destroy(provider));
  }

  /** What `pulumi preview --expect-no-changes` would find to do; empty where there is nothing. */
  pending(provider: ProviderProcess, program: ModelProgram): Promise<string[]> {
    return this.each((one, i) => one.pending(provider, program[i]!));
  }

  /** Whether what the cloud shows now gives the outputs that the state has, but for those names. */
  async agrees(provider: ProviderProcess, except: readonly string[]): Promise<boolean> {
    const all = await Promise.all(this.resources.map((one) => one.agrees(provider, except)));
    return all.every((isSo) => isSo);
  }

  private async each(
    act: (resource: ModelEngine, number: number) => Promise<string[]>,
  ): Promise<string[]> {
    return (await Promise.all(this.resources.map(act))).flat();
  }
}
