import { addressAndMask, ipVersion } from "../../validation/net";
import { labelOf, numberOf, type Draft } from "../draft";
import {
  deviceIdentity,
  devicePairs,
  ikeWords,
  IN_V2,
  interfaceOf,
  ipsecWords,
  bareKey,
} from "./devices";
import type { Format } from "./format";
import { PROPERTIES } from "./ids";
import { isAggressive } from "./swans";

/**
 * Commands of Cisco IOS XE 16.12 or newer: a tunnel interface whose access list has the networks of both ends. Words
 * and bounds: Cisco's YANG model of IOS XE 17.7, Cisco-IOS-XE-crypto; "tunnel protection ipsec policy" is that of a
 * multi-SA SVTI.
 */
export const iosXe: Format = {
  title: "IOS XE",
  comment: "!",
  trial:
    "Written after Cisco's YANG model of IOS XE 17.7 and its command references, not tried on a router.",
  render: (draft) => {
    const label = labelOf(draft.end);
    refuseIpv6(draft);
    const isV1 = draft.end.ike.version === "v1";
    return [
      ...(isV1 ? ikeV1(draft, label) : ikeV2(draft, label)),
      ...ipsec(draft, label, isV1 ? "isakmp-profile" : "ikev2-profile"),
      ...tunnelInterface(draft, label),
    ];
  },
};

/** The commands of a tunnel interface differ for IPv6; their text was not written. */
function refuseIpv6(draft: Draft): void {
  const { local, remote } = draft.end;
  const refuse = (property: string, value: string | undefined) => {
    if (value !== undefined && ipVersion(value) !== 4) draft.refuse(property, value, "Use IPv4");
  };
  refuse("peerAddress", local.address);
  if (remote.address === undefined) draft.lack("peerAddress", "the address of the cloud");
  refuse("cloudAddress", remote.address);
  for (const network of local.networks) refuse("peerCidrs", network);
  for (const network of remote.networks) refuse("networks", network);
}

function ikeV2(draft: Draft, label: string): string[] {
  const { ike, local, remote } = draft.end;
  const { encryption, integrity, group } = ikeWords(draft, "ios-xe");
  const key = bareKey(draft);
  if (local.address !== undefined) draft.note(ONE_POLICY);
  return [
    ...block(`crypto ikev2 proposal ${label}`, [
      `encryption ${encryption}`,
      `${encryption.startsWith("aes-gcm") ? "prf" : "integrity"} ${integrity}`,
      `group ${group}`,
    ]),
    ...block(`crypto ikev2 policy ${label}`, [
      ...(local.address === undefined ? [] : [`match address local ${local.address}`]),
      `proposal ${label}`,
    ]),
    ...block(`crypto ikev2 keyring ${label}`, [
      `peer ${label}`,
      ` address ${remote.address ?? ""}`,
      ...(key === undefined ? [] : [` pre-shared-key ${key}`]),
    ]),
    ...block(`crypto ikev2 profile ${label}`, [
      `match identity remote ${identity(draft, "remote")}`,
      `identity local ${identity(draft, "local")}`,
      "authentication remote pre-share",
      "authentication local pre-share",
      `keyring local ${label}`,
      `lifetime ${draft.clamp("ikePolicy.lifetime.value", ike.lifetime, 120, 86_400)}`,
      ...probes(draft, (interval, retry) => `dpd ${interval} ${retry} periodic`),
    ]),
  ];
}

const ONE_POLICY =
  "IOS XE uses one IKEv2 policy for each local address: if the router has one for this address, add the proposal to it.";

function identity(draft: Draft, end: "local" | "remote"): string {
  const { type, value } = deviceIdentity(draft, end);
  const types = { address: "address", name: "fqdn", email: "email", keyId: "key-id" };
  const mask = type === "address" && end === "remote" ? " 255.255.255.255" : "";
  return `${types[type]} ${value}${mask}`;
}

