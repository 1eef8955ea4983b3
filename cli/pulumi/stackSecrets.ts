/** Whether there is a secret anywhere in a part of an exported state. */
export function holdsSecret(part: unknown): boolean {
  return envelopesIn(part).length > 0;
}

/**
 * Whether the secrets of an exported state are in clear; true if it has none. With a wrong
 * passphrase the engine exports every secret as null and calls that a success, so that secrets which
 * are all null count as unread.
 */
export function areSecretsRead(exported: unknown): boolean {
  const values = envelopesIn(exported).map(valueOf);
  if (values.length === 0) return true;
  return !values.includes(undefined) && values.some((value) => value !== null);
}

/** A value of an exported state with its secrets, at any depth, in clear where they are. */
export function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  if (isEnvelope(value)) return valueOf(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, opened(part)]));
}

/** By this the engine tells a secret from any other object. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const IS_SECRET = "1b47061264138c4ac30d75fd1eb44270";

interface Envelope {
  /** A JSON text; a secret that is not decrypted has a `ciphertext` instead. */
  readonly plaintext?: unknown;
}

function isEnvelope(value: object): value is Envelope {
  return (value as Record<string, unknown>)[SIGNATURE] === IS_SECRET;
}

function envelopesIn(part: unknown): Envelope[] {
  if (typeof part !== "object" || part === null) return [];
  return isEnvelope(part) ? [part] : Object.values(part).flatMap(envelopesIn);
}

/** Undefined where it is not in clear; JSON has no such value. */
function valueOf({ plaintext }: Envelope): unknown {
  if (typeof plaintext !== "string") return undefined;
  try {
    return opened(JSON.parse(plaintext));
  } catch {
    return undefined;
  }
}
