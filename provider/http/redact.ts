const HIDDEN = "(hidden)";

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
