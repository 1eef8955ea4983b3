import type { Rule, RuleProblem } from "../schema/rule";
import { isAead } from "../tunnel/tunnelView";
import { valuesOf, wordOf, type AlgorithmType, type Phase } from "../tunnel/words";
import type { Inputs } from "../values";

/**
 * Warns of algorithms that libreswan lacks in a phase, since one of Neutron's two stock agents is
 * libreswan and the API does not show which one a cloud has (`x-words`, tried on `algparse` of libreswan
 * 4.10). Weak values have a warning already, and so have AEAD ciphers with IKE v1. The agent of K5 is
 * unknown.
 */
export function libreswanLacks(phase: Phase): Rule {
  return (inputs, dialect) =>
    dialect === "k5" ? [] : PROPERTIES.flatMap((one) => problemsOf(phase, one, inputs));
}

const PROPERTIES = [
  ["encryptionAlgorithm", "EncryptionAlgorithm", "aes-256"],
  ["authAlgorithm", "AuthAlgorithm", "sha256"],
  ["pfs", "DhGroup", "group14"],
] as const satisfies (readonly [string, AlgorithmType, string])[];

function problemsOf(
  phase: Phase,
  [property, type, alternative]: (typeof PROPERTIES)[number],
  inputs: Inputs,
): RuleProblem[] {
  const value = inputs[property];
  const isV1 = phase === "ike" && inputs["ikeVersion"] === "v1";
  const known = valuesOf(type).find((one) => one.value === value);
  if (known === undefined || known.deprecationMessage !== undefined) return [];
  if (isV1 && isAead(known.value)) return [];
  const isLacking =
    wordOf("libreswan", phase, type, known.value) === undefined ||
    (isV1 && known.value === "aes-xcbc");
  if (!isLacking) return [];
  const where = phase === "ike" ? "phase 1" : "phase 2";
  const reason = `libreswan lacks this value in ${where}, so the tunnel stays DOWN if the cloud's VPN agent uses libreswan, which the API does not show. Use ${alternative} if it does.`;
  return [{ path: [property], reason, isWarning: true }];
}
