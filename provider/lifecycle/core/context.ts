import { parseDuration } from "../../validation/duration";
import type { Values } from "../../schema/resourceType";
import type { Context } from "./resource";

export type { Context, View } from "./resource";

/** A context with a deadline, which its client enforces as well. */
export interface TimedContext extends Context {
  /** When the operation has to end, by the clock. */
  readonly deadline: number;
}

/** The context of an operation with the timeout of its values; a preceding login counts. */
export function timed(
  context: Context,
  operation: "create" | "update" | "delete",
  values: Values,
): TimedContext {
  const own = values["timeouts"] as Values | undefined;
  const field = context.resource.definition.fields.find(({ name }) => name === "timeouts");
  const text = own?.[operation] ?? (field?.default as Values)[operation];
  const deadline = context.startedAt + (parseDuration(String(text)) ?? 0);
  return { ...context, deadline, client: context.client.within(deadline, context.signal) };
}
