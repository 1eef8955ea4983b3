import { identityText } from "../../tunnel/identity";
import type { TunnelView } from "../../tunnel/tunnelView";
import { isCidr, maskedCidr, overlap } from "../../validation/net";
import type { Finding } from "../finding";

/** Findings that follow from the values of a line, compared with the cloud's end. */
export function detailsOf(line: string, view: TunnelView): Finding[] {
  return [...presentedIdentity(line, view), ...negotiatedNetworks(line, view)];
}

/** strongSwan: `IKE_SA office[9] established between A[own identity]...B[other identity]`. */
function presentedIdentity(line: string, { remote }: TunnelView): Finding[] {
  const { identity } = remote;
  const presented = /IKE_SA \S+ established between [^[\s]+\[([^\]]*)\]\.\.\./.exec(line)?.[1];
  // A key id has another notation in the log.
  if (presented === undefined || identity.type === "keyId" || presented === identity.value) {
    return [];
  }
  return [
    {
      verdict: "problem",
      property: "peerId",
      cloud: identityText(identity),
      peer: presented,
      text: "The peer presents another identity than the cloud expects.",
      cure: "Let the peer present the identity of the cloud, or change peerId.",
    },
  ];
}

/** strongSwan: `TS A === B`; libreswan: `us: A===address  them: address===B`. The peer's are first. */
const NEGOTIATED = [
  /CHILD_SA \S+ established with .* TS (.*) === (.*)$/,
  /\bus: (\S+?)===\S+ +them: \S+===(\S+)$/,
] as const;

function negotiatedNetworks(line: string, { local, remote }: TunnelView): Finding[] {
  const found = NEGOTIATED.map((one) => one.exec(line)).find((one) => one !== null);
  if (found === undefined) return [];
  const [own, other] = [found[1]!, found[2]!].map((text) => text.trim().split(/\s+/));
  return [
    ...lost("peerCidrs", remote.networks, own!),
    ...lost("vpnService.subnetId", local.networks, other!),
  ];
}

/** A finding if the negotiated networks are only a part of a network, or none of those of the cloud. */
function lost(property: string, declared: readonly string[], texts: readonly string[]): Finding[] {
  const networks = texts.map((one) => one.replace(/\[[^\]]*\]/, "")).filter(isCidr);
  const negotiated = networks.map(maskedCidr);
  const isWhole = (one: string) =>
    declared.some((own) => overlap(own, one) && prefixOf(one) <= prefixOf(own));
  if (negotiated.length === 0 || negotiated.some(isWhole)) return [];
  return [
    {
      verdict: "problem",
      property,
      cloud: declared.join(", "),
      peer: negotiated.join(", "),
      text: "The tunnel covers other networks, or a part of them only: packets of the rest have no way.",
      cure: "Set the same networks at both ends.",
    },
  ];
}

function prefixOf(network: string): number {
  return Number(network.split("/")[1]);
}
