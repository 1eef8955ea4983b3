import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

// K5 is the default dialect: exactly one network behind the peer, an IPv4 peer, an availability zone.
const datacenter = new vpnaas.IpsecSiteConnection("datacenter2", {
  description: "to datacenter2",
  vpnServiceId: config.require("vpnServiceId"),
  ikePolicyId: config.require("ikePolicyId"),
  ipsecPolicyId: config.require("ipsecPolicyId"),
  peerAddress: "172.24.4.233",
  peerId: "172.24.4.233",
  peerCidrs: ["10.2.0.0/24"],
  psk: config.requireSecret("psk"),
  initiator: vpnaas.Initiator.BiDirectional,
  dpd: { action: vpnaas.DpdAction.Hold, interval: 30, timeout: 120 },
  availabilityZone: config.require("availabilityZone"),
});

export const connectionId = datacenter.id;
export const status = datacenter.status;
