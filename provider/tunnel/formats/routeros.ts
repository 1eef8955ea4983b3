import { labelOf, type Draft } from "../draft";
import type { Identity } from "../identity";
import {
  deviceIdentity,
  devicePairs,
  ikeWords,
  ipsecWords,
  noteUnverified,
  probesOf,
  quotedKey,
} from "./devices";
import type { Format } from "./format";
import { otherAddress } from "./neutron";
import { isAggressive, protocolOf } from "./swans";

/** Commands of RouterOS 7. Words: MikroTik's page IPsec, profiles, proposals, identities and policies. */
export const routeros: Format = {
  title: "RouterOS",
  comment: "#",
  trial: "Written after MikroTik's manual of RouterOS 7, not tried on a router.",
  render: (draft) => {
    const label = labelOf(draft.end);
    const { remote } = draft.end;
    draft.note(
      `If the router masquerades, except packets to ${remote.networks.join(", ")} by a rule of the chain srcnat above it.`,
    );
    const { version } = draft.end.ike;
    const mode = version === "v1" ? (isAggressive(draft) ? "aggressive" : "main") : "ike2";
    const address = otherAddress(draft);
    return [
      profile(draft, label),
      proposal(draft, label),
      `peer add name=${label} address=${address}/${address.includes(":") ? 128 : 32} profile=${label} exchange-mode=${mode}`,
      identity(draft, label),
      ...devicePairs(draft).map(([local, other]) =>
        [
          `policy add peer=${label} proposal=${label} tunnel=yes action=encrypt level=unique`,
          `ipsec-protocols=${protocolOf(draft)} src-address=${local} dst-address=${other}`,
        ].join(" "),
      ),
    ].map((rest) => `/ip ipsec ${rest}`);
  },
};

function profile(draft: Draft, label: string): string {
  const { ike, dpd } = draft.end;
  const { encryption, integrity, group } = ikeWords(draft, "routeros");
  const probes =
    dpd.action === "disabled"
      ? "dpd-interval=disable-dpd"
      : `dpd-interval=${dpd.interval}s dpd-maximum-failures=${probesOf(draft, 100)}`;
  return `profile add name=${label} hash-algorithm=${integrity} enc-algorithm=${encryption} dh-group=${group} lifetime=${ike.lifetime}s ${probes}`;
}

function proposal(draft: Draft, label: string): string {
  const { encryption = "null", integrity = "null", group } = ipsecWords(draft, "routeros");
  return `proposal add name=${label} auth-algorithms=${integrity} enc-algorithms=${encryption} pfs-group=${group} lifetime=${draft.end.ipsec.lifetime}s`;
}

/** RouterOS verifies names, e-mail addresses and key ids of the other end with IKE v2 alone. */
function identity(draft: Draft, label: string): string {
  const key = quotedKey(draft);
  const isVerified = draft.end.ike.version !== "v1";
  if (!isVerified) noteUnverified(draft);
  return [
    `identity add peer=${label} auth-method=pre-shared-key`,
    `my-id=${idText(deviceIdentity(draft, "local"))}`,
    `remote-id=${isVerified ? idText(deviceIdentity(draft, "remote")) : "auto"}`,
    ...(key === undefined ? [] : [`secret=${key}`]),
  ].join(" ");
}

function idText({ type, value }: Identity): string {
  const types = { address: "address", name: "fqdn", email: "user-fqdn", keyId: "key-id" };
  return `${types[type]}:${value}`;
}
