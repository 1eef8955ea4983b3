import type { NeutronClient } from "../neutron/client";
import type { Log } from "../log";
import type { WaitRoom } from "../wait/waiter";
import { parseDuration } from "../validation/duration";
import type { Dialect } from "../dialect";
import type { Values } from "./definition";
import type { Resource } from "./resource";

/** Everything that an operation on one kind of resource needs. */
export interface Context extends WaitRoom {
  readonly resource: Resource;
  readonly dialect: Dialect;
  readonly client: NeutronClient;
  readonly log: Log;
  /** Name of the Pulumi project, by which default names are told. */
  readonly project: string;
}

/** When an operation that begins now has to end, in milliseconds since the epoch. */
export function deadlineOf(
  context: Context,
  operation: "create" | "update" | "delete",
  values: Values,
): number {
  const own = values["timeouts"] as Values | undefined;
  const field = context.resource.definition.fields.find(({ name }) => name === "timeouts");
  const text = own?.[operation] ?? (field?.default as Values)[operation];
  return context.clock.now() + (parseDuration(String(text)) ?? 0);
}

/** How an object is called in messages. */
export function label(context: Context, id: string, values: Values): string {
  const name = values["name"];
  const kind = context.resource.definition.kind;
  return typeof name === "string" && name !== "" ? `${kind} ${name} (${id})` : `${kind} ${id}`;
}
