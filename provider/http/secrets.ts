import { MAX_EXPANSION, removeEscapes } from "./notations";
import { REDACTED, redactTraces, tracesOf, type Traces } from "./redact";

/** The number of final characters that index a trace; no trace is shorter. */
const INDEX_LENGTH = 3;

/** The limits for a refusal, in characters: in all, per string, and shown of a string. */
const MAX_TOTAL = 65_536;
const MAX_STRING = 16_384;
const MAX_SHOWN = 4_096;

/** Servers nest their errors two levels deep. */
const MAX_DEPTH = 8;

/** The secrets that a process has met; redacts them from the messages of servers. */
export class Secrets {
  private readonly kept = new Set<string>();
  /**
   * Traces by their final characters, so that only a few of a thousand secrets are searched for.
   */
  private readonly byEnd = new Map<string, Set<Traces>>();
  private longest = 0;

  /** Keeps a string; any other value cannot be a secret. */
  keep(value: unknown): void {
    if (typeof value !== "string" || value === "" || this.kept.has(value)) return;
    this.kept.add(value);
    this.longest = Math.max(this.longest, value.length);
    const traces = tracesOf(value);
    const { notations, base64, unescaped } = traces;
    for (const trace of [
      ...notations,
      ...base64,
      ...(unescaped === undefined ? [] : [unescaped]),
    ]) {
      const end = trace.slice(-INDEX_LENGTH);
      this.byEnd.set(end, (this.byEnd.get(end) ?? new Set()).add(traces));
    }
  }

  /** The text with all secrets redacted, in any notation: see {@link redact}. */
  redact(text: string): string {
    const candidates = new Set<Traces>();
    for (const one of [text, removeEscapes(text)]) {
      for (let at = INDEX_LENGTH; at <= one.length; at += 1) {
        for (const traces of this.byEnd.get(one.slice(at - INDEX_LENGTH, at)) ?? [])
          candidates.add(traces);
      }
    }
    return redactTraces(text, [...candidates]);
  }

  /**
   * Parsed JSON with all secrets redacted from its strings and names. A purely alphabetic string,
   * such as an error type, is redacted only if it equals a secret. However large the value is, only
   * as much is processed as a message may need: a longer string ends in `...`, and deeper or later
   * parts are left out.
   */
  redactIn<T>(value: T): T;
  redactIn(value: unknown): unknown {
    return this.excerptOf(value, { left: MAX_TOTAL }, 0);
  }

  private excerptOf(value: unknown, budget: Budget, depth: number): unknown {
    if (typeof value === "string") return this.excerpt(value, budget);
    if (typeof value !== "object" || value === null) return value;
    if (depth === MAX_DEPTH) return undefined;
    const parts: [string, unknown][] = [];
    for (const [name, one] of Object.entries(value)) {
      budget.left -= 1;
      if (budget.left <= 0) break;
      const key = Array.isArray(value) ? name : this.excerpt(name, budget);
      parts.push([key, this.excerptOf(one, budget, depth + 1)]);
    }
    return Array.isArray(value) ? parts.map(([, one]) => one) : Object.fromEntries(parts);
  }

  private excerpt(text: string, budget: Budget): string {
    const isWord = text.length <= MAX_SHOWN && /^[A-Za-z]+$/.test(text);
    if (isWord && !this.kept.has(text)) return text;
    const seen = text.slice(0, Math.min(MAX_STRING, Math.max(0, budget.left)));
    budget.left -= seen.length;
    const clean = this.redact(seen);
    // The cut may leave the first part of a secret, which the search does not find.
    const uncertain = seen.length < text.length ? MAX_EXPANSION * this.longest : 0;
    const end = Math.min(MAX_SHOWN, clean.length - uncertain);
    if (end <= 0 && text !== "") return REDACTED;
    return end === clean.length && uncertain === 0 ? clean : `${clean.slice(0, end)}...`;
  }
}

/** The number of characters that may still be processed. */
interface Budget {
  left: number;
}
