import { isDeepStrictEqual } from "node:util";

import { escapeControlCharacters } from "../controlCharacters";
import type { CheckFailure } from "../lifecycle/operations/check";
import type { DiffResult } from "../lifecycle/operations/diff";
import type { ReadResult } from "../lifecycle/operations/read";
import { nameOf } from "../model/labels";
import type { Runtime } from "../runtime";
import type { ResourceType } from "../schema/resourceType";
import type { Inputs, Outputs, State } from "../values";

/** The context of every operation, in addition to its values. */
export interface Call {
  /** The settings, logins and log of the process. */
  readonly runtime: Runtime;
  /** The names of the inputs that the program marks as secret; empty in `read` and `delete`. */
  readonly secretInputs: ReadonlySet<string>;
  /** The names of the inputs that were secret when the state was written; empty before `create`. */
  readonly storedSecretInputs: ReadonlySet<string>;
  /**
   * Cancels the operation. Every wait, retry, queue and login ends at once for it, and a read that
   * is under way is aborted. The response to a change that was sent is awaited, for a minute at
   * most; if the response to a create is lost, its object is looked for, for 15 seconds more.
   *
   * A door without a signal leaves the end of an operation to its engine, which kills the process.
   */
  readonly signal?: AbortSignal | undefined;
}

/** Inputs with all defaults filled in, and the reasons why they are invalid. */
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
 * The operations of one resource type, independent of the protocol. A door translates the requests
 * of a protocol into these calls and decides nothing. `state` is the outputs that an earlier
 * operation returned. No values contain keys of a protocol.
 *
 * All but `check` throw VpnaasError; `create` and `update` throw PartialFailureError if the object
 * exists but the operation failed or was canceled later: its properties are the outputs. Before
 * that, a canceled operation throws CanceledError, as a canceled `delete` does.
 */
export interface ResourceHandler {
  readonly type: ResourceType;
  /** `oldInputs` are empty before a resource is created. Does not throw VpnaasError. */
  check(call: Call, oldInputs: Inputs, inputs: Inputs): Promise<CheckedInputs>;
  diff(call: Call, id: string, state: State, inputs: Inputs): Promise<DiffResult>;
  create(call: Call, inputs: Inputs): Promise<CreatedObject>;
  /** Undefined if the deletion of the object is proven. */
  read(call: Call, id: string, state: State): Promise<ReadResult | undefined>;
  /**
   * Reads an object that no state records. Throws LookupError if the login sees no such object, or
   * if the type has none in the cloud.
   */
  import(call: Call, id: string): Promise<ReadResult>;
  /** The known outputs of a create, or of an update of `state`; the others are unknown. */
  preview(inputs: Inputs, state?: State): Outputs;
  /** Returns the new outputs. */
  update(call: Call, id: string, state: State, inputs: Inputs): Promise<Outputs>;
  delete(call: Call, id: string, state: State): Promise<void>;
}

/**
 * The names of the inputs whose values messages must not contain: those of the program and of the
 * state.
 */
export function allSecretInputs(call: Call): ReadonlySet<string> {
  return new Set([...call.secretInputs, ...call.storedSecretInputs]);
}

/** Whether the state has to record different secret marks. */
export function haveSecretsChanged({ secretInputs, storedSecretInputs }: Call): boolean {
  return !isDeepStrictEqual(secretInputs, storedSecretInputs);
}

/** The display name of a resource that may have no object yet; without the name if it is secret. */
export function subjectOf({ secretInputs }: Call, { kind }: ResourceType, inputs: Inputs): string {
  const name = secretInputs.has("name") ? "" : escapeControlCharacters(nameOf(inputs));
  return name === "" ? kind : `${kind} ${name}`;
}
