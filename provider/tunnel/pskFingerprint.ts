import { scryptSync } from "node:crypto";

/**
 * Eight hexadecimal digits by which two people can compare keys without showing them. A slow hash,
 * so that the digits help little to guess a weak key; the same for the same key everywhere.
 */
export function pskFingerprint(psk: string): string {
  return scryptSync(psk, "pulumi-vpnaas pre-shared key", 4).toString("hex");
}
