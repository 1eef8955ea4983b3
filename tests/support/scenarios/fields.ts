import { KINDS, type Args, type Kind } from "../harness/kinds";
import { kindOf, pathOf, ref, type Declared, type Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import type { StateResource } from "../harness/stack";
import { steps, tunnel } from "./family";

/** A change of a mutable field, and the expected request body. */
type Change = readonly [args: Args, body: Args];

const OF_POLICIES: readonly Change[] = [
  [{ name: "renamed" }, { name: "renamed" }],
  [{ description: "changed" }, { description: "changed" }],
  [{ authAlgorithm: "sha512" }, { auth_algorithm: "sha512" }],
  [{ pfs: "group15" }, { pfs: "group15" }],
  [{ lifetime: { value: 7000 } }, { lifetime: { units: "seconds", value: 7000 } }],
];

const CHANGES: readonly (readonly [Kind, readonly Change[]])[] = [
  [
    "IkePolicy",
    [
      ...OF_POLICIES,
      [{ encryptionAlgorithm: "aes-256" }, { encryption_algorithm: "aes-256" }],
      [{ ikeVersion: "v2" }, { ike_version: "v2" }],
      [{ phase1NegotiationMode: "aggressive" }, { phase1_negotiation_mode: "aggressive" }],
    ],
  ],
  [
    "IpsecPolicy",
    [
      ...OF_POLICIES,
      [{ encryptionAlgorithm: "aes-256-gcm-16" }, { encryption_algorithm: "aes-256-gcm-16" }],
      [{ encapsulationMode: "transport" }, { encapsulation_mode: "transport" }],
      [{ transformProtocol: "ah" }, { transform_protocol: "ah" }],
    ],
  ],
  ["EndpointGroup", OF_POLICIES.slice(0, 2)],
];

/** The mutable fields of each kind; connections have their own table in connections.ts. */
export function fieldScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("up changes every mutable field of policies and groups, each alone", async () => {
    const { program } = stage;
    const before: Record<string, Declared> = {};
    const after: Record<string, Declared> = {};
    const bodies: Record<string, Args> = {};
    for (const [kind, changes] of CHANGES) {
      for (const [args, body] of changes) {
        const name = `${kind} ${Object.keys(args)[0]!}`;
        const least = {
          name,
          ...(kind === "EndpointGroup" && { type: "cidr", endpoints: ["10.2.0.0/24"] }),
        };
        before[name] = { kind, args: least };
        after[name] = { kind, args: { ...least, ...args } };
        bodies[name] = body;
      }
    }
    await program.up(before);
    const made = await program.resources();

    const changes = await program.changesDuring(() => program.up(after));

    const expected = Object.entries(bodies).map(([name, body]) => put(made[name]!, body));
    expect(changes).toHaveLength(expected.length);
    expect(changes).toEqual(expect.arrayContaining(expected));
    const [state, shown] = await program.stateAndCloud();
    expect(state).toEqual(shown);
    expect(shown).toMatchObject(
      Object.fromEntries(Object.entries(after).map(([name, { args }]) => [name, args])),
    );
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("up changes every field of a service in place, and its tunnel's group by a replacement", async () => {
    const { program } = stage;
    const at = (service: Args, endpoints: readonly string[]) =>
      groupTunnel(stage.cloud.fixture, { service, peer: { endpoints } });
    const [here, there] = [["10.2.0.0/24"], ["10.3.0.0/24", "10.4.0.0/24"]];
    const service: Args = { name: "renamed" };
    await program.up(at({}, here));
    const made = await program.resources();

    const renamed = await program.changesDuring(() => program.up(at(service, here)));
    expect(renamed).toEqual([put(made["service"]!, { name: "renamed" })]);

    const described = { ...service, description: "changed" };
    let text = "";
    const changes = await program.changesDuring(async () => {
      text = await program.previewAndUp(at(described, there));
    });
    const now = await program.resources();
    expect(text).toMatch(/EndpointGroup\s+peer\s+replace/);
    expect(text).toMatch(/IpsecSiteConnection\s+tunnel\s+update/);
    expect(changes).toContainEqual(put(made["service"]!, { description: "changed" }));
    expect(steps(changes).filter((step) => step !== "PUT VpnService")).toEqual([
      "POST EndpointGroup",
      "PUT IpsecSiteConnection",
      "DELETE EndpointGroup",
    ]);
    expect(changes).toContainEqual(put(made["tunnel"]!, { peer_ep_group_id: now["peer"]!.id }));
    expect(now["tunnel"]!.id).toBe(made["tunnel"]!.id);
    expect((await stage.cloud.objects()).EndpointGroup!.map(({ id }) => id).sort()).toEqual(
      [now["local"]!.id, now["peer"]!.id].sort(),
    );

    const down = await program.changesDuring(() =>
      program.up(at({ ...described, adminStateUp: false }, there)),
    );
    expect(down).toEqual([put(made["service"]!, { admin_state_up: false })]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("a refresh shows changes of every kind made outside Pulumi, and up corrects them", async () => {
    const { program } = stage;
    const declared: Program = {
      ...groupTunnel(stage.cloud.fixture, {}),
      unusedIke: { kind: "IkePolicy" },
      unusedIpsec: { kind: "IpsecPolicy", args: { name: "given", lifetime: { value: 1200 } } },
    };
    await program.up(declared);
    const made = await program.resources();
    await program.changeOutsidePulumi("service", { admin_state_up: false, description: "by hand" });
    await program.changeOutsidePulumi("unusedIke", { pfs: "group5", lifetime: { value: 7200 } });
    await program.changeOutsidePulumi("unusedIpsec", { name: "by hand" });
    await program.changeOutsidePulumi("peer", { description: "by hand" });
    await program.changeOutsidePulumi("tunnel", { psk: "by hand", dpd: { action: "restart" } });

    const { text } = await program.stack.preview(["--refresh"]);
    const changes = await program.changesDuring(() => program.stack.up(["--refresh"]));

    const bodies: Record<string, Args> = {
      service: { admin_state_up: true, description: "" },
      unusedIke: { pfs: "group14", lifetime: { units: "seconds", value: 3600 } },
      unusedIpsec: { name: "given" },
      peer: { description: "" },
      tunnel: { psk: "canary-psk", dpd: { action: "hold", interval: 30, timeout: 120 } },
    };
    for (const name of Object.keys(bodies)) {
      expect(text).toMatch(new RegExp(` ${name}\\s+update`));
      expect(changes).toContainEqual(put(made[name]!, bodies[name]!));
    }
    expect(changes).toHaveLength(Object.keys(bodies).length);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });
}

/** A tunnel of endpoint groups with its dependencies, under default names unless `args` has others. */
export function groupTunnel(
  fixture: { readonly routerId: string; readonly subnetId: string },
  more: { readonly service?: Args; readonly peer?: Args; readonly tunnel?: Args },
): Program {
  const groups = { localEpGroupId: ref("local.id"), peerEpGroupId: ref("peer.id") };
  const networks = { type: "cidr", endpoints: ["10.2.0.0/24"] };
  return {
    service: { kind: "VpnService", args: { routerId: fixture.routerId, ...more.service } },
    ike: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [fixture.subnetId] } },
    peer: { kind: "EndpointGroup", args: { ...networks, ...more.peer } },
    tunnel: tunnel({ ...groups, ...more.tunnel }),
  };
}

/** The exact PUT of a resource's object with the given body. */
export function put(resource: StateResource, body: Args): unknown {
  return expect.objectContaining({
    method: "PUT",
    path: `/v2.0${pathOf(resource)}`,
    status: 200,
    body: { [KINDS[kindOf(resource)].key]: body },
  });
}
