import { createHmac } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();
const generation = config.getNumber("generation") ?? 1;

/** The next generation has another key, and whoever knows the seed has the same ones. */
export const psk = config
  .requireSecret("pskSeed")
  .apply((seed) => createHmac("sha256", seed).update(`office ${generation}`).digest("base64url"));

const office = new vpnaas.IpsecSiteConnection("office", {
  vpnServiceId: config.require("vpnServiceId"),
  ikePolicyId: config.require("ikePolicyId"),
  ipsecPolicyId: config.require("ipsecPolicyId"),
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk,
});

export const connectionId = office.id;
