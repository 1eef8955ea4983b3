import { labelOf, networkPairs, type Draft } from "../draft";
import type { Format } from "./format";
import { plainId } from "./ids";
import { ikeProposal, ipsecProposal, noteAggressive, renewalOf } from "./strongswan";
import { isAggressive, protocolOf } from "./swans";

/** strongSwan's ipsec.conf, for its starter. The key belongs in ipsec.secrets. */
export const ipsecConf: Format = {
  title: "ipsec.conf of strongSwan",
  comment: "#",
  trial: "Tried on the parser of strongSwan 5.9.8.",
  render: (draft) => {
    const label = labelOf(draft.end);
    const pairs = networkPairs(draft.end);
    // IKE v1 negotiates one pair of networks at a time.
    const isSplit = draft.end.ike.version === "v1" && pairs.length > 1;
    const { local, remote } = draft.end;
    noteAggressive(draft);
    const all: [string, string] = [local.networks.join(","), remote.networks.join(",")];
    return [
      `conn ${label}`,
      ...indented(common(draft)),
      ...(isSplit
        ? pairs.flatMap((pair, i) => [
            "",
            `conn ${label}-${i + 1}`,
            ...indented([`also=${label}`, ...selectors(draft, pair)]),
          ])
        : indented(selectors(draft, all))),
    ];
  },
};

function common(draft: Draft): string[] {
  const { local, remote, ike, ipsec, dpd } = draft.end;
  const shorter = Math.min(ike.lifetime, ipsec.lifetime);
  return [
    `keyexchange=ike${ike.version}`,
    ...(isAggressive(draft) ? ["aggressive=yes"] : []),
    `left=${local.address ?? "%any"}`,
    `leftid="${plainId(draft, "local")}"`,
    `right=${remote.address ?? "%any"}`,
    `rightid="${plainId(draft, "remote")}"`,
    "authby=secret",
    `ike=${ikeProposal(draft)}!`,
    `${protocolOf(draft)}=${ipsecProposal(draft)}!`,
    `type=${ipsec.mode}`,
    `ikelifetime=${ike.lifetime}s`,
    `lifetime=${ipsec.lifetime}s`,
    `margintime=${shorter - renewalOf(shorter)}s`,
    "rekeyfuzz=0%",
    "keyingtries=%forever",
    "mobike=no",
    `dpdaction=${DPD_ACTIONS[dpd.action] ?? "hold"}`,
    ...(dpd.action === "disabled"
      ? []
      : [`dpddelay=${dpd.interval}s`, `dpdtimeout=${dpd.timeout}s`]),
  ];
}

function selectors({ end }: Draft, [localNetworks, remoteNetworks]: [string, string]): string[] {
  return [
    `leftsubnet=${localNetworks}`,
    `rightsubnet=${remoteNetworks}`,
    `auto=${end.remote.initiates ? "route" : "start"}`,
  ];
}

const DPD_ACTIONS: Readonly<Record<string, string>> = {
  hold: "hold",
  clear: "clear",
  restart: "restart",
  "restart-by-peer": "restart",
  disabled: "none",
};

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
