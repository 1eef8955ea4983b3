import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

const key = new vpnaas.PreSharedKey("office", {
  generation: config.getNumber("generation") ?? 1,
});

const office = new vpnaas.IpsecSiteConnection("office", {
  vpnServiceId: config.require("vpnServiceId"),
  ikePolicyId: config.require("ikePolicyId"),
  ipsecPolicyId: config.require("ipsecPolicyId"),
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk: key.current,
});

export const connectionId = office.id;
export const psk = key.current;
/** For the peer, before the generation is counted up. */
export const nextPsk = key.next;
