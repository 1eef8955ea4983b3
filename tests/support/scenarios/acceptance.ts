import type { Cloud } from "../harness/cloud";
import type { Args } from "../harness/kinds";
import { pathOf, ref, type Program, type ResourceStack } from "../harness/resources";
import type { Stage } from "../harness/stage";
import type { StateResource } from "../harness/stack";
import { put } from "./fields";

/** The lifecycle of every kind, as in acceptance tests of other clients; docs/evidence/acceptance.md lists them. */
export function acceptanceScenarios(stage: Stage): void {
  describe("resources with required inputs alone and with typical inputs", () => {
    let cloud: Cloud;
    let program: ResourceStack;
    let made: Record<string, StateResource>;
    let state: Record<string, Args>;
    let shown: Record<string, Args>;

    beforeAll(async () => {
      ({ cloud, program } = stage);
      await program.up(everyKind(cloud));
      made = await program.resources();
      [state, shown] = await program.stateAndCloud();
    });
    afterAll(() => stage.leave());

    it.each([
      ["an IKE policy without arguments", "ike", { description: "", pfs: "group14" }],
      [
        "an IKE policy with a lifetime",
        "ikeOf1200",
        {
          authAlgorithm: "sha256",
          pfs: "group14",
          lifetime: { units: "seconds", value: 1200 },
        },
      ],
      [
        "an IPsec policy without arguments",
        "ipsec",
        { transformProtocol: "esp", encapsulationMode: "tunnel", authAlgorithm: "sha256" },
      ],
      [
        "an IPsec policy with a lifetime",
        "ipsecOf1200",
        {
          authAlgorithm: "sha256",
          pfs: "group14",
          lifetime: { units: "seconds", value: 1200 },
        },
      ],
      [
        "an endpoint group of two networks",
        "peer",
        { type: "cidr", endpoints: ["10.2.0.0/24", "10.3.0.0/24"] },
      ],
      ["a VPN service that is administratively down", "service", { adminStateUp: false }],
      [
        "a connection of two endpoint groups",
        "connection",
        {
          psk: "secret",
          dpd: { action: "restart", interval: 21, timeout: 42 },
          mtu: 1500,
          initiator: "bi-directional",
          authMode: "psk",
          routeMode: "static",
          status: "DOWN",
        },
      ],
      [
        "a connection to a peer with an IPv6 address",
        "connectionV6",
        { peerId: "2001:db8:ffff::77", resolvedPeerAddress: expect.stringMatching(/^2001:/) },
      ],
    ])("%s has equal attributes in the state and in the cloud", (_title, name, some) => {
      expect(state[name]).toEqual(shown[name]);
      expect(shown[name]).toMatchObject(some);
    });

    it("a connection and a service show their parents in their own attributes", () => {
      const id = (name: string) => made[name]!.id;

      expect(shown["connection"]).toMatchObject({
        vpnServiceId: id("service"),
        ikePolicyId: id("ikeUsed"),
        ipsecPolicyId: id("ipsecUsed"),
        localEpGroupId: id("local"),
        peerEpGroupId: id("peer"),
      });
      expect(shown["service"]).toMatchObject({ routerId: cloud.fixture.routerId });
      expect(state["service"]).toHaveProperty("externalV4Ip");
      expect(new Set(Object.values(shown).map((one) => one["projectId"]))).toEqual(
        new Set([cloud.fixture.projectId]),
      );
    });

    it("up changes policies, groups and lifetimes in place and sends only the changed fields", async () => {
      const before = everyKind(cloud);
      const changed: Program = {
        ...before,
        ike: { kind: "IkePolicy", args: { name: "renamed" } },
        ikeOf1200: { kind: "IkePolicy", args: { ...before["ikeOf1200"]!.args, ...of(1400) } },
        ipsec: { kind: "IpsecPolicy", args: { name: "renamed" } },
        ipsecOf1200: { kind: "IpsecPolicy", args: { ...before["ipsecOf1200"]!.args, ...of(1400) } },
        peer: {
          kind: "EndpointGroup",
          args: { name: "renamed", type: "cidr", endpoints: ["10.3.0.0/24", "10.2.0.0/24"] },
        },
      };

      const changes = await program.changesDuring(() => program.up(changed));

      const bodies: Record<string, Args> = {
        ike: { name: "renamed" },
        ikeOf1200: { ...of(1400) },
        ipsec: { name: "renamed" },
        // The default name has a hash of the inputs.
        ipsecOf1200: { name: anyDefaultName("ipsecOf1200"), ...of(1400) },
        peer: { name: "renamed" },
      };
      expect(changes).toHaveLength(Object.keys(bodies).length);
      for (const [name, body] of Object.entries(bodies)) {
        expect(changes).toContainEqual(put(made[name]!, body));
      }
      [state, shown] = await program.stateAndCloud();
      expect(state).toEqual(shown);
      await program.stack.preview(["--refresh", "--expect-no-changes"]);
    });

    it("destroy counts an object deleted outside Pulumi as deleted and leaves no object behind", async () => {
      for (const name of ["connection", "connectionV6", "service", "peer", "ike", "ipsec"]) {
        await program.deleteOutsidePulumi(name);
      }

      await program.stack.destroy();

      const answers = await Promise.all(
        Object.values(made).map((one) => cloud.api.send("GET", pathOf(one))),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
      expect(await cloud.objects()).toEqual({});
    });
  });
}

/** A lifetime in seconds, equal in programs and in the API. */
function of(value: number): Args {
  return { lifetime: { units: "seconds", value } };
}

function anyDefaultName(resource: string): unknown {
  return expect.stringMatching(new RegExp(`^test-${resource}-[0-9a-f]{7}$`));
}

/** One or two of each kind: a tunnel of endpoint groups, and unused policies. */
function everyKind({ fixture }: Cloud): Program {
  const connection = {
    vpnServiceId: ref("service.id"),
    ikePolicyId: ref("ikeUsed.id"),
    ipsecPolicyId: ref("ipsecUsed.id"),
    localEpGroupId: ref("local.id"),
    peerEpGroupId: ref("peer.id"),
    psk: "secret",
    mtu: 1500,
    initiator: "bi-directional",
    dpd: { action: "restart", interval: 21, timeout: 42 },
  };
  const lasting = { authAlgorithm: "sha256", pfs: "group14", ...of(1200) };
  return {
    ike: { kind: "IkePolicy" },
    ikeOf1200: { kind: "IkePolicy", args: { name: "lasting", ...lasting } },
    ikeUsed: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
    ipsecOf1200: { kind: "IpsecPolicy", args: lasting },
    ipsecUsed: { kind: "IpsecPolicy" },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [fixture.subnetId] } },
    peer: {
      kind: "EndpointGroup",
      args: { type: "cidr", endpoints: ["10.2.0.0/24", "10.3.0.0/24"] },
    },
    service: { kind: "VpnService", args: { routerId: fixture.routerId, adminStateUp: false } },
    connection: {
      kind: "IpsecSiteConnection",
      args: { ...connection, peerAddress: "192.168.10.1", peerId: "192.168.10.1" },
    },
    connectionV6: {
      kind: "IpsecSiteConnection",
      args: { ...connection, peerAddress: "2001:DB8:FFFF::77", peerId: "2001:db8:ffff::77" },
    },
  };
}
