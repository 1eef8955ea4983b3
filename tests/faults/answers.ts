/** Responses of failing clouds and proxies. */
import type { Answer } from "../../simulator";
import { KINDS } from "../support/harness/kinds";
import type { Place } from "./places";

/** A response in which every object with a status has the given one. */
export function withStatus(answer: Answer, status: string): Answer {
  const change = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(change);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [
      key,
      key === "status" ? status : change(inner),
    ]);
    return Object.fromEntries(entries) as unknown;
  };
  return answer.status < 300 ? { ...answer, body: change(answer.body) } : answer;
}

export function page(status: number, title: string): Answer {
  return { status, body: `<html><head><title>${title}</title></head><body>${title}</body></html>` };
}

/** A refusal without a type, such as one of a filter in front of the API. */
export function refused(status: number, retryAfter?: string): Answer {
  return {
    status,
    body: { error: { code: status, title: "refused", message: "refused by a test" } },
    ...(retryAfter === undefined ? {} : { headers: { "Retry-After": retryAfter } }),
  };
}

/** A 409 in the dialect's format; K5 names no types. */
export function conflict({ kind, dialect }: Place, type: "InUse" | "OverQuota"): Answer {
  const message = type === "InUse" ? "It is in use" : `Quota exceeded for ['${KINDS[kind].key}'].`;
  const body =
    dialect === "k5"
      ? { code: "409 Conflict", title: "Conflict", message }
      : { NeutronError: { type: type === "InUse" ? `${kind}InUse` : type, message, detail: "" } };
  return { status: 409, body };
}

/** An HTTP date about two seconds ahead; the format has whole seconds. */
export function soon(): string {
  return new Date(Date.now() + 2_000).toUTCString();
}
