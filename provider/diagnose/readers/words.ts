import type { Proposal, Proposals } from "../peerSettings";
import { valuesOf, type AlgorithmType } from "../../tunnel/words";

/** The value of schema.json for a word of any dictionary; undefined if there is none. */
export function valueOfWord(type: AlgorithmType, word: string): string | undefined {
  return WORDS[type].get(word.toLowerCase());
}

/**
 * A proposal of both swans, such as `aes256-sha256-modp2048` or `aes256-sha2_256;modp2048`. Words
 * that schema.json does not know stay as they are.
 */
export function proposalOf(text: string): Proposal {
  const found: Record<AlgorithmType | "prf", string[]> = {
    EncryptionAlgorithm: [],
    AuthAlgorithm: [],
    DhGroup: [],
    prf: [],
  };
  for (const word of text
    .toLowerCase()
    .split(/[-;+]/)
    .map((one) => one.trim())) {
    if (word.startsWith("prf")) {
      found.prf.push(valueOfWord("AuthAlgorithm", word.slice(3)) ?? word);
      continue;
    }
    const type = TYPES.find((one) => valueOfWord(one, word) !== undefined) ?? foreignType(word);
    if (type !== undefined) found[type].push(valueOfWord(type, word) ?? word);
  }
  // An AEAD cipher has a hash as PRF only.
  const integrity = found.AuthAlgorithm.length > 0 ? found.AuthAlgorithm : found.prf;
  return { encryption: found.EncryptionAlgorithm, integrity, group: found.DhGroup };
}

/** A list of proposals, separated by commas; `default` adds those of the daemon. */
export function proposalsOf(text: string): Proposals {
  const all = text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "");
  const own = all.filter((one) => one !== "default");
  return { list: own.map(proposalOf), hasDefaults: own.length < all.length };
}

const TYPES: readonly AlgorithmType[] = ["EncryptionAlgorithm", "AuthAlgorithm", "DhGroup"];

/** Other words that people write, for values of schema.json. */
const SYNONYMS: Readonly<Record<AlgorithmType, Readonly<Record<string, string>>>> = {
  EncryptionAlgorithm: {
    aes: "aes-128",
    aes_cbc: "aes-128",
    aes_128: "aes-128",
    aes_192: "aes-192",
    aes_256: "aes-256",
    "3des_cbc": "3des",
    ...icvSynonyms("gcm"),
    ...icvSynonyms("ccm"),
  },
  AuthAlgorithm: { sha: "sha1", sha2: "sha256", sha2_256: "sha256" },
  DhGroup: {
    x25519: "group31",
    // libreswan numbers every group.
    ...Object.fromEntries(
      valuesOf("DhGroup").map(({ value }) => [`dh${value.replace("group", "")}`, value]),
    ),
  },
};

/** The length of the ICV in bits, or left out for 16 bytes; libreswan's short form. */
function icvSynonyms(mode: "gcm" | "ccm"): Record<string, string> {
  const sizes = ["128", "192", "256"];
  return Object.fromEntries(
    sizes.flatMap((size) => [
      ...[8, 12, 16].map((bytes) => [
        `aes${size}${mode}${bytes * 8}`,
        `aes-${size}-${mode}-${bytes}`,
      ]),
      [`aes${size}${mode}`, `aes-${size}-${mode}-16`],
      [`aes_${mode}${size}`, `aes-${size}-${mode}-16`],
      [`aes_${mode}_${size}`, `aes-${size}-${mode}-16`],
    ]),
  ) as Record<string, string>;
}

const WORDS: Readonly<Record<AlgorithmType, ReadonlyMap<string, string>>> = {
  EncryptionAlgorithm: wordsOf("EncryptionAlgorithm"),
  AuthAlgorithm: wordsOf("AuthAlgorithm"),
  DhGroup: wordsOf("DhGroup"),
};

/** The words of all dictionaries, and the synonyms. */
function wordsOf(type: AlgorithmType): ReadonlyMap<string, string> {
  const words = valuesOf(type).flatMap(({ value, "x-words": dictionaries = {} }) =>
    Object.values(dictionaries)
      .flatMap((word) => (typeof word === "object" ? Object.values(word) : [word]))
      .map((word) => [word, value] as const),
  );
  return new Map([...Object.entries(SYNONYMS[type]), ...words]);
}

/** The type of a word that schema.json does not know; undefined for one of another type. */
function foreignType(word: string): AlgorithmType | undefined {
  return FOREIGN.find(([pattern]) => pattern.test(word))?.[1];
}

const FOREIGN: readonly (readonly [RegExp, AlgorithmType])[] = [
  [/^(?:chacha|blowfish|camellia|cast|des|null$|serpent|twofish|aes)/, "EncryptionAlgorithm"],
  [/^(?:md5|sha|hmac|none$)/, "AuthAlgorithm"],
  [/^(?:modp|ecp|curve|x448|dh|mlkem|ntru|newhope)/, "DhGroup"],
];
