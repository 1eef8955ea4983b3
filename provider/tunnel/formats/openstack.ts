import { labelOf, type Draft } from "../draft";
import { declaredIds, noteService, otherAddress } from "./neutron";
import type { Format } from "./format";

/**
 * Commands of `openstack` for a second Neutron, with endpoint groups. Options: python-neutronclient,
 * osc/v2/vpnaas.
 */
export const openstack: Format = {
  title: "the openstack command",
  comment: "#",
  trial: "Written after the options of python-neutronclient, not tried on a cloud.",
  render: (draft) => {
    const { end } = draft;
    const label = labelOf(end);
    const { ike, ipsec, dpd, local, remote } = end;
    const { localId, peerId } = declaredIds(draft);
    noteService(draft);
    noteChoices(draft);
    const key = draft.key(shellWord);
    return [
      command("vpn ike policy create", [
        ...algorithms(ike),
        `--ike-version ${ike.version}`,
        `--phase1-negotiation-mode ${ike.mode}`,
        label,
      ]),
      command("vpn ipsec policy create", [
        ...algorithms(ipsec),
        `--transform-protocol ${ipsec.protocol}`,
        `--encapsulation-mode ${ipsec.mode}`,
        label,
      ]),
      command("vpn service create", ['--router "$ROUTER"', label]),
      command("vpn endpoint group create", [
        "--type subnet",
        ...local.networks.map((_network, i) => `--value "$SUBNET${i + 1}"`),
        `${label}-local`,
      ]),
      command("vpn endpoint group create", [
        "--type cidr",
        ...remote.networks.map((network) => `--value ${network}`),
        `${label}-peer`,
      ]),
      command("vpn ipsec site connection create", [
        `--vpnservice ${label}`,
        `--ikepolicy ${label}`,
        `--ipsecpolicy ${label}`,
        `--local-endpoint-group ${label}-local`,
        `--peer-endpoint-group ${label}-peer`,
        `--peer-address ${otherAddress(draft)}`,
        `--peer-id ${shellWord(peerId)}`,
        ...(localId === "" ? [] : [`--local-id ${shellWord(localId)}`]),
        `--psk ${key ?? '"$PSK"'}`,
        `--initiator ${local.initiates ? "bi-directional" : "response-only"}`,
        `--dpd action=${dpd.action},interval=${dpd.interval},timeout=${dpd.timeout}`,
        `--mtu ${end.mtu}`,
        label,
      ]),
    ];
  },
};

function algorithms(policy: {
  encryption: string;
  integrity: string;
  group: string;
  lifetime: number;
}) {
  return [
    `--encryption-algorithm ${policy.encryption}`,
    `--auth-algorithm ${policy.integrity}`,
    `--pfs ${policy.group}`,
    `--lifetime units=seconds,value=${policy.lifetime}`,
  ];
}

/** The values that every client accepts; older clients refuse others. */
const CHOICES = /^(?:sha(?:1|256|384|512)|3des|aes-(?:128|192|256)|group(?:2|5|14))$/;

function noteChoices(draft: Draft): void {
  const used = [draft.end.ike, draft.end.ipsec].flatMap(({ encryption, integrity, group }) => [
    encryption,
    integrity,
    group,
  ]);
  const newer = [...new Set(used)].filter((value) => !CHOICES.test(value));
  if (newer.length > 0)
    draft.note(`Older clients refuse ${newer.join(", ")}: update python-neutronclient.`);
}

function command(verb: string, options: readonly string[]): string {
  return [`openstack ${verb}`, ...options].join(" \\\n  ");
}

function shellWord(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
