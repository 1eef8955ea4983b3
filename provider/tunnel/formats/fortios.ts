import { addressAndMask, ipVersion } from "../../validation/net";
import { labelOf, numberOf, shortened, type Draft } from "../draft";
import type { Identity } from "../identity";
import { isAead } from "../tunnelView";
import {
  deviceIdentity,
  devicePairs,
  ikeWords,
  interfaceOf,
  ipsecWords,
  noteUnverified,
  probesOf,
  quotedKey,
} from "./devices";
import type { Format } from "./format";
import { otherAddress } from "./neutron";

/**
 * Commands of FortiOS for a tunnel interface and its routes. Words and bounds: Fortinet's CLI reference,
 * vpn ipsec phase1-interface and phase2-interface.
 */
export const fortios: Format = {
  title: "FortiOS",
  comment: "#",
  trial: "Written after Fortinet's CLI reference of FortiOS 7, not tried on a device.",
  render: (draft) => {
    // The name of an interface has at most 15 characters.
    const label = shortened(labelOf(draft.end), 15);
    const common = phase2(draft, label);
    const selectors = devicePairs(draft).map((pair, i): Entry => {
      const lines = [...common, ...selector("src", pair[0]), ...selector("dst", pair[1])];
      return [`"${label}-${i + 1}"`, lines];
    });
    draft.note(
      `FortiOS passes packets only with firewall policies between the interface ${label} and the internal interface, in both directions.`,
    );
    return [
      ...config("vpn ipsec phase1-interface", [[`"${label}"`, phase1(draft)]]),
      ...config("vpn ipsec phase2-interface", selectors),
      ...routes(draft, label),
    ];
  },
};

function phase1(draft: Draft): string[] {
  const { ike, dpd } = draft.end;
  const { encryption, integrity, group } = ikeWords(draft, "fortios");
  const address = otherAddress(draft);
  const { type, value } = deviceIdentity(draft, "local");
  const key = quotedKey(draft);
  noteUnverified(draft);
  return [
    `interface "${interfaceOf(draft, "port1")}"`,
    `ike-version ${ike.version === "v1" ? 1 : 2}`,
    ...(ike.version === "v1" ? [`mode ${ike.mode}`] : []),
    ...(ipVersion(address) === 6
      ? ["ip-version 6", `remote-gw6 ${address}`]
      : [`remote-gw ${address}`]),
    "peertype any",
    "net-device disable",
    `proposal ${encryption}-${isAead(ike.encryption) ? `prf${integrity}` : integrity}`,
    `dhgrp ${group}`,
    `keylife ${draft.clamp("ikePolicy.lifetime.value", ike.lifetime, 120, 172_800)}`,
    `localid-type ${ID_TYPES[type]}`,
    `localid "${value}"`,
    ...(dpd.action === "disabled"
      ? ["dpd disable"]
      : [
          "dpd on-idle",
          `dpd-retryinterval ${dpd.interval}`,
          `dpd-retrycount ${probesOf(draft, 10)}`,
        ]),
    ...(key === undefined ? [] : [`psksecret ${key}`]),
  ];
}

const ID_TYPES: Readonly<Record<Identity["type"], string>> = {
  address: "address",
  name: "fqdn",
  email: "user-fqdn",
  keyId: "keyid",
};

/** Phase 2, without its networks. */
function phase2(draft: Draft, label: string): string[] {
  const { lifetime, protocol } = draft.end.ipsec;
  if (protocol === "ah") draft.refuse("ipsecPolicy.transformProtocol", protocol, "Use esp");
  const { encryption, integrity, group } = ipsecWords(draft, "fortios");
  return [
    `phase1name "${label}"`,
    `proposal ${[encryption, integrity].filter((one) => one !== undefined).join("-")}`,
    "pfs enable",
    `dhgrp ${group}`,
    `keylifeseconds ${draft.clamp("ipsecPolicy.lifetime.value", lifetime, 120, 172_800)}`,
    "auto-negotiate enable",
  ];
}

function selector(side: "src" | "dst", network: string): string[] {
  return ipVersion(network) === 6
    ? [`${side}-addr-type subnet6`, `${side}-subnet6 ${network}`]
    : [`${side}-addr-type subnet`, `${side}-subnet ${addressAndMask(network)}`];
}

/** A route to each network of the cloud, in the table of its IP version. */
function routes({ end }: Draft, label: string): string[] {
  const first = numberOf(label) * 100;
  const entries = end.remote.networks.map((network, i): Entry => {
    const lines = [`dst ${addressAndMask(network)}`, `device "${label}"`];
    return [String(first + i), lines];
  });
  const [v4, v6] = [4, 6].map((version) =>
    entries.filter((_, i) => ipVersion(end.remote.networks[i]!) === version),
  );
  return [...config("router static", v4!), ...config("router static6", v6!)];
}

/** An entry of a table: its name and its values. */
type Entry = readonly [name: string, lines: readonly string[]];

function config(table: string, entries: readonly Entry[]): string[] {
  if (entries.length === 0) return [];
  return [
    `config ${table}`,
    ...entries.flatMap(([name, lines]) => [
      `  edit ${name}`,
      ...lines.map((line) => `    set ${line}`),
      "  next",
    ]),
    "end",
  ];
}
