import type { CloudRequest } from "../harness/cloud";
import { ALL_KINDS, KINDS, type Args } from "../harness/kinds";
import { ref, type Declared, type Program } from "../harness/resources";
import type { Stage } from "../harness/stage";

/** Changes that affect several kinds, each in one `up`. */
export function familyScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("up replaces a service without connections, changes a used one in place, and moves one with its dependents", async () => {
    const { cloud, program } = stage;
    const { routerId, subnetId, secondSubnetId } = cloud.fixture;
    const service = (args: Args): Program => ({
      service: { kind: "VpnService", args: { routerId, subnetId, ...args } },
    });
    const peers = Object.fromEntries(
      [1, 2, 3].map((n) => [`tunnel${n}`, tunnel({ peerCidrs: [`10.${n}.0.0/24`] }, n)]),
    );
    const rest: Program = { ike: { kind: "IkePolicy" }, ipsec: { kind: "IpsecPolicy" }, ...peers };
    await program.up(service({}));
    const lonely = await program.resource("service");

    let text = "";
    const renewed = await program.changesDuring(async () => {
      text = await program.previewAndUp(service({ description: "lonely" }));
    });
    expect(text).toMatch(
      /VpnService test-service-\w+ \(\S+\) is replaced, since it cannot be changed: it has no connection yet, and a VPN service stays PENDING_CREATE/,
    );
    expect(steps(renewed)).toEqual(["DELETE VpnService", "POST VpnService"]);
    expect((await program.resource("service")).id).not.toBe(lonely.id);

    await program.up({ ...service({ description: "lonely" }), ...rest });
    const { id } = await program.resource("service");
    const changed = await program.changesDuring(() =>
      program.up({ ...service({ description: "no more" }), ...rest }),
    );
    expect(changed).toEqual([
      expect.objectContaining({
        method: "PUT",
        path: `/v2.0/vpn/vpnservices/${id!}`,
        body: { vpnservice: { description: "no more" } },
      }),
    ]);

    const there = { ...service({ description: "no more", subnetId: secondSubnetId }), ...rest };
    const moved = await program.changesDuring(async () => {
      text = await program.previewAndUp(there);
    });
    expect(text).toMatch(/VpnService\s+service\s+(?:delete-)?replace/);
    expect(text).toMatch(/IpsecSiteConnection\s+tunnel3\s+(?:delete-)?replace/);
    expect(steps(moved)).toEqual([
      ...times(3, "DELETE IpsecSiteConnection"),
      "DELETE VpnService",
      "POST VpnService",
      ...times(3, "POST IpsecSiteConnection"),
    ]);
    const left = await cloud.objects();
    expect(left.VpnService).toEqual([expect.objectContaining({ subnet_id: secondSubnetId })]);
    expect(left.IpsecSiteConnection).toHaveLength(3);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it.each([
    ["IKE", "IkePolicy", "ike"],
    ["IPsec", "IpsecPolicy", "ipsec"],
  ] as const)(
    "up replaces used %s policies together with their connections and deletes the old ones",
    async (_title, kind, name) => {
      const { cloud, program } = stage;
      const { routerId, subnetId } = cloud.fixture;
      const policies = (args: Args, named: Args): Program => ({
        ike: { kind: "IkePolicy" },
        ipsec: { kind: "IpsecPolicy" },
        [name]: { kind, args },
        named: { kind, args: { name: "given", ...named } },
      });
      const rest: Program = {
        service: { kind: "VpnService", args: { routerId, subnetId } },
        tunnel1: tunnel({ peerCidrs: ["10.1.0.0/24"] }, 1),
        tunnel2: tunnel({ peerCidrs: ["10.2.0.0/24"], [`${name}PolicyId`]: ref("named.id") }, 2),
      };
      await program.up({ ...policies({}, {}), ...rest });
      const before = await program.resources();

      const lifetime = { value: 7200 };
      let text = "";
      const changes = await program.changesDuring(async () => {
        text = await program.previewAndUp({
          ...policies({ lifetime }, { encryptionAlgorithm: "aes-256" }),
          ...rest,
        });
      });

      for (const replaced of [name, "named", "tunnel1", "tunnel2"]) {
        expect(text).toMatch(new RegExp(` ${replaced}\\s+(?:delete-)?replace`));
      }
      expect(text).toMatch(
        new RegExp(
          `${kind} given \\(\\S+\\) is replaced, since it cannot be changed: it is in use by IpsecSiteConnection test-tunnel2-\\w+ \\(`,
        ),
      );
      const made = steps(changes);
      expect([...made].sort()).toEqual(
        [
          ...times(2, "DELETE IpsecSiteConnection"),
          ...times(2, `DELETE ${kind}`),
          ...times(2, "POST IpsecSiteConnection"),
          ...times(2, `POST ${kind}`),
        ].sort(),
      );
      // A tunnel is down from its deletion on, so no other creation may come in between.
      expect(made.lastIndexOf(`POST ${kind}`)).toBeLessThan(
        made.indexOf("POST IpsecSiteConnection"),
      );
      expect(made.indexOf(`DELETE ${kind}`)).toBeGreaterThan(
        made.lastIndexOf("DELETE IpsecSiteConnection"),
      );
      const after = await program.resources();
      expect(idsOf(await cloud.objects(), kind)).toEqual(
        expect.arrayContaining([after[name]!.id, after["named"]!.id]),
      );
      expect(idsOf(await cloud.objects(), kind)).not.toContain(before[name]!.id);
      expect(idsOf(await cloud.objects(), kind)).not.toContain(before["named"]!.id);
      expect(await program.live("named")).toMatchObject({
        name: "given",
        encryption_algorithm: "aes-256",
      });
      expect(await program.live(name)).toMatchObject({
        lifetime: { units: "seconds", value: 7200 },
      });
      await program.stack.preview(["--refresh", "--expect-no-changes"]);
    },
  );
}

/** A connection with the policies `ike` and `ipsec` and `service`, to a separate peer. */
export function tunnel(args: Args, peer = 1): Declared {
  return {
    kind: "IpsecSiteConnection",
    args: {
      vpnServiceId: ref("service.id"),
      ikePolicyId: ref("ike.id"),
      ipsecPolicyId: ref("ipsec.id"),
      peerAddress: `203.0.113.${100 + peer}`,
      peerId: `203.0.113.${100 + peer}`,
      psk: "canary-psk",
      ...args,
    },
  };
}

/** The accepted changes in order, such as `POST IkePolicy`. */
export function steps(changes: readonly CloudRequest[]): string[] {
  return changes
    .filter(({ status }) => status < 400)
    .map(({ method, path }) => {
      const kind = ALL_KINDS.find((one) => path.startsWith(`/v2.0${KINDS[one].path}`))!;
      return `${method} ${kind}`;
    });
}

function times(n: number, step: string): string[] {
  return Array.from({ length: n }, () => step);
}

function idsOf(
  objects: Awaited<ReturnType<Stage["cloud"]["objects"]>>,
  kind: (typeof ALL_KINDS)[number],
): string[] {
  return (objects[kind] ?? []).map(({ id }) => id);
}
