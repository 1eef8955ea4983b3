const HIDDEN = "(hidden)";

/** The secrets that a process has met, so that none is repeated from the words of a server. */
export class Secrets {
  private readonly kept = new Set<string>();

  /** Keeps what is a text; anything else cannot be a secret. */
  keep(value: unknown): void {
    if (typeof value === "string") this.kept.add(value);
  }

  /** A text without any of them. */
  hide(text: string): string {
    return hide(text, [...this.kept]);
  }
}

/**
 * A text without those secrets, in any writing that a server may echo them in: plain, quoted for
 * JSON, URL-encoded. A secret of under 4 characters is hidden only where it stands in quotes,
 * since it could be a part of any word.
 */
export function hide(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
    .flatMap((writing) =>
      writing.length >= 4 ? [writing] : [`'${writing}'`, `"${writing}"`, `\`${writing}\``],
    )
    .reduce((clean, writing) => clean.replaceAll(writing, HIDDEN), text);
}
