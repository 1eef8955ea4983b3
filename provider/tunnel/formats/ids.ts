import type { Draft } from "../draft";
import { swanNotation, type Identity } from "../identity";

/** The properties of the program of the cloud's end that hold the identities of both ends. */
export const PROPERTIES = { local: "peerId", remote: "localId" } as const;

/**
 * The identity of an end in the notation of both swans, for a format that cannot escape quotes.
 * Refuses quotes and backslashes, and whitespace if `isBare`.
 */
export function plainId(draft: Draft, end: "local" | "remote", isBare = false): string {
  const { identity } = draft.end[end];
  if ((isBare ? /["'\\\s]/ : /["'\\]/).test(identity.value)) {
    const lacks = isBare ? "quotes, backslashes and whitespace" : "quotes and backslashes";
    draft.refuse(PROPERTIES[end], identity.value, `Use an identity without ${lacks}`);
  }
  return swanNotation(identity);
}

/** An identity between double quotes, with escapes: `#` would begin a comment. */
export function quotedId(identity: Identity): string {
  return `"${swanNotation(identity).replace(/["\\]/g, "\\$&")}"`;
}
