import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();
const availabilityZone = config.require("availabilityZone");

const service = new vpnaas.VpnService("datacenter1", {
  routerId: config.require("routerId"),
  subnetId: config.require("subnetId"),
  availabilityZone,
});
const proposal = { encryptionAlgorithm: "aes-256", pfs: "group14", availabilityZone } as const;
const ike = new vpnaas.IkePolicy("datacenters", { ...proposal, lifetime: { value: 86400 } });
const ipsec = new vpnaas.IpsecPolicy("datacenters", { ...proposal, lifetime: { value: 28800 } });

const datacenter2 = new vpnaas.IpsecSiteConnection("datacenter2", {
  description: "to datacenter2",
  vpnServiceId: service.id,
  ikePolicyId: ike.id,
  ipsecPolicyId: ipsec.id,
  peerAddress: "172.24.4.233",
  peerId: "172.24.4.233",
  peerCidrs: ["10.2.0.0/24"],
  psk: config.requireSecret("psk"),
  initiator: "bi-directional",
  dpd: { action: "hold", interval: 30, timeout: 120 },
  availabilityZone,
});

export const status = datacenter2.status;
