import { ref, type Program } from "../harness/resources";
import type { Stage } from "../harness/stage";

/** An id with one wrong character. */
function typo(id: string): string {
  return `${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`;
}

/** A tunnel without explicit names. */
function tunnelOf({ routerId, subnetId }: Stage["cloud"]["fixture"]) {
  return (service = {}, connection = {}): Program => ({
    service: { kind: "VpnService", args: { routerId, subnetId, ...service } },
    ike: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
    office: {
      kind: "IpsecSiteConnection",
      args: {
        vpnServiceId: ref("service.id"),
        ikePolicyId: ref("ike.id"),
        ipsecPolicyId: ref("ipsec.id"),
        peerAddress: "203.0.113.77",
        peerId: "203.0.113.77",
        peerCidrs: ["10.2.0.0/24"],
        psk: "canary-psk",
        ...connection,
      },
    },
  });
}

/** Changes that the cloud would refuse, of a tunnel without explicit names. */
export function preflightScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("preview and up fail for a typo in subnetId, routerId, ikePolicyId and vpnServiceId, and delete nothing", async () => {
    const { cloud, program } = stage;
    const { routerId, subnetId } = cloud.fixture;
    const tunnel = tunnelOf(cloud.fixture);
    await program.up(tunnel());
    const { service, ike } = await program.resources();
    const before = await cloud.objects();
    expect(before.IpsecSiteConnection).toEqual([expect.objectContaining({ status: "ACTIVE" })]);

    // A connection is compared only if its service has no typo.
    const typos: readonly [string[], Program][] = [
      [["subnetId", "routerId"], tunnel({ subnetId: typo(subnetId), routerId: typo(routerId) })],
      [
        ["ikePolicyId", "vpnServiceId"],
        tunnel({}, { ikePolicyId: typo(ike!.id!), vpnServiceId: typo(service!.id!) }),
      ],
    ];
    for (const [properties, changed] of typos) {
      program.write(changed);
      const sent = await program.changesDuring(async () => {
        const failure = { expect: "failure" } as const;
        const previewed = await program.stack.preview([], failure);
        const failed = await program.stack.up([], failure);
        for (const property of properties) {
          const reason = new RegExp(`${property}: http\\S+ has no `);
          expect(previewed.text).toMatch(reason);
          expect(failed.text).toMatch(reason);
        }
      });
      expect([properties, sent]).toEqual([properties, []]);
    }
    expect(await cloud.objects()).toEqual(before);
    await program.up(tunnel(), ["--expect-no-changes"]);
  });

  describe("a replaced VPN service, and a connection of it with a typo in ikePolicyId", () => {
    const typoOf = async ({ cloud, program }: Stage): Promise<Program> => {
      const tunnel = tunnelOf(cloud.fixture);
      await program.up(tunnel());
      const { ike } = await program.resources();
      const subnetId = cloud.fixture.secondSubnetId;
      return tunnel({ subnetId }, { ikePolicyId: typo(ike!.id!) });
    };

    it("the preview of up fails before anything is deleted", async () => {
      const { program } = stage;
      program.write(await typoOf(stage));
      const sent = await program.changesDuring(async () => {
        const { text } = await program.stack.run(
          ["up", "--yes", "--stack", "test", "--non-interactive"],
          { expect: "failure" },
        );
        expect(text).toMatch(/ikePolicyId: http\S+ has no /);
      });
      expect(sent).toEqual([]);
    });

    it("up --skip-preview deletes both before it knows the connection, and the next up creates both", async () => {
      const { cloud, program } = stage;
      program.write(await typoOf(stage));
      const sent = await program.changesDuring(async () => {
        const { text } = await program.stack.up([], { expect: "failure" });
        expect(text).toMatch(/ikePolicyId: http\S+ has no .* was deleted before, to be replaced/);
      });
      expect(sent.map(({ method }) => method)).toEqual(["DELETE", "DELETE", "POST"]);
      const { secondSubnetId: subnetId } = cloud.fixture;
      await program.up(tunnelOf(cloud.fixture)({ subnetId }));
      expect((await cloud.objects()).IpsecSiteConnection).toHaveLength(1);
    });
  });
}
