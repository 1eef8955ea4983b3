import { labelOf, type Draft } from "../draft";
import type { Format } from "./format";
import { plainId } from "./ids";
import { ipsecAlgorithms, isAggressive, protocolOf } from "./swans";

/** libreswan's ipsec.conf. The key belongs in ipsec.secrets. */
export const libreswan: Format = {
  title: "ipsec.conf of libreswan",
  comment: "#",
  trial: "Tried on the parsers of libreswan 4.10.",
  render: (draft) => {
    const { local, remote, ike, ipsec, dpd } = draft.end;
    if (ike.version === "v1") draft.note(DROPS_V1);
    const lines = [
      `ikev2=${ike.version === "v1" ? "no" : "insist"}`,
      ...(isAggressive(draft) ? ["aggressive=yes"] : []),
      `left=${local.address ?? "%defaultroute"}`,
      `leftid="${plainId(draft, "local")}"`,
      subnets("left", local.networks),
      `right=${remote.address ?? "%any"}`,
      `rightid="${plainId(draft, "remote")}"`,
      subnets("right", remote.networks),
      "authby=secret",
      `ike=${ikeProposal(draft)}`,
      `phase2=${protocolOf(draft)}`,
      `phase2alg=${ipsecProposal(draft)}`,
      `type=${ipsec.mode}`,
      `ikelifetime=${draft.clamp("ikePolicy.lifetime.value", ike.lifetime, 60, DAY)}s`,
      `salifetime=${draft.clamp("ipsecPolicy.lifetime.value", ipsec.lifetime, 60, DAY)}s`,
      ...(dpd.action === "disabled"
        ? []
        : [
            `dpddelay=${dpd.interval}`,
            `dpdtimeout=${dpd.timeout}`,
            `dpdaction=${dpd.action === "restart-by-peer" ? "restart" : dpd.action}`,
          ]),
      "auto=start",
    ];
    return [`conn ${labelOf(draft.end)}`, ...lines.map((line) => `  ${line}`)];
  },
};

/** Seen with Debian's libreswan 4.10: tests/fixtures/peerLogs/libreswan/v1/dropped.log. */
const DROPS_V1 =
  "libreswan drops every packet of IKE v1 unless its `config setup` has ikev1-policy=accept.";

/** The longest lifetime that ipsec.conf(5) allows, in seconds. */
const DAY = 86_400;

function subnets(side: "left" | "right", networks: readonly string[]): string {
  return networks.length === 1
    ? `${side}subnet=${networks[0]!}`
    : `${side}subnets={${networks.join(" ")}}`;
}

/** libreswan has GCM for IKE v2 alone, and no XCBC in IKE v1: its `algparse` refuses both. */
function ikeProposal(draft: Draft): string {
  const { encryption, integrity, group, version } = draft.end.ike;
  if (version === "v1") {
    if (encryption.includes("-gcm-")) {
      draft.refuse("ikePolicy.encryptionAlgorithm", encryption, `${IN_V2}, or aes-256`);
    }
    if (integrity === "aes-xcbc") draft.refuse("ikePolicy.authAlgorithm", integrity, IN_V2);
  }
  return [
    draft.word("libreswan", "ike", "EncryptionAlgorithm", encryption),
    draft.word("libreswan", "ike", "AuthAlgorithm", integrity),
    draft.word("libreswan", "ike", "DhGroup", group),
  ].join("-");
}

const IN_V2 = "Use it with ikePolicy.ikeVersion v2";

function ipsecProposal(draft: Draft): string {
  const { group } = draft.end.ipsec;
  const algorithms = ipsecAlgorithms(draft, "libreswan");
  const word = draft.word("libreswan", "esp", "DhGroup", group);
  // Its `algparse` refuses elliptic curves in phase 2 of IKE v1.
  if (draft.end.ike.version === "v1" && word.startsWith("dh")) {
    draft.refuse("ipsecPolicy.pfs", group, `${IN_V2}, or group14`);
  }
  return `${algorithms.join("-")};${word}`;
}
