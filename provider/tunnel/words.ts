import { resolve } from "../schema/packageSchema";

/** A set of words for algorithms: `x-words` in schema.json has one for each value that it knows. */
export type Dictionary =
  "strongswan" | "libreswan" | "vyos" | "fortios" | "ios-xe" | "junos" | "routeros";

/** The phase of the negotiation: some words exist in one of them only. */
export type Phase = "ike" | "esp";

/** A type of algorithm in schema.json. */
export type AlgorithmType = "EncryptionAlgorithm" | "AuthAlgorithm" | "DhGroup";

/** The value that every dictionary knows: the alternative that a refusal names. */
export const PORTABLE: Readonly<Record<AlgorithmType, string>> = {
  EncryptionAlgorithm: "aes-256",
  AuthAlgorithm: "sha256",
  DhGroup: "group14",
};

/** The word for a value of schema.json; undefined if the dictionary has none in that phase. */
export function wordOf(
  dictionary: Dictionary,
  phase: Phase,
  type: AlgorithmType,
  value: string,
): string | undefined {
  const found = valuesOf(type).find((one) => one.value === value)?.["x-words"]?.[dictionary];
  return typeof found === "object" ? found[phase] : found;
}

/** All values of a type of algorithm. */
export function valuesOf(type: AlgorithmType): readonly Value[] {
  return (resolve({ $ref: `#/types/vpnaas:index:${type}` }).enum ?? []) as readonly Value[];
}

/** A value with its words: one for both phases, or one for each. */
interface Value {
  readonly value: string;
  readonly deprecationMessage?: string;
  readonly "x-words"?: Readonly<
    Partial<Record<Dictionary, string | Readonly<Partial<Record<Phase, string>>>>>
  >;
}
