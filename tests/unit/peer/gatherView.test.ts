import { gatherView } from "../../../provider/peer/gatherView";
import type { TunnelSource } from "../../../provider/peer/source";
import { aTunnel, tunnelParts } from "../support/tunnels";

const parts = tunnelParts();
const connection = {
  ...parts.connection,
  vpnServiceId: "service",
  ikePolicyId: "ike",
  ipsecPolicyId: "ipsec",
};

/** A source with the parts of a tunnel, and the calls it got. */
function aSource(groups: Readonly<Record<string, string[]>> = {}) {
  const calls: string[] = [];
  const source: TunnelSource = {
    part: (kind, id) => {
      calls.push(`${kind} ${id}`);
      const all = {
        VpnService: { ...parts.service, subnetId: "subnet" },
        IkePolicy: parts.ikePolicy,
        IpsecPolicy: parts.ipsecPolicy,
        EndpointGroup: { endpoints: groups[id] },
        IpsecSiteConnection: connection,
      };
      return Promise.resolve(all[kind]);
    },
    subnetCidr: (id) => {
      calls.push(`subnet ${id}`);
      return Promise.resolve(id === "subnet" ? "10.10.0.0/24" : "10.20.0.0/24");
    },
  };
  return { source, calls };
}

it("gatherView: reads the service, both policies and the subnet", async () => {
  const { source, calls } = aSource();
  expect(await gatherView(connection, source)).toEqual(aTunnel());
  expect(calls.sort()).toEqual([
    "IkePolicy ike",
    "IpsecPolicy ipsec",
    "VpnService service",
    "subnet subnet",
  ]);
});

it("gatherView: reads the endpoint groups and the subnets of the local one", async () => {
  const { source } = aSource({ here: ["a", "subnet"], there: ["10.9.0.0/16"] });
  const grouped = { ...connection, localEpGroupId: "here", peerEpGroupId: "there" };
  const view = await gatherView(grouped, source);
  expect(view.local.networks).toEqual(["10.10.0.0/24", "10.20.0.0/24"]);
  expect(view.remote.networks).toEqual(["10.9.0.0/16"]);
});

it("gatherView: reads no subnet if the networks are given", async () => {
  const { source, calls } = aSource();
  const view = await gatherView(connection, source, { networks: ["10.77.0.0/24"] });
  expect(view.local.networks).toEqual(["10.77.0.0/24"]);
  expect(calls).not.toContain("subnet subnet");
});

it("gatherView: a given key replaces that of the connection", async () => {
  expect((await gatherView(connection, aSource().source, { psk: "next" })).psk).toBe("next");
});
