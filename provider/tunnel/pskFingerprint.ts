import { scryptSync } from "node:crypto";

/** The digits by key, since both ends of a tunnel have the same one and the hash is slow. */
const known = new Map<string, string>();

/**
 * Eight hexadecimal digits by which two people can compare keys without showing them. A slow hash,
 * so that the digits help little to guess a weak key; the same for the same key everywhere.
 */
export function pskFingerprint(psk: string): string {
  const digits =
    known.get(psk) ?? scryptSync(psk, "pulumi-vpnaas pre-shared key", 4).toString("hex");
  known.set(psk, digits);
  return digits;
}
