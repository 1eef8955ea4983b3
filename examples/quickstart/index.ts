import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

const office = new vpnaas.IpsecSiteConnection("office", {
  description: config.get("description") ?? "to the office",
  vpnServiceId: config.require("vpnServiceId"),
  ikePolicyId: config.require("ikePolicyId"),
  ipsecPolicyId: config.require("ipsecPolicyId"),
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk: config.requireSecret("psk"),
  dpd: { action: "restart" },
});

export const connectionId = office.id;
export const status = office.status;
