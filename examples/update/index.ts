import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

const connection = new vpnaas.IpsecSiteConnection("vpnconnection1", {
  vpnServiceId: config.require("vpnServiceId"),
  ikePolicyId: config.require("ikePolicyId"),
  ipsecPolicyId: config.require("ipsecPolicyId"),

  // All that the API takes in a PUT.
  name: config.get("name") ?? "vpnconnection1",
  description: config.get("description") ?? "",
  peerAddress: config.get("peerAddress") ?? "172.24.4.233",
  peerId: config.get("peerId") ?? "172.24.4.233",
  peerCidrs: [config.get("peerCidr") ?? "10.2.0.0/24"],
  psk: config.requireSecret("psk"),
  initiator: config.get<vpnaas.Initiator>("initiator") ?? "bi-directional",
  dpd: config.getObject<vpnaas.Dpd>("dpd") ?? {},
  adminStateUp: config.getBoolean("adminStateUp") ?? true,
});

export const id = connection.id;
export const description = connection.description;
export const status = connection.status;
