import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

const config = new pulumi.Config();

const office = new vpnaas.Tunnel("office", {
  routerId: config.require("routerId"),
  subnetId: config.require("subnetId"),
  peer: { address: "203.0.113.7", networks: ["10.2.0.0/24"] },
  generation: config.getNumber("generation") ?? 1,
});

export const status = office.status;
export const address = office.address;
export const peer = office.peerConfiguration("swanctl");
export const nextPsk = office.nextPsk;
