import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

/** One end: `cloud` is an entry of clouds.yaml. */
interface End {
  cloud: string;
  routerId: string;
  subnetId: string;
}

const config = new pulumi.Config();

const tunnel = new vpnaas.Tunnel("east-west", {
  ...config.requireObject<End>("east"),
  peer: config.requireObject<End>("west"),
});

export const eastToWest = tunnel.status;
export const westToEast = tunnel.peerStatus;
