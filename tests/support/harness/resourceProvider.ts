import type { ResourceKind } from "./kinds";
import type { Properties } from "./providerProcess";

/** The decision of a diff. */
export interface DiffResult {
  readonly changes: boolean;
  readonly replaces: string[];
  readonly deleteBeforeReplace: boolean;
}

/**
 * The operations of one door on resources of one type, with the values of the engine's state. Each throws
 * OperationError if the provider refuses it.
 */
export interface ResourceProvider {
  /** The same door for resources of another type. */
  as(kind: ResourceKind): ResourceProvider;
  /** The checked inputs, and the reasons of the failures. */
  check(
    inputs: Properties,
    storedInputs?: Properties,
  ): Promise<{ inputs: Properties; failures: string[] }>;
  diff(
    id: string,
    outputs: Properties,
    inputs: Properties,
    storedInputs: Properties,
  ): Promise<DiffResult>;
  create(inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** The id is empty if the object is gone. */
  read(
    id: string,
    outputs: Properties,
    storedInputs: Properties,
  ): Promise<{ id: string; outputs: Properties; inputs: Properties }>;
  update(
    id: string,
    outputs: Properties,
    inputs: Properties,
    storedInputs: Properties,
  ): Promise<Properties>;
  delete(id: string, outputs: Properties, storedInputs: Properties): Promise<void>;
}
