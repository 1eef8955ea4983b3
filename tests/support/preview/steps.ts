import type { StateResource } from "../harness/stack";

/** A step of the engine on one resource. */
export interface Step {
  /** Name of the resource in the program. */
  readonly resource: string;
  /** Type of the resource, such as `IkePolicy`. */
  readonly kind: string;
  /** The engine's word, such as `create-replacement`. */
  readonly operation: string;
  /** The properties that demand a replacement. */
  readonly keys: readonly string[];
  /** Id of the object before the step. */
  readonly oldId: string | undefined;
  readonly newId: string | undefined;
  readonly hasFailed: boolean;
}

interface Metadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  readonly keys?: readonly string[] | null;
  readonly old?: Pick<StateResource, "id"> | null;
  readonly new?: Pick<StateResource, "id"> | null;
}

interface EngineEvent {
  readonly resOutputsEvent?: { readonly metadata: Metadata };
  readonly resOpFailedEvent?: { readonly metadata: Metadata };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
}

/** The text of `preview --json`, reduced to the parts that tests read. */
interface PreviewJson {
  readonly steps?: readonly {
    readonly op: string;
    readonly urn: string;
  }[];
}

/** Every finished step on a resource of this package in an event log, in order. */
export function stepsOfLog(log: string): Step[] {
  return eventsOf(log).flatMap(({ resOutputsEvent, resOpFailedEvent }) => {
    const metadata = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
    if (!metadata?.type.includes("vpnaas:")) return [];
    return [stepOf(metadata, resOpFailedEvent !== undefined)];
  });
}

/** The errors in an event log. */
export function errorsOfLog(log: string): string[] {
  return eventsOf(log).flatMap(({ diagnosticEvent }) =>
    diagnosticEvent?.severity === "error" ? [diagnosticEvent.message.trim()] : [],
  );
}

/** The steps of `preview --json` as `operation resource`, sorted; undefined if it printed none. */
export function stepsOfJson(text: string): string[] | undefined {
  const { steps } = JSON.parse(text) as PreviewJson;
  return steps
    ?.filter(({ urn }) => urn.includes("vpnaas:"))
    .map(({ op, urn }) => `${op} ${urn.split("::").at(-1)!}`)
    .sort();
}

/**
 * The steps of a log in the notation of {@link stepsOfJson}, which shows a replacement as one step, and no
 * step for the rest of a replacement that an earlier run began (`shouldShow` in pkg/backend/display of Pulumi).
 */
export function summarized(steps: readonly Step[]): string[] {
  return steps
    .filter(({ operation }) => !PARTS.includes(operation))
    .map(({ operation, resource }) => `${operation.replace(/:.*/, "")} ${resource}`)
    .sort();
}

const PARTS = ["create-replacement", "delete-replaced", "remove-pending-replace"];

function stepOf({ op, urn, type, keys, old, new: next }: Metadata, hasFailed: boolean): Step {
  return {
    resource: urn.split("::").at(-1)!,
    kind: type.split(":").at(-1)!,
    operation: op === "refresh" && old && !next ? "refresh: gone" : op,
    keys: [...(keys ?? [])].sort(),
    oldId: old?.id,
    newId: next?.id,
    hasFailed,
  };
}

function eventsOf(log: string): EngineEvent[] {
  return log
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
}
