import { KINDS, bodyOf, type Args, type Kind } from "../harness/kinds";
import { ref, type Program } from "../harness/resources";
import type { Stage } from "../harness/stage";

/** Adoption of objects that another client created. */
export function adoptionScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  /** Creates an object outside Pulumi. */
  async function make(kind: Kind, args: Args): Promise<string> {
    const { path, key } = KINDS[kind];
    return (await stage.cloud.api.post(path, { [key]: bodyOf(args) })).id;
  }

  it("up adopts every kind unchanged by id and by name and has no changes afterwards", async () => {
    const { cloud, program } = stage;
    const tunnels = [
      tunnel("first", { routerId: cloud.fixture.routerId, subnetId: cloud.fixture.subnetId }),
      tunnel("second", { routerId: cloud.fixture.routerId }, cloud.fixture.subnetId),
    ];
    const ids: Record<string, string> = {};
    const adopting: Record<string, { kind: Kind; args: Args }> = {};
    for (const [i, declared] of tunnels.entries()) {
      for (const [name, { kind, args }] of Object.entries(declared)) {
        ids[name] = await make(kind, { name, ...withIds(args, ids) });
        adopting[name] = { kind, args: { ...args, adopt: i === 0 ? ids[name] : name } };
      }
    }

    let text = "";
    const changes = await program.changesDuring(async () => {
      text = await program.previewAndUp(adopting);
    });

    expect(changes).toEqual([]);
    for (const [name, id] of Object.entries(ids)) {
      expect(text).toContain(`${name} (${id}) will be adopted unchanged`);
    }
    const made = await program.resources();
    expect(Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, id]))).toEqual(
      ids,
    );
    const [state, shown] = await program.stateAndCloud();
    expect(state).toEqual(shown);
    await program.stack.up(["--expect-no-changes"]);

    program.write(Object.assign({}, ...tunnels) as Program);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await program.stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });

  it("the preview lists the changes of an adoption, and up sends those alone", async () => {
    const { cloud, program } = stage;
    const network = { type: "cidr", endpoints: ["10.2.0.0/24"] };
    const group = await make("EndpointGroup", { name: "by hand", ...network });
    const policy = await make("IkePolicy", { name: "by hand", pfs: "group5" });
    const declared: Program = {
      group: {
        kind: "EndpointGroup",
        args: { ...network, adopt: "by hand", description: "by Pulumi" },
      },
      policy: {
        kind: "IkePolicy",
        args: { adopt: policy, name: "by Pulumi", authAlgorithm: "sha1", pfs: "group14" },
      },
    };

    let text = "";
    const changes = await program.changesDuring(async () => {
      text = await program.previewAndUp(declared);
    });

    expect(text).toContain(
      `EndpointGroup by hand (${group}) will be adopted and changed: description (existing: "").`,
    );
    expect(text).toContain(
      `IkePolicy by hand (${policy}) will be adopted and changed: name (existing: "by hand"), pfs (existing: "group5").`,
    );
    expect(changes.map(({ method, body }) => [method, body])).toEqual(
      expect.arrayContaining([
        ["PUT", { endpoint_group: { description: "by Pulumi" } }],
        ["PUT", { ikepolicy: { name: "by Pulumi", pfs: "group14" } }],
      ]),
    );
    expect(changes).toHaveLength(2);

    // The replacement of the adopted group belongs to this resource.
    const moved = { ...declared["group"]!.args, endpoints: ["10.3.0.0/24"] };
    await program.up({ ...declared, group: { kind: "EndpointGroup", args: moved } });
    const left = (await cloud.objects()).EndpointGroup!;
    expect(left.map(({ id }) => id)).toEqual([(await program.resource("group")).id]);
    expect(left[0]).toMatchObject({
      endpoints: ["10.3.0.0/24"],
      name: expect.stringMatching(/^test-group-/),
    });
    expect(left[0]!.id).not.toBe(group);
  });

  it("the preview refuses to adopt a missing, an ambiguous or an incompatible object", async () => {
    const { program } = stage;
    const network = { type: "cidr", endpoints: ["10.2.0.0/24"] };
    for (const name of ["twice", "twice", "once"]) {
      await make("EndpointGroup", { name, ...network });
    }
    const wrong: readonly (readonly [Args, RegExp])[] = [
      [{ adopt: "nowhere" }, /adopt: There is no EndpointGroup with \D*nowhere/],
      [{ adopt: "twice" }, /adopt: 2 objects match EndpointGroup .*: EndpointGroup twice \(/],
      [
        { adopt: "once", endpoints: ["10.3.0.0/24"] },
        /adopt: EndpointGroup once .* cannot be adopted: .* cannot be changed after creation: endpoints/,
      ],
    ];

    for (const [args, reason] of wrong) {
      program.write({ group: { kind: "EndpointGroup", args: { ...network, ...args } } });
      expect((await program.stack.preview([], { expect: "failure" })).text).toMatch(reason);
    }
  });
}

/** A complete tunnel; a tunnel of endpoint groups if a subnet for the local group is given. */
function tunnel(
  prefix: string,
  service: Args,
  groupSubnet?: string,
): Record<string, { kind: Kind; args: Args }> {
  const name = (part: string) => prefix + part;
  const common = { description: `${prefix} by hand` };
  const policy = { authAlgorithm: "sha512", encryptionAlgorithm: "aes-256", pfs: "group14" };
  const lifetime = { units: "seconds", value: 7200 };
  const group = { kind: "EndpointGroup" } as const;
  return {
    [name("Service")]: { kind: "VpnService", args: { ...common, ...service } },
    [name("Ike")]: {
      kind: "IkePolicy",
      args: { ...common, ...policy, ikeVersion: "v2", lifetime },
    },
    [name("Ipsec")]: { kind: "IpsecPolicy", args: { ...common, ...policy, lifetime } },
    ...(groupSubnet !== undefined && {
      [name("Local")]: { ...group, args: { type: "subnet", endpoints: [groupSubnet] } },
      [name("Peer")]: {
        ...group,
        args: { type: "cidr", endpoints: ["10.3.0.0/24", "10.2.0.0/24"] },
      },
    }),
    [name("Connection")]: {
      kind: "IpsecSiteConnection",
      args: {
        ...common,
        vpnServiceId: ref(`${name("Service")}.id`),
        ikePolicyId: ref(`${name("Ike")}.id`),
        ipsecPolicyId: ref(`${name("Ipsec")}.id`),
        ...(groupSubnet === undefined
          ? { peerCidrs: ["10.3.0.0/24", "10.2.0.0/24"] }
          : {
              localEpGroupId: ref(`${name("Local")}.id`),
              peerEpGroupId: ref(`${name("Peer")}.id`),
            }),
        peerAddress: "192.168.10.1",
        peerId: "gw@example.org",
        localId: "us@example.org",
        psk: "canary-psk",
        mtu: 1400,
        initiator: "response-only",
        dpd: { action: "restart", interval: 21, timeout: 42 },
      },
    },
  };
}

/** The arguments with ids in place of references. */
function withIds(args: Args, ids: Readonly<Record<string, string>>): Args {
  const known = Object.entries(args).map(([name, value]) => {
    const { $ref } = value as { $ref?: string };
    return [name, $ref === undefined ? value : ids[$ref.replace(/\.id$/, "")]];
  });
  return Object.fromEntries(known) as Args;
}
