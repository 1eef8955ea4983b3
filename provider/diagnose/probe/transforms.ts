import { createECDH, generateKeyPairSync, randomBytes } from "node:crypto";

import { isAead, type IkeParameters } from "../../tunnel/tunnelView";

/** The numbers of a proposal of IKE v2 (IANA, IKEv2 Parameters). */
export interface V2Numbers {
  readonly encryption: number;
  /** Bits; undefined for a cipher with a fixed key. */
  readonly keyLength: number | undefined;
  readonly prf: number;
  /** Undefined for AEAD. */
  readonly integrity: number | undefined;
  readonly group: number;
}

/** The numbers of a proposal of IKE v1 (IANA, IPSEC Registry). */
export interface V1Numbers {
  readonly encryption: number;
  readonly keyLength: number | undefined;
  readonly hash: number;
  readonly group: number;
}

const V2_CIPHERS: Readonly<Record<string, number>> = {
  "3des": 3,
  cbc: 12,
  ctr: 13,
  "ccm-8": 14,
  "ccm-12": 15,
  "ccm-16": 16,
  "gcm-8": 18,
  "gcm-12": 19,
  "gcm-16": 20,
};
const V2_PRFS: Readonly<Record<string, number>> = {
  sha1: 2,
  "aes-xcbc": 4,
  sha256: 5,
  sha384: 6,
  sha512: 7,
  "aes-cmac": 8,
};
const V2_INTEGRITIES: Readonly<Record<string, number>> = {
  sha1: 2,
  "aes-xcbc": 5,
  "aes-cmac": 8,
  sha256: 12,
  sha384: 13,
  sha512: 14,
};
const V1_CIPHERS: Readonly<Record<string, number>> = { "3des": 5, cbc: 7 };
const V1_HASHES: Readonly<Record<string, number>> = { sha1: 2, sha256: 4, sha384: 5, sha512: 6 };

/** Undefined for a value without a number. */
export function v2Numbers(ike: IkeParameters): V2Numbers | undefined {
  const { mode, keyLength } = cipherOf(ike.encryption);
  const encryption = V2_CIPHERS[mode];
  const prf = V2_PRFS[ike.integrity];
  const integrity = isAead(ike.encryption) ? undefined : V2_INTEGRITIES[ike.integrity];
  const group = groupOf(ike.group);
  if (encryption === undefined || prf === undefined || Number.isNaN(group)) return undefined;
  return { encryption, keyLength, prf, integrity, group };
}

/** Undefined for a value without a number: IKE v1 has none for AEAD and AES-CTR. */
export function v1Numbers(ike: IkeParameters): V1Numbers | undefined {
  const { mode, keyLength } = cipherOf(ike.encryption);
  const [encryption, hash] = [V1_CIPHERS[mode], V1_HASHES[ike.integrity]];
  const group = groupOf(ike.group);
  if (encryption === undefined || hash === undefined || Number.isNaN(group)) return undefined;
  return { encryption, keyLength, hash, group };
}

/** `aes-256-gcm-16` as the mode `gcm-16` and 256 bits. */
function cipherOf(name: string): { mode: string; keyLength: number | undefined } {
  const [, bits, mode = "cbc"] = /^aes-(\d+)(?:-(.*))?$/.exec(name) ?? [];
  return bits === undefined
    ? { mode: name, keyLength: undefined }
    : { mode, keyLength: Number(bits) };
}

function groupOf(name: string): number {
  return Number(name.replace(/^group/, ""));
}

/** The bytes of the public values of MODP groups (RFC 3526, RFC 5114). */
const MODP_BYTES: Readonly<Record<number, number>> = {
  2: 128,
  5: 192,
  14: 256,
  15: 384,
  16: 512,
  17: 768,
  18: 1024,
  22: 128,
  23: 256,
  24: 256,
};

/** The names that OpenSSL has for the curves of groups. */
const CURVES: Readonly<Record<number, string>> = {
  19: "prime256v1",
  20: "secp384r1",
  21: "secp521r1",
  25: "prime192v1",
  26: "secp224r1",
  27: "brainpoolP224r1",
  28: "brainpoolP256r1",
  29: "brainpoolP384r1",
  30: "brainpoolP512r1",
};

/**
 * A public value for a group. The probe never computes the shared key, so any value of the right form
 * serves. Undefined if this machine does not know the group.
 */
export function publicValue(group: number): Buffer | undefined {
  const bytes = MODP_BYTES[group];
  // The prime begins with 64 one bits, so a smaller first byte keeps the value below it.
  if (bytes !== undefined) return Buffer.concat([Buffer.of(1), randomBytes(bytes - 1)]);
  if (group === 31) {
    const { publicKey } = generateKeyPairSync("x25519");
    return publicKey.export({ type: "spki", format: "der" }).subarray(-32);
  }
  const curve = CURVES[group];
  if (curve === undefined) return undefined;
  try {
    // Without the byte that states the uncompressed form.
    return createECDH(curve).generateKeys().subarray(1);
  } catch {
    return undefined;
  }
}
