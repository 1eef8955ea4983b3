import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

const service = new vpnaas.VpnService("hub", {
  adopt: "office",
  routerId: config.require("routerId"),
  subnetId: config.require("subnetId"),
});
const ike = new vpnaas.IkePolicy("office", {
  adopt: "office",
  encryptionAlgorithm: "aes-256",
  ikeVersion: "v2",
});
const ipsec = new vpnaas.IpsecPolicy("office", {
  adopt: "office",
  encryptionAlgorithm: "aes-256",
});
const office = new vpnaas.IpsecSiteConnection("office", {
  adopt: "office",
  description: "to the office, declared in Pulumi",
  vpnServiceId: service.id,
  ikePolicyId: ike.id,
  ipsecPolicyId: ipsec.id,
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk: config.requireSecret("psk"),
});

export const connectionId = office.id;
export const status = office.status;
