import { isAddress } from "../../validation/net";
import { labelOf, networkPairs, type Draft } from "../draft";
import type { Format } from "./format";
import { plainId } from "./ids";
import { dpdActionOf } from "./strongswan";

/**
 * Commands of VyOS 1.4 for its configuration mode. Words and bounds: vyos-1x,
 * interface-definitions/vpn_ipsec.xml.in and data/templates/ipsec/swanctl/peer.j2.
 */
export const vyos: Format = {
  title: "VyOS",
  comment: "#",
  trial: "Checked against the command definitions of VyOS 1.4 (vyos-1x), not tried on a router.",
  render: (draft) => {
    const { end } = draft;
    const label = labelOf(end);
    const peer = (rest: string) => `site-to-site peer ${label} ${rest}`;
    // VyOS writes ids between quotes into swanctl.conf, which reads the same notation.
    const ids = (["local", "remote"] as const).map((one) => `'${plainId(draft, one)}'`);
    const key = draft.key((psk) => keyText(draft, psk));
    return [
      ...ikeGroup(draft).map((rest) => `ike-group ${label} ${rest}`),
      ...espGroup(draft).map((rest) => `esp-group ${label} ${rest}`),
      ...(key === undefined
        ? []
        : [...ids.map((id) => `id ${id}`), `secret ${key}`].map(
            (rest) => `authentication psk ${label} ${rest}`,
          )),
      peer("authentication mode pre-shared-secret"),
      peer(`authentication local-id ${ids[0]!}`),
      peer(`authentication remote-id ${ids[1]!}`),
      peer("connection-type initiate"),
      peer(`ike-group ${label}`),
      peer(`default-esp-group ${label}`),
      peer(`local-address ${ownAddress(draft)}`),
      peer(`remote-address ${end.remote.address ?? "any"}`),
      ...tunnels(draft).map(peer),
    ].map((rest) => `set vpn ipsec ${rest}`);
  },
};

/** VyOS accepts a host name for the other end only. */
function ownAddress({ end: { local } }: Draft): string {
  return local.address !== undefined && isAddress(local.address) ? local.address : "any";
}

function ikeGroup(draft: Draft): string[] {
  const { ike, dpd } = draft.end;
  const bounded = (property: string, value: number) => draft.clamp(property, value, 2, 86_400);
  return [
    `key-exchange ike${ike.version}`,
    ...(ike.version === "v1" ? [`mode ${ike.mode}`] : ["disable-mobike"]),
    `lifetime ${draft.clamp("ikePolicy.lifetime.value", ike.lifetime, 30, 86_400)}`,
    `proposal 1 encryption ${draft.word("vyos", "ike", "EncryptionAlgorithm", ike.encryption)}`,
    `proposal 1 hash ${draft.word("vyos", "ike", "AuthAlgorithm", ike.integrity)}`,
    `proposal 1 dh-group ${draft.word("vyos", "ike", "DhGroup", ike.group)}`,
    ...(dpd.action === "disabled"
      ? []
      : [
          `dead-peer-detection action ${dpdActionOf(draft)}`,
          `dead-peer-detection interval ${bounded("dpd.interval", dpd.interval)}`,
          `dead-peer-detection timeout ${bounded("dpd.timeout", dpd.timeout)}`,
        ]),
  ];
}

function espGroup(draft: Draft): string[] {
  const { ipsec } = draft.end;
  if (ipsec.protocol !== "esp") {
    draft.refuse("ipsecPolicy.transformProtocol", ipsec.protocol, "Use esp");
  }
  // VyOS then replaces the networks by the addresses of the gateways (peer.j2).
  if (ipsec.mode !== "tunnel") {
    draft.refuse("ipsecPolicy.encapsulationMode", ipsec.mode, "Use tunnel");
  }
  return [
    `lifetime ${draft.clamp("ipsecPolicy.lifetime.value", ipsec.lifetime, 30, 86_400)}`,
    "mode tunnel",
    `pfs dh-group${draft.word("vyos", "esp", "DhGroup", ipsec.group)}`,
    `proposal 1 encryption ${draft.word("vyos", "esp", "EncryptionAlgorithm", ipsec.encryption)}`,
    `proposal 1 hash ${draft.word("vyos", "esp", "AuthAlgorithm", ipsec.integrity)}`,
  ];
}

/** IKE v1 negotiates one pair of networks at a time. */
function tunnels({ end }: Draft): string[] {
  if (end.ike.version === "v1") {
    return networkPairs(end).flatMap(([local, remote], i) => [
      `tunnel ${i} local prefix ${local}`,
      `tunnel ${i} remote prefix ${remote}`,
    ]);
  }
  return [
    ...end.local.networks.map((network) => `tunnel 0 local prefix ${network}`),
    ...end.remote.networks.map((network) => `tunnel 0 remote prefix ${network}`),
  ];
}

/** VyOS writes the key between quotes, without any escape. */
function keyText(draft: Draft, psk: string): string {
  if (!/^[ !#-&(-[\]-~]+$/.test(psk)) {
    draft.refuse("psk", "(hidden)", "Use a key of printable ASCII without quotes and backslashes");
  }
  return `'${psk}'`;
}
