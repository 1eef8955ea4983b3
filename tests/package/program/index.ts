/** Uses every class, lookup and type of the package; tests run it as different kinds of programs. */
import * as pulumi from "@pulumi/pulumi";
import * as vpnaas from "pulumi-vpnaas";
import { getIkePolicy, LookupError, VpnService } from "pulumi-vpnaas";

const config = new pulumi.Config();
const routerId = config.require("routerId");
const subnetId = config.require("subnetId");

const serviceArgs: vpnaas.VpnServiceArgs = { routerId, subnetId };
const service = new VpnService("service", serviceArgs);
const bare = new VpnService("bare", { routerId });

const lifetime: vpnaas.LifetimeArgs = { units: "seconds", value: 7200 };
const ikeArgs: vpnaas.IkePolicyArgs = {
  ikeVersion: vpnaas.IkeVersion.V2,
  lifetime,
  pfs: vpnaas.DhGroup.Group14,
};
const ike = new vpnaas.IkePolicy("ike", ikeArgs);
const ipsec = new vpnaas.IpsecPolicy("ipsec", { encapsulationMode: "tunnel" });

const local = new vpnaas.EndpointGroup("local", { type: "subnet", endpoints: [subnetId] });
const far = new vpnaas.EndpointGroup("far", { type: "cidr", endpoints: ["10.5.0.0/24"] });

const dpd: vpnaas.DpdArgs = { action: vpnaas.DpdAction.Restart, interval: 20, timeout: 60 };
const timeouts: vpnaas.TimeoutsArgs = { create: "1m", delete: "1m" };
const peer = {
  ikePolicyId: ike.id,
  ipsecPolicyId: ipsec.id,
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  psk: config.requireSecret("psk"),
  dpd,
  timeouts,
};
const networksArgs: vpnaas.IpsecSiteConnectionArgs = {
  ...peer,
  vpnServiceId: service.id,
  peerCidrs: ["10.2.0.0/24"],
};
const networks = new vpnaas.IpsecSiteConnection("networks", networksArgs);
const groups = new vpnaas.IpsecSiteConnection("groups", {
  ...peer,
  vpnServiceId: bare.id,
  localEpGroupId: local.id,
  peerEpGroupId: far.id,
  waitFor: vpnaas.WaitFor.Accepted,
});

const seen: pulumi.Output<vpnaas.GetVpnServiceResult> = vpnaas.getVpnServiceOutput(
  { name: service.name },
  { dependsOn: pulumi.output([networks, groups]) },
);
const found = [
  vpnaas.getIkePolicyOutput({ id: ike.id }).ikeVersion,
  vpnaas.getIpsecPolicyOutput({ id: ipsec.id }).encapsulationMode,
  vpnaas.getEndpointGroupOutput({ id: far.id }).type,
  vpnaas.getIpsecSiteConnectionOutput({ id: networks.id }).routeMode,
];

/** Plain lookups of missing objects: each ends in a LookupError, which the program catches. */
async function missing(): Promise<number> {
  const name = "nobody's";
  const lookups: Promise<unknown>[] = [
    getIkePolicy({ name }),
    vpnaas.getVpnService({ name }),
    vpnaas.getIpsecPolicy({ name }),
    vpnaas.getEndpointGroup({ name }),
    vpnaas.getIpsecSiteConnection({ name }),
  ];
  const ends = await Promise.allSettled(lookups);
  return ends.filter((end) => end.status === "rejected" && end.reason instanceof LookupError)
    .length;
}

export const externalIp = seen.externalV4Ip;
export const texts = pulumi.all(found).apply((all) => all.join(" "));
export const lookupErrors = missing();
