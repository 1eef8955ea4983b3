import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const service = vpnaas.getVpnServiceOutput({ name: "service" });
const ike = vpnaas.getIkePolicyOutput({ name: "ike", ikeVersion: "v1" });
const ipsec = vpnaas.getIpsecPolicyOutput({ name: "ipsec" });

const branch = new vpnaas.IpsecSiteConnection("branch", {
  vpnServiceId: service.id,
  ikePolicyId: ike.id,
  ipsecPolicyId: ipsec.id,
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk: new pulumi.Config().requireSecret("psk"),
});

export const address = service.externalV4Ip;
export const status = branch.status;
