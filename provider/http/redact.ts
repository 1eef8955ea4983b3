import { base64Of, notationsOf, removeEscapes } from "./notations";

/** The replacement of a secret. */
export const REDACTED = "(hidden)";

/** A shorter secret is redacted only inside quotes: it could be part of any word. */
const MIN_LENGTH = 4;

/**
 * The text with those secrets redacted, in any notation in which a server may echo them: as JSON,
 * as Python's repr, in a URL, in a form, as HTML, in base64. If a secret occurs in yet another
 * notation, the whole text is redacted. A secret of fewer than 4 characters is redacted only inside
 * quotes, since it could be part of any word.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return redactTraces(
    text,
    secrets.filter((secret) => secret !== "").map((secret) => tracesOf(secret)),
  );
}

/** The strings that reveal a secret. */
export interface Traces {
  readonly notations: readonly string[];
  /** The base64 notation, for any position of the secret. */
  readonly base64: readonly string[];
  /** The secret without any escapes; undefined if it is too short. */
  readonly unescaped: string | undefined;
}

/** The traces of a secret that is not empty. */
export function tracesOf(secret: string): Traces {
  const notations = [...new Set(notationsOf(secret))];
  if (secret.length < MIN_LENGTH) {
    const quoted = notations.flatMap((one) =>
      one.length >= MIN_LENGTH ? [one] : [`'${one}'`, `"${one}"`, `\`${one}\``],
    );
    return { notations: quoted, base64: [], unescaped: undefined };
  }
  const base64 = [...new Set(notations.flatMap(base64Of))];
  const unescaped = removeEscapes(secret);
  return { notations, base64, unescaped: unescaped.length < MIN_LENGTH ? undefined : unescaped };
}

/** {@link redact} for secrets whose traces are known. */
export function redactTraces(text: string, traces: readonly Traces[]): string {
  const clean = traces
    .flatMap(({ notations }) => notations.filter((notation) => text.includes(notation)))
    .sort((a, b) => b.length - a.length)
    .reduce((left, notation) => left.replaceAll(notation, REDACTED), text);
  const coded = traces.flatMap(({ base64 }) => base64.filter((core) => clean.includes(core)));
  const decoded = coded.reduce(
    (left, core) => left.replace(/[\w+/-]+={0,2}/g, (run) => (run.includes(core) ? REDACTED : run)),
    clean,
  );
  const unescaped = decoded.split(REDACTED).map(removeEscapes);
  const isLeft = traces.some((one) =>
    unescaped.some((part) => one.unescaped && part.includes(one.unescaped)),
  );
  return isLeft ? REDACTED : decoded;
}
