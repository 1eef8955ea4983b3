import type { Stage } from "../harness/stage";
import { groupTunnel } from "./fields";

/** A tunnel with IPv6 addresses alone; needs a cloud in which tests can create a subnet. */
export function ipv6Scenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("up connects IPv6 networks over IPv6 and has no changes for another notation of them", async () => {
    const { cloud, program } = stage;
    const { routerId } = cloud.fixture;
    const network = await cloud.api.post("/networks", { network: { name: "of IPv6" } });
    const subnet = await cloud.api.post("/subnets", {
      subnet: { network_id: network.id, ip_version: 6, cidr: "2001:db8:10::/64" },
    });
    const attachment = { subnet_id: subnet.id };
    await cloud.api.send("PUT", `/routers/${routerId}/add_router_interface`, attachment);
    const declared = (peer: string, endpoints: readonly string[]) =>
      groupTunnel(
        { routerId, subnetId: subnet.id },
        {
          peer: { endpoints },
          tunnel: { peerAddress: peer, peerId: peer, mtu: 1280 },
        },
      );

    await program.up(declared("2001:db8:ffff::77", ["2001:db8:2::/48", "2001:db8:3::/48"]));

    const [state, shown] = await program.stateAndCloud();
    expect(state).toEqual(shown);
    expect(shown["tunnel"]).toMatchObject({
      status: "ACTIVE",
      resolvedPeerAddress: "2001:db8:ffff::77",
      mtu: 1280,
    });
    await program.stack.preview(["--refresh", "--expect-no-changes"]);

    program.write(declared("2001:DB8:ffff:0::77", ["2001:0db8:3::/48", "2001:DB8:2::1/48"]));
    const again = await program.changesDuring(() => program.stack.up(["--expect-no-changes"]));
    expect(again).toEqual([]);

    await program.stack.destroy();
    await cloud.api.send("PUT", `/routers/${routerId}/remove_router_interface`, attachment);
    await cloud.api.delete(`/networks/${network.id}`);
  });
}
