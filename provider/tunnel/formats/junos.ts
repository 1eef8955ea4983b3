import { labelOf, numberOf, shortened, type Draft } from "../draft";
import {
  deviceIdentity,
  devicePairs,
  ikeWords,
  interfaceOf,
  ipsecWords,
  probesOf,
  quotedKey,
} from "./devices";
import type { Format } from "./format";
import { otherAddress } from "./neutron";
import { isAggressive, protocolOf } from "./swans";

/**
 * Commands for the configuration mode of Junos on an SRX. Words and bounds: Juniper's YANG model of Junos
 * 22.4, junos-es-conf-security. AEAD in phase 1 has no word, since that model forbids a PRF beside it.
 */
export const junos: Format = {
  title: "Junos",
  comment: "#",
  trial:
    "Written after Juniper's YANG model of Junos 22.4 and its CLI reference, not tried on a device.",
  render: (draft) => {
    const label = shortened(labelOf(draft.end), 32);
    const unit = numberOf(label);
    draft.note(
      `st0.${unit} is the interface of the tunnel: assign it to a security zone, allow packets between that zone and the internal one by security policies, and allow ike in host-inbound-traffic of the outer zone.`,
    );
    const versions = new Set(draft.end.remote.networks.map((one) => one.includes(":")));
    return [
      ...ike(draft, label),
      ...ipsec(draft, label, unit),
      ...[...versions].map((isV6) => `interfaces st0 unit ${unit} family inet${isV6 ? "6" : ""}`),
    ].map((rest) => `set ${rest}`);
  },
};

function ike(draft: Draft, label: string): string[] {
  const { ike: own, dpd } = draft.end;
  const { encryption, integrity, group } = ikeWords(draft, "junos");
  noteNewer(draft);
  const key = quotedKey(draft);
  const proposal = [
    "authentication-method pre-shared-keys",
    `dh-group ${group}`,
    `authentication-algorithm ${integrity}`,
    `encryption-algorithm ${encryption}`,
    `lifetime-seconds ${draft.clamp("ikePolicy.lifetime.value", own.lifetime, 180, 86_400)}`,
  ];
  const policy = [
    ...(own.version === "v1" ? [`mode ${isAggressive(draft) ? "aggressive" : "main"}`] : []),
    `proposals ${label}`,
    ...(key === undefined ? [] : [`pre-shared-key ascii-text ${key}`]),
  ];
  const gateway = [
    `ike-policy ${label}`,
    `address ${otherAddress(draft)}`,
    ...(dpd.action === "disabled"
      ? []
      : [
          `dead-peer-detection interval ${draft.clamp("dpd.interval", dpd.interval, 2, 60)}`,
          `dead-peer-detection threshold ${probesOf(draft, 5)}`,
        ]),
    `local-identity ${identity(draft, "local")}`,
    `remote-identity ${identity(draft, "remote")}`,
    `external-interface ${interfaceOf(draft, "ge-0/0/0.0")}`,
    `version ${own.version}-only`,
  ];
  return [
    ...proposal.map((rest) => `proposal ${label} ${rest}`),
    ...policy.map((rest) => `policy ${label} ${rest}`),
    ...gateway.map((rest) => `gateway ${label} ${rest}`),
  ].map((rest) => `security ike ${rest}`);
}

function identity(draft: Draft, end: "local" | "remote"): string {
  const { type, value } = deviceIdentity(draft, end);
  switch (type) {
    case "address":
      return `${value.includes(":") ? "inet6" : "inet"} ${value}`;
    case "name":
      return `hostname ${value}`;
    case "email":
      return `user-at-hostname "${value}"`;
    case "keyId":
      return `key-id ${value}`;
  }
}

function ipsec(draft: Draft, label: string, unit: number): string[] {
  const { encryption, integrity, group } = ipsecWords(draft, "junos");
  const { lifetime } = draft.end.ipsec;
  const proposal = [
    `protocol ${protocolOf(draft)}`,
    ...(integrity === undefined ? [] : [`authentication-algorithm ${integrity}`]),
    ...(encryption === undefined ? [] : [`encryption-algorithm ${encryption}`]),
    `lifetime-seconds ${draft.clamp("ipsecPolicy.lifetime.value", lifetime, 180, 86_400)}`,
  ];
  const vpn = [
    `bind-interface st0.${unit}`,
    `ike gateway ${label}`,
    `ike ipsec-policy ${label}`,
    ...devicePairs(draft).map(
      ([local, remote], i) => `traffic-selector ts${i + 1} local-ip ${local} remote-ip ${remote}`,
    ),
    "establish-tunnels immediately",
  ];
  return [
    ...proposal.map((rest) => `proposal ${label} ${rest}`),
    `policy ${label} perfect-forward-secrecy keys ${group}`,
    `policy ${label} proposals ${label}`,
    ...vpn.map((rest) => `vpn ${label} ${rest}`),
  ].map((rest) => `security ipsec ${rest}`);
}

/** Notes values of Juniper's CLI reference of 2024 that the model of Junos 22.4 lacks. */
function noteNewer(draft: Draft): void {
  const { ike: one, ipsec: other } = draft.end;
  const newer = [one.integrity, one.group, other.group].filter((value) =>
    ["sha512", "group21"].includes(value),
  );
  for (const value of newer) draft.note(`Junos 22.4 has no ${value}; newer releases have it.`);
}
