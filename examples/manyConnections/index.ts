import { createHmac } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

interface Branch {
  gateway: string;
  network: string;
}

const config = new pulumi.Config();
const branches = Object.entries(config.requireObject<Record<string, Branch>>("branches"));
const seed = config.requireSecret("pskSeed");

const service = new vpnaas.VpnService("hub", {
  routerId: config.require("routerId"),
  subnetId: config.require("subnetId"),
});
const ike = new vpnaas.IkePolicy("branches", { encryptionAlgorithm: "aes-256", ikeVersion: "v2" });
const ipsec = new vpnaas.IpsecPolicy("branches", { encryptionAlgorithm: "aes-256" });

const tunnels = branches.map(
  ([name, { gateway, network }]) =>
    new vpnaas.IpsecSiteConnection(name, {
      description: config.get("description") ?? "to a branch",
      vpnServiceId: service.id,
      ikePolicyId: ike.id,
      ipsecPolicyId: ipsec.id,
      peerAddress: gateway,
      peerId: gateway,
      peerCidrs: [network],
      psk: seed.apply((text) => createHmac("sha256", text).update(name).digest("base64url")),
      waitFor: "accepted",
    }),
);
const ids = pulumi.all(tunnels.map(({ id }) => id));
const { statuses } = new vpnaas.ConnectionsReady("branches", { ids });

/** The branches that no traffic reaches, each with the status of its tunnel. */
export const notActive = pulumi.all([ids, statuses]).apply(([known, statusOf]) => {
  const all = branches.map(([name], i) => [name, statusOf[known[i]!]] as const);
  return Object.fromEntries(all.filter(([, status]) => status !== "ACTIVE"));
});
