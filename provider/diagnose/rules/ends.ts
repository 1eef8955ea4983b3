import { Draft } from "../../tunnel/draft";
import { formats } from "../../tunnel/formats";
import { gatewayWarnings } from "../../tunnel/networkWarnings";
import { identityWarnings } from "../../tunnel/identityWarnings";
import { isAead } from "../../tunnel/tunnelView";
import { isPrivateAddress } from "../../validation/net";
import type { Finding } from "../finding";
import type { EndRule } from "./rule";
import { isActive } from "./status";

/** The findings of the preflight, which the cloud did not refuse. */
export const passesPreflight: EndRule = (end) =>
  end.preflight.map(({ severity, path, reason }): Finding => {
    // An agent that cannot parse a value has no ACTIVE tunnel with it.
    const isRefuted = path.startsWith("dpd.") && isActive(end);
    const verdict = severity === "open" ? "open" : isRefuted ? "note" : "problem";
    return { verdict, property: path, text: sentence(reason) };
  });

/** The identities have the types that their notations suggest. */
export const identitiesHaveTheirTypes: EndRule = (end, { isPeerKnown }) => {
  if (isPeerKnown || end.dialect === "k5") return [];
  const { connection } = end;
  const ids = { localId: text(connection["localId"]), peerId: text(connection["peerId"]) };
  return identityWarnings(ids).map(({ property, reason }) => ({
    verdict: isActive(end) ? "note" : "problem",
    property,
    cloud: ids[property],
    text: `${property} ${reason}`,
  }));
};

/** The networks of the peer leave its gateway out. */
export const gatewayIsOutside: EndRule = ({ view }) =>
  (view === undefined ? [] : gatewayWarnings(view)).map((one) => ({
    verdict: "problem",
    property: "peerCidrs",
    text: `${one} A part of the traffic may pass unencrypted, or none at all.`,
    cure: "Leave the gateway out of its networks.",
  }));

/** Gateways behind a NAT present another address than the one that packets come from. */
export const addressesArePublic: EndRule = ({ view }) => {
  if (view === undefined) return [];
  const { local, remote } = view;
  const { identity } = remote;
  const translated =
    identity.type === "address" && remote.address !== undefined && remote.address !== identity.value
      ? [
          note(
            "peerId",
            identity.value,
            `peerId differs from peerAddress ${remote.address}, as for a peer behind a NAT: the peer has to present ${identity.value} itself.`,
          ),
        ]
      : [];
  const isPrivate = (address: string | undefined) =>
    address !== undefined && isPrivateAddress(address);
  return [
    ...translated,
    ...(isPrivate(local.address)
      ? [
          note(
            "vpnService",
            local.address,
            "The external address of the cloud's end is private. If a NAT is in front of it, the peer connects to another address (--cloud-address), and UDP 500 and 4500 must be forwarded.",
          ),
        ]
      : []),
    ...(isPrivate(remote.address)
      ? [
          note(
            "peerAddress",
            remote.address,
            "The address of the peer is private, so the cloud reaches it only over a private link.",
          ),
        ]
      : []),
  ];
};

/** IKE v1 defines no AEAD cipher for phase 1 (RFC 5282 defines them for IKE v2). */
export const cipherFitsVersion: EndRule = (end) => {
  const ike = end.view?.ike;
  if (ike?.version !== "v1" || !isAead(ike.encryption)) return [];
  return [
    {
      verdict: isActive(end) ? "note" : "problem",
      property: "ikePolicy.encryptionAlgorithm",
      cloud: ike.encryption,
      text: "IKE v1 defines no AEAD cipher for phase 1, so most implementations refuse it.",
      cure: "Use ikePolicy.ikeVersion v2, or a cipher such as aes-256.",
    },
  ];
};

/** The stock agents of Neutron run strongSwan or libreswan; the API does not show which one. */
export const agentKnowsAlgorithms: EndRule = (end) => {
  if (end.view === undefined || end.dialect === "k5" || isActive(end)) return [];
  const draft = new Draft(end.view, "libreswan", "none");
  formats.libreswan.render(draft);
  return draft.refusals.map((refusal): Finding => {
    const [, property = "", value = "", cure = ""] =
      /^(\S+) (.*?): .* cannot express it\. (.*)$/.exec(refusal) ?? [];
    const text =
      "libreswan lacks this value, so the tunnel does not come up if the VPN agents of this cloud run libreswan.";
    return { verdict: "note", property, cloud: value, text, cure };
  });
};

/** Only one end opens the tunnel. */
export const mayInitiate: EndRule = (end, { isPeerKnown }) => {
  if (isPeerKnown || isActive(end) || end.connection["initiator"] !== "response-only") return [];
  return [
    note("initiator", "response-only", "Only the peer opens the tunnel, by its first packet."),
  ];
};

function note(property: string, cloud: string | undefined, text: string): Finding {
  return { verdict: "note", property, ...(cloud !== undefined && { cloud }), text };
}

function sentence(reason: string): string {
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
