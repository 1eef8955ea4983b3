import { isDeepStrictEqual } from "node:util";

import type { CheckFailure } from "../lifecycle/operations/check";
import type { DiffResult } from "../lifecycle/operations/diff";
import type { ReadResult } from "../lifecycle/operations/read";
import type { Runtime } from "../runtime";
import type { Inputs, Outputs, State } from "../values";

/** What every operation gets besides its values. */
export interface Call {
  /** The settings, logins and log of the process. */
  readonly runtime: Runtime;
  /** Names of the inputs that the program marks as secret; none in `read` and `delete`. */
  readonly secretInputs: ReadonlySet<string>;
  /** Names of the inputs that were secret when the state was written; none before `create`. */
  readonly storedSecretInputs: ReadonlySet<string>;
}

/** Inputs with all defaults written out, and why they cannot be used. */
export interface CheckedInputs {
  readonly inputs: Inputs;
  readonly failures: readonly CheckFailure[];
}

/** A new object. */
export interface CreatedObject {
  readonly id: string;
  readonly outputs: Outputs;
}

/**
 * The operations of one resource type, the same for every protocol. A door turns a protocol's requests
 * into these calls and decides nothing. `state` is what an earlier operation returned as outputs. No
 * values hold keys of a protocol.
 *
 * All but `check` throw VpnaasError; `create` and `update` throw PartialFailureError where the object
 * exists, but the operation did not reach its end: its properties are the outputs.
 */
export interface ResourceHandler {
  /** `oldInputs` are empty before a resource is created. Does not throw VpnaasError. */
  check(call: Call, oldInputs: Inputs, inputs: Inputs): Promise<CheckedInputs>;
  diff(call: Call, id: string, state: State, inputs: Inputs): Promise<DiffResult>;
  create(call: Call, inputs: Inputs): Promise<CreatedObject>;
  /** Undefined if the object is proven to be gone. */
  read(call: Call, id: string, state: State): Promise<ReadResult | undefined>;
  /** Returns the new outputs. */
  update(call: Call, id: string, state: State, inputs: Inputs): Promise<Outputs>;
  delete(call: Call, id: string, state: State): Promise<void>;
}

/** Names of the inputs whose values no message may show: those of the program and of the state. */
export function allSecretInputs(call: Call): ReadonlySet<string> {
  return new Set([...call.secretInputs, ...call.storedSecretInputs]);
}

/** Whether the state has to record that other inputs are secret now. */
export function haveSecretsChanged({ secretInputs, storedSecretInputs }: Call): boolean {
  return !isDeepStrictEqual(secretInputs, storedSecretInputs);
}
