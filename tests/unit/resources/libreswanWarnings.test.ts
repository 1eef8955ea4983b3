import { valuesOf } from "../../../provider/tunnel/words";
import { ALGORITHM_PROPERTIES, ALGORITHM_TYPES, outcomeOf } from "../support/tunnels";
import { checked, someInputs } from "../support/kinds";

function linesOf(kind: "IkePolicy" | "IpsecPolicy", changes: object): string[] {
  const { warnings } = checked(kind, someInputs(kind, changes as never));
  return warnings.map(({ line }) => line);
}

describe.each(ALGORITHM_TYPES)("%s", (type) => {
  const property = ALGORITHM_PROPERTIES[type];

  it.each([
    ["IkePolicy", "v1"],
    ["IkePolicy", "v2"],
    ["IpsecPolicy", "v2"],
  ] as const)(
    "of an %s with IKE %s has a warning exactly if the libreswan text is refused",
    (kind, version) => {
      for (const { value } of valuesOf(type)) {
        const ike = { ikeVersion: version };
        const own = { [property]: value };
        const isIke = kind === "IkePolicy";
        const { refusal } = outcomeOf(
          isIke ? { ikePolicy: { ...ike, ...own } } : { ikePolicy: ike, ipsecPolicy: own },
          "libreswan",
        );
        const lines = linesOf(kind, isIke ? { ...ike, ...own } : own);
        const warned = lines.some((line) => line.startsWith(property));
        // Weak values have a warning of their own.
        expect([value, warned || isWeak(lines)]).toEqual([
          value,
          refusal !== undefined || isWeak(lines),
        ]);
      }
    },
  );
});

const isWeak = (lines: readonly string[]) =>
  lines.some((line) => / is weak|can be broken/.test(line));

it("names the phase and an alternative", () => {
  expect(linesOf("IkePolicy", { ikeVersion: "v2", encryptionAlgorithm: "aes-256-ccm-16" })).toEqual(
    [
      "encryptionAlgorithm: libreswan lacks this value in phase 1, so the tunnel stays DOWN if the cloud's VPN agent uses libreswan, which the API does not show. Use aes-256 if it does.",
    ],
  );
});

it("warns once of AEAD with IKE v1, and once of a weak group", () => {
  expect(
    linesOf("IkePolicy", { ikeVersion: "v1", encryptionAlgorithm: "aes-256-ccm-16" }),
  ).toHaveLength(1);
  expect(linesOf("IkePolicy", { ikeVersion: "v2", pfs: "group2" })).toHaveLength(1);
});
