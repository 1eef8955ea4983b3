import { plainText } from "../plainText";
import { parseDuration } from "../validation/duration";
import type { Values } from "./definition";
import type { Context, View } from "./resource";

export type { Context, View } from "./resource";

/** A context with a time to end, which its client keeps as well. */
export interface TimedContext extends Context {
  /** When the operation has to have ended, by the clock. */
  readonly deadline: number;
}

/** The context of an operation with the time-out that its values give; a login before it counts. */
export function timed(
  context: Context,
  operation: "create" | "update" | "delete",
  values: Values,
): TimedContext {
  const own = values["timeouts"] as Values | undefined;
  const field = context.resource.definition.fields.find(({ name }) => name === "timeouts");
  const text = own?.[operation] ?? (field?.default as Values)[operation];
  const deadline = context.begin + (parseDuration(String(text)) ?? 0);
  return { ...context, deadline, client: context.client.within(deadline) };
}

/** The name that inputs give; empty where they give none. */
export function nameOf({ name }: Values): string {
  return typeof name === "string" ? name : "";
}

/** How an object is called in messages: by its id alone where the program marks the name as secret. */
export function label(
  { resource, hidden }: Pick<View, "resource"> & Partial<Pick<Context, "hidden">>,
  id: string,
  values: Values,
): string {
  return labelOf(resource.definition.kind, id, hidden?.has("name") ? {} : values);
}

/** The same of an object of another kind. */
export function labelOf(kind: string, id: string, values: Values): string {
  const name = nameOf(values);
  return plainText(name !== "" ? `${kind} ${name} (${id})` : `${kind} ${id}`);
}