function ikeV1(draft: Draft, label: string): string[] {
  const { ike, remote } = draft.end;
  const { encryption, integrity, group } = ikeWords(draft, "ios-xe");
  refuseIds(draft);
  const key = bareKey(draft);
  return [
    ...block(`crypto isakmp policy ${numberOf(label)}`, [
      `encryption ${encryption.replace(/^aes-cbc-/, "aes ")}`,
      `hash ${integrity === "sha1" ? "sha" : integrity}`,
      "authentication pre-share",
      `group ${group}`,
      `lifetime ${draft.clamp("ikePolicy.lifetime.value", ike.lifetime, 60, 86_400)}`,
    ]),
    ...block(
      `crypto keyring ${label}`,
      key === undefined ? [] : [`pre-shared-key address ${remote.address ?? ""} key ${key}`],
    ),
    ...block(`crypto isakmp profile ${label}`, [
      `keyring ${label}`,
      "self-identity address",
      `match identity address ${remote.identity.value} 255.255.255.255`,
      ...(isAggressive(draft) ? ["initiate mode aggressive"] : []),
      ...probes(draft, (interval, retry) => `keepalive ${interval} retry ${retry}`),
    ]),
  ];
}

/** In IKE v1, IOS XE presents the address of its interface, or names that are not those of a profile. */
function refuseIds(draft: Draft): void {
  const { local, remote } = draft.end;
  const isOwn = local.identity.type === "address" && local.identity.value === local.address;
  if (!isOwn) draft.refuse(PROPERTIES.local, local.identity.value, IN_V2);
  if (remote.identity.type !== "address") {
    draft.refuse(PROPERTIES.remote, remote.identity.value, IN_V2);
  }
}

/** A probe after the interval, then five retries until the timeout. */
function probes(draft: Draft, line: (interval: number, retry: number) => string): string[] {
  const { action, interval, timeout } = draft.end.dpd;
  if (action === "disabled") return [];
  const retry = Math.min(Math.max(Math.floor((timeout - interval) / 5), 2), 60);
  return [line(draft.clamp("dpd.interval", interval, 10, 3_600), retry)];
}

function ipsec(draft: Draft, label: string, profile: string): string[] {
  const { lifetime, protocol } = draft.end.ipsec;
  const { encryption, integrity, group } = ipsecWords(draft, "ios-xe");
  const hash =
    integrity === undefined ? [] : [`${protocol === "ah" ? "ah" : "esp"}-${integrity}-hmac`];
  const transforms = [...(encryption === undefined ? [] : [encryption]), ...hash];
  const seconds = draft.clamp("ipsecPolicy.lifetime.value", lifetime, 120, 2_592_000);
  return [
    ...block(`crypto ipsec transform-set ${label} ${transforms.join(" ")}`, ["mode tunnel"]),
    ...block(`crypto ipsec profile ${label}`, [
      `set transform-set ${label}`,
      `set pfs group${group}`,
      `set ${profile} ${label}`,
      `set security-association lifetime seconds ${seconds}`,
    ]),
  ];
}

function tunnelInterface(draft: Draft, label: string): string[] {
  const outside = interfaceOf(draft, "GigabitEthernet1");
  const { remote } = draft.end;
  const name = `Tunnel${numberOf(label)}`;
  draft.note(`${name} is the interface of the tunnel: it must not exist for another one.`);
  return [
    ...block(
      `ip access-list extended ${label}`,
      devicePairs(draft).map(
        ([own, other]) => `permit ip ${addressAndMask(own, true)} ${addressAndMask(other, true)}`,
      ),
    ),
    ...block(`interface ${name}`, [
      `ip unnumbered ${outside}`,
      `tunnel source ${outside}`,
      "tunnel mode ipsec ipv4",
      `tunnel destination ${remote.address ?? ""}`,
      `tunnel protection ipsec policy ipv4 ${label}`,
      `tunnel protection ipsec profile ${label}`,
    ]),
    ...remote.networks.map((network) => `ip route ${addressAndMask(network)} ${name}`),
  ];
}

function block(head: string, lines: readonly string[]): string[] {
  return [head, ...lines.map((line) => ` ${line}`)];
}
