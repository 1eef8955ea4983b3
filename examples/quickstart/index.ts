import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

const service = new vpnaas.VpnService("hub", {
  routerId: config.require("routerId"),
  subnetId: config.require("subnetId"),
});
const ike = new vpnaas.IkePolicy("office", { encryptionAlgorithm: "aes-256", ikeVersion: "v2" });
const ipsec = new vpnaas.IpsecPolicy("office", { encryptionAlgorithm: "aes-256" });

const office = new vpnaas.IpsecSiteConnection("office", {
  description: config.get("description") ?? "to the office",
  vpnServiceId: service.id,
  ikePolicyId: ike.id,
  ipsecPolicyId: ipsec.id,
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk: config.requireSecret("psk"),
  dpd: { action: "restart" },
});

export const externalIp = service.externalV4Ip;
export const status = office.status;
