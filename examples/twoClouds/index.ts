import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";

/** What is there already at one end; `cloud` is an entry of clouds.yaml. */
interface Place {
  cloud: string;
  routerId: string;
  subnetId: string;
  network: string;
}

const config = new pulumi.Config();
const proposal = {
  authAlgorithm: "sha256",
  encryptionAlgorithm: "aes-256",
  pfs: "group14",
} as const;

function end(name: string) {
  const { cloud, routerId, subnetId, network } = config.requireObject<Place>(name);
  const service = new vpnaas.VpnService(name, { cloud, routerId, subnetId });
  const ike = new vpnaas.IkePolicy(name, { cloud, ikeVersion: "v2", ...proposal });
  const ipsec = new vpnaas.IpsecPolicy(name, { cloud, ...proposal });
  return { cloud, network, service, ike, ipsec };
}

function connect(name: string, here: ReturnType<typeof end>, there: ReturnType<typeof end>) {
  const peer = there.service.externalV4Ip.apply((address) => address!);
  return new vpnaas.IpsecSiteConnection(name, {
    cloud: here.cloud,
    vpnServiceId: here.service.id,
    ikePolicyId: here.ike.id,
    ipsecPolicyId: here.ipsec.id,
    peerAddress: peer,
    peerId: peer,
    peerCidrs: [there.network],
    psk: config.requireSecret("psk"),
  });
}

const east = end("east");
const west = end("west");

export const eastToWest = connect("east-to-west", east, west).status;
export const westToEast = connect("west-to-east", west, east).status;
