import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

// Without a subnet of its own, a service leaves it to the groups which networks a tunnel joins.
const service = new vpnaas.VpnService("hub", { routerId: config.require("routerId") });
const local = new vpnaas.EndpointGroup("local", {
  type: "subnet",
  endpoints: config.requireObject<string[]>("subnetIds"),
});
const peer = new vpnaas.EndpointGroup("office", {
  type: "cidr",
  endpoints: config.getObject<string[]>("peerNetworks") ?? ["10.2.0.0/24"],
});

const office = new vpnaas.IpsecSiteConnection("office", {
  vpnServiceId: service.id,
  ikePolicyId: new vpnaas.IkePolicy("office", { ikeVersion: "v2" }).id,
  ipsecPolicyId: new vpnaas.IpsecPolicy("office").id,
  localEpGroupId: local.id,
  peerEpGroupId: peer.id,
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  psk: config.requireSecret("psk"),
});

export const connectionId = office.id;
export const peerNetworks = peer.endpoints;
