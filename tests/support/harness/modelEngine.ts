import { isDeepStrictEqual } from "node:util";

import { OperationError, type Properties } from "./providerProcess";
import type { ResourceProvider } from "./resourceProvider";

/** A resource in the engine's state between two runs. */
export interface StoredResource {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** The reasons of the last partial failure; because of them the next run calls `update`. */
  readonly initErrors: readonly string[];
}

/** Actions of a test in place of the rest of the program. */
export interface UpHooks {
  /** Runs before the old object of a replacement is deleted, when its dependents use the new one. */
  readonly beforeDeletes?: () => Promise<void>;
}

/**
 * The engine's rules for the state of one resource, those of `pulumi up`, `refresh` and `destroy` of
 * 3.232.0, on real provider processes. Sources: pulumi/pulumi, pkg/resource/deploy
 * (step.go, step_generator.go) and pkg/backend/snapshot.go.
 *
 * Every run uses the given process and returns the error messages that the user reads; an empty list
 * after a success.
 */
export class ModelEngine {
  /** The resource in the state, if any. */
  current: StoredResource | undefined;
  /** Old objects of replacements (`delete: true` in the state), which the end of an `up` deletes. */
  readonly toDelete: StoredResource[] = [];
  /** Whether {@link current} is deleted and its replacement is pending. */
  isPendingReplacement = false;

  /** `pulumi up` of a program that declares the resource with the given inputs. */
  async up(
    provider: ResourceProvider,
    args: Properties,
    { beforeDeletes }: UpHooks = {},
  ): Promise<string[]> {
    const errors = await this.declare(provider, args);
    if (errors.length > 0) return errors;
    await beforeDeletes?.();
    return this.clean(provider);
  }

  /** The part of an `up` in which the program declares the resource. */
  declare(provider: ResourceProvider, args: Properties): Promise<string[]> {
    return failures(() => this.register(provider, args));
  }

  /** The end of an `up`, which deletes old objects of replacements. */
  clean(provider: ResourceProvider): Promise<string[]> {
    return failures(() => this.deleteLeftovers(provider));
  }

  /** `pulumi refresh`. */
  refresh(provider: ResourceProvider): Promise<string[]> {
    return failures(async () => {
      const { current } = this;
      if (current === undefined || this.isPendingReplacement) return;
      const { id, outputs, inputs } = await provider.read(
        current.id,
        current.outputs,
        current.inputs,
      );
      // A successful read also clears initErrors (step.go, RefreshStep).
      this.current = id === "" ? undefined : { id, outputs, inputs, initErrors: [] };
    });
  }

  /** `pulumi destroy`. */
  destroy(provider: ResourceProvider): Promise<string[]> {
    return failures(async () => {
      await this.deleteLeftovers(provider);
      const { current } = this;
      if (current !== undefined && !this.isPendingReplacement) {
        await provider.delete(current.id, current.outputs, current.inputs);
      }
      this.current = undefined;
      this.isPendingReplacement = false;
    });
  }

  /** The changes in `pulumi preview --expect-no-changes`; empty without any. */
  async pending(provider: ResourceProvider, args: Properties): Promise<string[]> {
    const { current } = this;
    if (current === undefined) return ["create"];
    const { inputs, failures: wrong } = await provider.check(args, current.inputs);
    const diff = await provider.diff(current.id, current.outputs, inputs, current.inputs);
    return [
      ...wrong,
      ...(diff.replaces.length > 0 ? [`replace for ${diff.replaces.join(", ")}`] : []),
      ...(diff.changes ? ["update"] : []),
      ...(current.initErrors.length > 0 ? ["continue"] : []),
      ...(this.isPendingReplacement ? ["create the replacement"] : []),
      ...this.toDelete.map(({ id }) => `delete ${id}`),
    ];
  }

  /** Whether a read returns the state's outputs, except those of the given names. */
  async agrees(provider: ResourceProvider, except: readonly string[]): Promise<boolean> {
    const { current } = this;
    if (current === undefined) return false;
    const { id, outputs } = await provider.read(current.id, current.outputs, current.inputs);
    const seen = (all: Properties) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !except.includes(name)));
    return id === current.id && isDeepStrictEqual(seen(outputs), seen(current.outputs));
  }

  private async register(provider: ResourceProvider, args: Properties): Promise<void> {
    const { current } = this;
    if (current === undefined || this.isPendingReplacement) {
      const inputs = await checked(provider, args);
      this.current = await this.create(provider, inputs);
      this.isPendingReplacement = false;
    } else {
      const inputs = await checked(provider, args, current.inputs);
      const diff = await provider.diff(current.id, current.outputs, inputs, current.inputs);
      if (diff.replaces.length > 0) {
        await this.replace(provider, args, current, diff.deleteBeforeReplace);
      } else if (diff.changes || current.initErrors.length > 0) {
        this.current = await this.update(provider, inputs, current);
      } else {
        this.current = { ...current, inputs };
      }
    }
    const { initErrors } = this.current!;
    if (initErrors.length > 0) throw new Error(initErrors.join("\n"));
  }

  private async replace(
    provider: ResourceProvider,
    args: Properties,
    old: StoredResource,
    isDeletedFirst: boolean,
  ): Promise<void> {
    const inputs = await checked(provider, args);
    if (isDeletedFirst) {
      await provider.delete(old.id, old.outputs, old.inputs);
      this.isPendingReplacement = true;
    }
    this.current = await this.create(provider, inputs);
    this.isPendingReplacement = false;
    if (!isDeletedFirst) this.toDelete.push(old);
  }

  /** A partial failure also records a resource, with the new inputs. */
  private async create(provider: ResourceProvider, inputs: Properties): Promise<StoredResource> {
    try {
      return { ...(await provider.create(inputs)), inputs, initErrors: [] };
    } catch (error) {
      const { id, properties, reasons } = partialOf(error);
      return { id, inputs, outputs: properties, initErrors: reasons };
    }
  }

  /** A partial failure leaves the old inputs beside the new outputs (pkg/engine/update.go). */
  private async update(
    provider: ResourceProvider,
    inputs: Properties,
    { id, outputs, inputs: before }: StoredResource,
  ): Promise<StoredResource> {
    try {
      const now = await provider.update(id, outputs, inputs, before);
      return { id, inputs, outputs: now, initErrors: [] };
    } catch (error) {
      const { properties, reasons } = partialOf(error);
      return { id, inputs: before, outputs: properties, initErrors: reasons };
    }
  }

  private async deleteLeftovers(provider: ResourceProvider): Promise<void> {
    for (let old = this.toDelete[0]; old !== undefined; old = this.toDelete[0]) {
      await provider.delete(old.id, old.outputs, old.inputs);
      this.toDelete.shift();
    }
  }
}

async function checked(
  provider: ResourceProvider,
  args: Properties,
  olds?: Properties,
): Promise<Properties> {
  const { inputs, failures: wrong } = await provider.check(args, olds);
  if (wrong.length > 0) throw new OperationError(wrong.join("\n"));
  return inputs;
}

function partialOf(error: unknown): NonNullable<OperationError["partial"]> {
  if (error instanceof OperationError && error.partial !== undefined) return error.partial;
  throw error;
}

async function failures(run: () => Promise<void>): Promise<string[]> {
  try {
    await run();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
