import type { Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { put } from "./fields";
import { steps, tunnel } from "./family";

/** All kinds on Fujitsu K5: one network per tunnel, availability zones, no endpoint groups. */
export function k5Scenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("up creates a K5 tunnel with its dependencies, changes it and its policy, and destroys it", async () => {
    const { cloud, program } = stage;
    await program.up(k5Tunnel(cloud.fixture, {}));
    const made = await program.resources();

    const [state, shown] = await program.stateAndCloud();
    expect(state).toEqual(shown);
    for (const name of ["service", "ike", "ipsec", "tunnel"]) {
      expect(shown[name]).toMatchObject({ availabilityZone: "jp-east-1a" });
    }
    await program.stack.up(["--expect-no-changes"]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);

    const repointed = { peerAddress: "172.24.4.233", peerCidrs: ["10.3.0.0/24"] };
    const updated = await program.changesDuring(() =>
      program.up(k5Tunnel(cloud.fixture, { tunnel: repointed })),
    );
    expect(updated).toEqual([
      put(made["tunnel"]!, { peer_address: "172.24.4.233", peer_cidrs: ["10.3.0.0/24"] }),
    ]);

    const replaced = await program.changesDuring(() =>
      program.up(k5Tunnel(cloud.fixture, { tunnel: repointed, ike: { pfs: "group5" } })),
    );
    expect(steps(replaced)).toEqual([
      "POST IkePolicy",
      "DELETE IpsecSiteConnection",
      "POST IpsecSiteConnection",
      "DELETE IkePolicy",
    ]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await program.stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });

  it("the preview refuses an endpoint group on K5 and names the dialect setting", async () => {
    const { program } = stage;
    program.write({
      group: { kind: "EndpointGroup", args: { type: "cidr", endpoints: ["10.2.0.0/24"] } },
    });

    const { text } = await program.stack.preview([], { expect: "failure" });

    expect(text).toMatch(
      /The k5 dialect has no EndpointGroup. If this cloud is not K5, set vpnaas:dialect to neutron/,
    );
  });
}

function k5Tunnel(
  fixture: { readonly routerId: string; readonly subnetId: string },
  more: { readonly ike?: object; readonly tunnel?: object },
): Program {
  const zone = { availabilityZone: "jp-east-1a" };
  const { routerId, subnetId } = fixture;
  return {
    service: { kind: "VpnService", args: { ...zone, routerId, subnetId } },
    ike: { kind: "IkePolicy", args: { ...zone, ...more.ike } },
    ipsec: { kind: "IpsecPolicy", args: zone },
    tunnel: tunnel({
      ...zone,
      peerCidrs: ["10.2.0.0/24"],
      ...more.tunnel,
    }),
  };
}
