import { NotFoundError, GoneError } from "../../errors";
import { escapeControlCharacters } from "../../controlCharacters";
import { displayName } from "../../model/labels";
import type { Values, WireObject } from "../../values";
import type { View } from "../core/context";

/** The status as a printable string; a missing one counts as unknown but settled. */
export function statusOf(object: Values): string {
  const { status } = object;
  return typeof status === "string" ? escapeControlCharacters(status) : "UNKNOWN";
}

/**
 * Reads an object that has to exist. One attempt is enough within a wait, since the wait polls
 * again.
 * @throws GoneError
 */
export async function observe(
  context: View,
  id: string,
  values: Values,
  attempts?: 1,
): Promise<WireObject> {
  try {
    return await context.client.get(context.resource.definition, id, attempts);
  } catch (error) {
    if (NotFoundError.isInstance(error)) throw notFoundError(context, id, values, error);
    throw error;
  }
}

/**
 * The error for an object that should be changed or awaited but is not found; any other 404 (of a
 * group that it refers to) stays unchanged.
 */
export function notFoundError(
  context: View,
  id: string,
  values: Values,
  error: NotFoundError,
): GoneError | NotFoundError {
  const { faultType } = error.refusal;
  const isOwn =
    faultType === undefined ||
    faultType === "HTTPNotFound" ||
    faultType === context.resource.definition.notFoundType;
  if (!isOwn) return error;
  return goneError(displayName(context, id, values), error.message);
}

/** The error for an object that should be changed or awaited; `reason` is how that it is gone was found. */
export function goneError(subject: string, reason: string): GoneError {
  return new GoneError(
    `${subject} is gone, or this login cannot see it. The state is left as it is: ` +
      `run \`pulumi up --refresh\` to have it created again. (${reason})`,
  );
}
