/** Whether a part of an exported state contains a secret at any depth. */
export function holdsSecret(part: unknown): boolean {
  return envelopesIn(part).length > 0;
}

/**
 * Whether the secrets of an exported state are in plain text; true if it has none. With a wrong
 * passphrase the engine exports every secret as null and reports success, so if all secrets are null
 * they count as unread.
 */
export function areSecretsRead(exported: unknown): boolean {
  const values = envelopesIn(exported).map(valueOf);
  if (values.length === 0) return true;
  return !values.includes(undefined) && values.some((value) => value !== null);
}

/** A value of an exported state, with its decrypted secrets in plain text at any depth. */
export function withPlainSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainSecrets);
  if (typeof value !== "object" || value === null) return value;
  if (isEnvelope(value)) return valueOf(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, withPlainSecrets(part)]),
  );
}

/** The engine marks a secret with this key and value. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const IS_SECRET = "1b47061264138c4ac30d75fd1eb44270";

interface Envelope {
  /** JSON; an encrypted secret has a `ciphertext` instead. */
  readonly plaintext?: unknown;
}

function isEnvelope(value: object): value is Envelope {
  return (value as Record<string, unknown>)[SIGNATURE] === IS_SECRET;
}

function envelopesIn(part: unknown): Envelope[] {
  if (typeof part !== "object" || part === null) return [];
  return isEnvelope(part) ? [part] : Object.values(part).flatMap(envelopesIn);
}

/** Undefined, a value that JSON lacks, if the secret is not in plain text. */
function valueOf({ plaintext }: Envelope): unknown {
  if (typeof plaintext !== "string") return undefined;
  try {
    return withPlainSecrets(JSON.parse(plaintext));
  } catch {
    return undefined;
  }
}
