import { SET_SAME_VALUE, type Finding } from "../finding";

/** The proposals of both ends, as strongSwan logs them: `ESP:AES_CBC_256/HMAC_SHA2_256_128/MODP_2048`. */
export interface LoggedProposals {
  readonly received: string;
  readonly configured: string;
}

/** The parts of a proposal in their order of a search: a hash may begin with the name of a cipher. */
const PARTS = [
  ["pfs", /^(?:MODP|ECP|CURVE|NTRU|NEWHOPE)/],
  ["authAlgorithm", /^(?:HMAC_(?!.*PRF)|AES_XCBC|AES_CMAC)/],
  ["encryptionAlgorithm", /^(?:AES|3DES|DES|CAMELLIA|CHACHA|BLOWFISH|NULL)/],
] as const;

type PartName = (typeof PARTS)[number][0];

/** The parts of the cloud's proposal that the peer does not have; empty if the lines do not show any. */
export function loggedDifferences({ received, configured }: LoggedProposals): Finding[] {
  const policy = received.startsWith("IKE:") ? "ikePolicy" : "ipsecPolicy";
  const phase = policy === "ikePolicy" ? "1" : "2";
  const [own, other] = [partsOf(received), partsOf(configured)];
  return PARTS.map(([name]) => name)
    .filter((name) => own[name].length > 0 && !own[name].some((one) => other[name].includes(one)))
    .map((name) => ({
      verdict: "problem",
      property: `${policy}.${name}`,
      cloud: own[name].join(", "),
      peer: other[name].join(", ") || "none",
      text: `The peer refuses the proposal of phase ${phase} (NO_PROPOSAL_CHOSEN).`,
      cure: SET_SAME_VALUE,
    }));
}

function partsOf(proposals: string): Record<PartName, string[]> {
  const words = [...new Set(proposals.split(/[/,:\s]+/))];
  const found: Record<PartName, string[]> = {
    pfs: [],
    authAlgorithm: [],
    encryptionAlgorithm: [],
  };
  for (const word of words) {
    const part = PARTS.find(([, pattern]) => pattern.test(word));
    if (part !== undefined) found[part[0]].push(word);
  }
  return found;
}
