import { labelOf, networkPairs, type Draft } from "../draft";
import type { Format } from "./format";
import { quotedId } from "./ids";
import { dpdActionOf, ikeProposal, ipsecProposal, noteAggressive, renewalOf } from "./strongswan";
import { isAggressive, protocolOf } from "./swans";

/** strongSwan's swanctl.conf, the key included. */
export const swanctl: Format = {
  title: "swanctl.conf",
  comment: "#",
  trial: "Tried on real tunnels of strongSwan 5.9.8.",
  render: (draft) => {
    const { end } = draft;
    const label = labelOf(end);
    const isV1 = end.ike.version === "v1";
    noteAggressive(draft);
    const connection = [
      `version = ${isV1 ? 1 : 2}`,
      ...(isAggressive(draft) ? ["aggressive = yes"] : []),
      ...(end.local.address === undefined ? [] : [`local_addrs = ${end.local.address}`]),
      `remote_addrs = ${end.remote.address ?? "%any"}`,
      `proposals = ${ikeProposal(draft)}`,
      `rekey_time = ${renewalOf(end.ike.lifetime)}s`,
      `over_time = ${end.ike.lifetime - renewalOf(end.ike.lifetime)}s`,
      `dpd_delay = ${end.dpd.action === "disabled" ? 0 : end.dpd.interval}s`,
      ...(isV1 ? [`dpd_timeout = ${end.dpd.timeout}s`] : []),
      "keyingtries = 0",
      "mobike = no",
      "unique = replace",
      ...section("local", ["auth = psk", `id = ${quotedId(end.local.identity)}`]),
      ...section("remote", ["auth = psk", `id = ${quotedId(end.remote.identity)}`]),
      ...section("children", childrenOf(draft, label)),
    ];
    const key = draft.key((psk) => `0s${Buffer.from(psk).toString("base64")}`);
    const secret = [
      `id-local = ${quotedId(end.local.identity)}`,
      `id-remote = ${quotedId(end.remote.identity)}`,
      `secret = ${key ?? ""}`,
    ];
    return [
      ...section("connections", section(label, connection)),
      ...(key === undefined ? [] : section("secrets", section(`ike-${label}`, secret))),
    ];
  },
};

/** IKE v1 negotiates one pair of networks at a time. */
function childrenOf(draft: Draft, label: string): string[] {
  const { local, remote, ike } = draft.end;
  const pairs = networkPairs(draft.end);
  if (ike.version !== "v1" || pairs.length <= 1) {
    return section(label, child(draft, local.networks.join(", "), remote.networks.join(", ")));
  }
  return pairs.flatMap(([one, other], i) => section(`${label}-${i + 1}`, child(draft, one, other)));
}

function child(draft: Draft, localNetworks: string, remoteNetworks: string): string[] {
  const { ipsec, dpd, remote } = draft.end;
  return [
    `local_ts = ${localNetworks}`,
    `remote_ts = ${remoteNetworks}`,
    `${protocolOf(draft)}_proposals = ${ipsecProposal(draft)}`,
    `mode = ${ipsec.mode}`,
    `life_time = ${ipsec.lifetime}s`,
    `rekey_time = ${renewalOf(ipsec.lifetime)}s`,
    ...(dpd.action === "disabled" ? [] : [`dpd_action = ${dpdActionOf(draft)}`]),
    `start_action = ${remote.initiates ? "trap" : "start"}`,
  ];
}

function section(name: string, lines: readonly string[]): string[] {
  return [`${name} {`, ...lines.map((line) => `  ${line}`), "}"];
}
