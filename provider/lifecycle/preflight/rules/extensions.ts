import type { Kind } from "../../../schema/resourceType";
import { isAbsent } from "../../../schema/equality";
import type { Inputs } from "../../../values";
import { isUnanswered } from "../facts";
import type { Finding, PreflightRule } from "../finding";

/** The aliases of the extensions that decide which values a Neutron accepts. */
const ENDPOINT_GROUPS = "vpn-endpoint-groups";
const FLAVORS = "vpn-flavors";
const AES_CTR = "vpn-aes-ctr";
const NO_SHA1_3DES = "vpn-no-sha1-3des";

const ALGORITHMS = ["authAlgorithm", "encryptionAlgorithm", "pfs"];

/**
 * Values that came with neutron-vpnaas 26.0, the release that first lists `vpn-aes-ctr`; the CTR ciphers
 * belong to that extension itself (neutron-lib, api/definitions/vpn.py and vpn_aes_ctr.py).
 */
const SINCE_26 = /^aes-\d+-(?:ccm|gcm)-\d+$|^aes-(?:xcbc|cmac)$|^group(?:1[5-9]|2\d|3[01])$/;

/** Each declared value that needs an extension, or that an extension removes. */
export const optionsAreOffered: PreflightRule = async ({ kind, inputs, dialect }, facts) => {
  // The check of the inputs knows the values of K5.
  if (dialect === "k5") return [];
  const extensions = await facts.extensions();
  if (isUnanswered(extensions)) return [];
  const lacks = (alias: string) => !extensions.value.has(alias);
  return [
    ...(lacks(ENDPOINT_GROUPS) ? groupsOf(kind, inputs) : []),
    ...(lacks(FLAVORS) && !isAbsent(inputs["flavorId"])
      ? [unsupported("flavorId", "flavors", FLAVORS)]
      : []),
    ...ALGORITHMS.flatMap((path) => algorithm(path, String(inputs[path]), lacks)),
  ];
};

function groupsOf(kind: Kind, inputs: Inputs): Finding[] {
  const paths =
    kind === "EndpointGroup"
      ? ["type"]
      : ["localEpGroupId", "peerEpGroupId"].filter((name) => !isAbsent(inputs[name]));
  return paths.map((path) =>
    unsupported(
      path,
      "endpoint groups",
      ENDPOINT_GROUPS,
      " Use subnetId of the VPN service and peerCidrs instead.",
    ),
  );
}

function algorithm(path: string, value: string, lacks: (alias: string) => boolean): Finding[] {
  if (lacks(AES_CTR) && /^aes-\d+-ctr$/.test(value)) return [unsupported(path, value, AES_CTR)];
  if (lacks(AES_CTR) && SINCE_26.test(value)) {
    return [
      {
        severity: "warning",
        cause: `newer ${value}`,
        path,
        reason: `${value} needs neutron-vpnaas 26.0 (2025.1) or newer, and this cloud lacks the extension ${AES_CTR} of that release.`,
      },
    ];
  }
  if (!lacks(NO_SHA1_3DES) && ["sha1", "3des"].includes(value)) {
    return [
      {
        severity: "failure",
        cause: `refused ${value}`,
        path,
        reason: `this cloud refuses ${value}, since it has the extension ${NO_SHA1_3DES}.`,
      },
    ];
  }
  return [];
}

function unsupported(path: string, feature: string, alias: string, advice = ""): Finding {
  return {
    severity: "failure",
    cause: `extension ${alias}`,
    path,
    reason: `this cloud has no ${feature}: it lacks the extension ${alias}.${advice}`,
  };
}
