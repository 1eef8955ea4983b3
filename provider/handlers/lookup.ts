import { VpnaasError } from "../errors";
import { redact } from "../http/redact";
import { assertLookup, lookUp } from "../lifecycle/operations/lookup";
import { resources } from "../resources";
import type { Runtime } from "../runtime";
import type { Kind } from "../schema/resourceType";
import type { Inputs, Values } from "../values";

/**
 * Looks up an object of a type, by its id or the type's filters, in the cloud that the arguments
 * name. `signal` cancels it.
 * @throws LookupError if none or more than one object matches; VpnaasError for invalid arguments
 * and for a login or request that fails. Their messages may repeat arguments: see {@link
 * redactErrors}.
 */
export async function lookUpObject(
  runtime: Runtime,
  kind: Kind,
  args: Inputs,
  signal?: AbortSignal,
): Promise<Values> {
  const resource = Object.values(resources).find(({ definition }) => definition.kind === kind)!;
  assertLookup(resource.definition, runtime.behavior(args).dialect, args);
  return lookUp(await runtime.context(resource, [args], new Set(), signal), args);
}

/** Runs an operation with secret arguments, and redacts them from the messages of its errors. */
export async function redactErrors<T>(
  secrets: readonly unknown[],
  operation: () => Promise<T>,
): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const strings = secrets.filter((one) => typeof one === "string");
    if (VpnaasError.isInstance(error)) error.message = redact(error.message, strings);
    throw error;
  }
}
