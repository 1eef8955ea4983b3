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
 * A text without those secrets, in any writing that a server may echo them in. A secret of under 4
 * characters is hidden only where it stands in quotes, since it could be a part of any word.
 */
export function hide(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== "")
    .flatMap(writingsOf)
    .flatMap((writing) =>
      writing.length >= 4 ? [writing] : [`'${writing}'`, `"${writing}"`, `\`${writing}\``],
    )
    .sort((a, b) => b.length - a.length)
    .reduce((clean, writing) => clean.replaceAll(writing, HIDDEN), text);
}

const HTML: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;" },
  ...{ '"': "&quot;", "'": "&#39;" },
};

/** Plain, as JSON, as Python's repr with either quote, URL-encoded, form-encoded, as HTML. */
function writingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const python = json.replaceAll('\\"', '"');
  const url = encodeURIComponent(Buffer.from(secret).toString());
  return [
    ...[secret, json, python, python.replaceAll("'", "\\'")],
    ...[url, url.replaceAll("%20", "+")],
    ...[/[&<>]/g, /[&<>"']/g].map((signs) => secret.replace(signs, (sign) => HTML[sign]!)),
  ];
}
