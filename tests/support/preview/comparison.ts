import type { RecordedRequest } from "../../../simulator";
import { KINDS, type Kind } from "../harness/kinds";
import { summarized, type Step } from "./steps";

/** A preview and the `up` that followed it, of one site. */
export interface Pair {
  readonly preview: readonly Step[];
  /** The output of `preview --json`; undefined if it failed before it printed steps. */
  readonly previewJson: readonly string[] | undefined;
  readonly up: readonly Step[];
  /** The requests that each sent for VPN objects, without GETs. */
  readonly sent: {
    readonly preview: readonly RecordedRequest[];
    readonly up: readonly RecordedRequest[];
  };
  readonly errors: { readonly preview: readonly string[]; readonly up: readonly string[] };
  /** Ids that the program adopts. */
  readonly adopted: ReadonlySet<string>;
}

/** A difference between a preview and its `up`, in one line. */
export interface Difference {
  readonly resource: string;
  readonly kind: string;
  readonly announced: string;
  readonly done: string;
}

/**
 * Every difference of a pair; empty if the preview announced exactly the steps and requests of `up`. After a
 * preview that failed, `up` has to fail as well; which steps it takes before that is not announced.
 */
export function differencesOf(pair: Pair): Difference[] {
  if (pair.errors.preview.length > 0) {
    return pair.errors.up.length > 0 ? [] : [difference(pair.errors.preview.join("; "), "success")];
  }
  return [...differencesOfSteps(pair), ...differencesOfJson(pair), ...differencesOfRequests(pair)];
}

/** By resource: the steps in their order, with the properties that demand a replacement. */
function differencesOfSteps({ preview, up }: Pair): Difference[] {
  const resources = new Map([...preview, ...up].map(({ resource, kind }) => [resource, kind]));
  return [...resources].flatMap(([resource, kind]) => {
    const [announced, done] = [preview, up].map(
      (steps) =>
        steps
          .filter((one) => one.resource === resource)
          .map(describe)
          .join(", ") || "nothing",
    ) as [string, string];
    return announced === done ? [] : [{ resource, kind, announced, done }];
  });
}

function describe({ operation, keys, hasFailed }: Step): string {
  const demanded =
    operation === "replace" && keys.length > 0 ? ` because of ${keys.join("+")}` : "";
  return `${operation}${demanded}${hasFailed ? " (failed)" : ""}`;
}

/** `preview --json` against its own event log, which {@link differencesOfSteps} compares. */
function differencesOfJson({ preview, previewJson }: Pair): Difference[] {
  if (previewJson === undefined) return [];
  const log = summarized(preview);
  return [...without(previewJson, log), ...without(log, previewJson)].map((step) => ({
    ...difference(`--json: ${previewJson.includes(step) ? step : "nothing"}`, `log: ${step}`),
    resource: step.split(" ").at(-1)!,
  }));
}

/** The items of a list that another one lacks; the JSON of a preview need not list unchanged resources. */
function without(all: readonly string[], others: readonly string[]): string[] {
  return all.filter((one) => !others.includes(one) && !one.startsWith("same "));
}

/** A preview sends no change; `up` sends the changes of its own steps, and a failed `up` may send fewer. */
function differencesOfRequests({ up, sent, adopted, errors }: Pair): Difference[] {
  const unexpected = sent.preview.map((one) => difference("no request", describeRequest(one)));
  const idsOf = (operation: RegExp) =>
    up.filter((one) => operation.test(one.operation)).map(({ oldId }) => oldId);
  const [deleted, updated] = [idsOf(/^delete/), [...idsOf(/^update$/), ...adopted]];
  for (const request of sent.up.filter(({ method }) => method !== "POST")) {
    const ids = request.method === "DELETE" ? deleted : updated;
    const isStep = ids.includes(request.path.split("/").at(-1));
    if (!isStep) unexpected.push(difference("no request", describeRequest(request)));
  }
  for (const kind of Object.keys(KINDS) as Kind[]) {
    const creates = up.filter((one) => one.kind === kind && /^create/.test(one.operation));
    const steps = creates.filter(({ newId }) => !adopted.has(newId ?? "")).length;
    const posts = sent.up.filter(
      ({ method, path }) => method === "POST" && path.endsWith(KINDS[kind].path),
    ).length;
    if (errors.up.length > 0 ? posts > steps : posts !== steps) {
      unexpected.push(difference(`${steps} POSTs of ${kind}`, `${posts} POSTs of ${kind}`));
    }
  }
  return unexpected;
}

function difference(announced: string, done: string): Difference {
  return { resource: "requests", kind: "requests", announced, done };
}

function describeRequest({ method, path, status }: RecordedRequest): string {
  return `${method} ${path} -> ${status}`;
}
