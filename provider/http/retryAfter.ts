/** Milliseconds that an answer asks to wait, by seconds or a date (RFC 9110); undefined where it does not. */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const asked = headers["retry-after"];
  if (asked === undefined) return undefined;
  const ms = /^\d+$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - dateOf(headers);
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** A date of the server's is meant by the server's own clock. */
function dateOf({ date }: Readonly<Record<string, string>>): number {
  const told = date === undefined ? NaN : Date.parse(date);
  return Number.isFinite(told) ? told : Date.now();
}
