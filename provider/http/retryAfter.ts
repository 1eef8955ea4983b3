/**
 * The pause that a response asks for, in milliseconds, from seconds or a date (RFC 9110); undefined
 * if there is none.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const requested = headers["retry-after"];
  if (requested === undefined) return undefined;
  const ms = /^\d+$/.test(requested)
    ? Number(requested) * 1_000
    : Date.parse(requested) - dateOf(headers);
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** A date refers to the server's own clock. */
function dateOf({ date }: Readonly<Record<string, string>>): number {
  const serverMs = date === undefined ? NaN : Date.parse(date);
  return Number.isFinite(serverMs) ? serverMs : Date.now();
}
