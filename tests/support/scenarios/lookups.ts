import { join } from "node:path";

import { loginOf, type Cloud } from "../harness/cloud";
import { PROCESSES } from "../harness/sharedHosts";
import { TestStack } from "../harness/stack";

/** The program of these scenarios. */
export const PROGRAM = join(__dirname, "..", "..", "fixtures", "programs", "lookups");

/** The lookups of a program, by the name of the export that holds the result. */
type Lookups = Readonly<Record<string, { kind: string; args: Readonly<Record<string, unknown>> }>>;

/** A line of a stack trace of Node. */
const STACK = /^\s+at .*:\d+:\d+/m;

/** Lookups in a program that the real engine runs, on any cloud. */
export function lookupScenarios(start: () => Promise<Cloud>): void {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    cloud = await start();
  });
  afterAll(async () => {
    await cloud.stop();
  });
  beforeEach(async () => {
    stack = await TestStack.create({
      processes: PROCESSES,
      program: PROGRAM,
      config: { "vpnaas:dialect": "neutron" },
      env: loginOf(cloud),
    });
  });
  afterEach(async () => {
    await stack.destroy([], { expect: "any" });
    await stack.dispose();
  });

  const declare = (lookups: Lookups, more: object = {}) =>
    stack.write("program.json", JSON.stringify({ lookups, ...more }));
  const exported = async () => {
    const found = (await stack.resources()).find(({ type }) => type === "pulumi:pulumi:Stack");
    return found!.outputs as Record<string, Record<string, unknown>>;
  };
  /** Creates objects outside Pulumi for the duration of a function. */
  const during = async (
    collection: string,
    bodies: readonly Readonly<Record<string, Record<string, unknown>>>[],
    run: (ids: readonly string[]) => Promise<void>,
  ) => {
    const ids: string[] = [];
    try {
      for (const body of bodies) ids.push((await cloud.api.post(`/vpn/${collection}`, body)).id);
      await run(ids);
    } finally {
      for (const id of ids) await cloud.api.delete(`/vpn/${collection}/${id}`);
    }
  };

  it("lookups of the documentation find a service and policies by name", async () => {
    await stack.dispose();
    stack = await TestStack.create({
      processes: PROCESSES,
      program: join(PROGRAM, "..", "lookupsExample"),
      config: { "vpnaas:dialect": "neutron" },
      secretConfig: { psk: "canary-psk" },
      env: loginOf(cloud),
    });

    await stack.preview();
    await stack.up();

    const [made] = await cloud.api.list("/vpn/ipsec-site-connections");
    expect(made).toMatchObject({
      vpnservice_id: cloud.parents.vpnServiceId,
      ikepolicy_id: cloud.parents.ikePolicyId,
      ipsecpolicy_id: cloud.parents.ipsecPolicyId,
    });
    await stack.up(["--expect-no-changes"]);
    await stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("a lookup returns every attribute of a policy", async () => {
    declare({ ike: { kind: "IkePolicy", args: { id: cloud.parents.ikePolicyId } } });

    await stack.up();

    expect((await exported())["ike"]).toEqual({
      id: cloud.parents.ikePolicyId,
      name: "ike",
      description: "",
      authAlgorithm: "sha1",
      encryptionAlgorithm: "aes-128",
      pfs: "group5",
      ikeVersion: "v1",
      phase1NegotiationMode: "main",
      lifetime: { units: "seconds", value: 3600 },
      projectId: expect.any(String) as string,
      endpoint: cloud.endpoint,
    });
    await stack.up(["--expect-no-changes"]);
  });

  it("a lookup finds a connection by its properties and returns every attribute except the psk", async () => {
    const parents = {
      vpnservice_id: cloud.parents.vpnServiceId,
      ikepolicy_id: cloud.parents.ikePolicyId,
      ipsecpolicy_id: cloud.parents.ipsecPolicyId,
    };
    const body = {
      name: "branch",
      peer_address: "203.0.113.9",
      peer_id: "gw@example.org",
      peer_cidrs: ["10.7.0.0/24"],
      psk: "canary-psk",
      ...parents,
    };
    await during("ipsec-site-connections", [{ ipsec_site_connection: body }], async ([id]) => {
      const args = { vpnServiceId: cloud.parents.vpnServiceId, peerId: "gw@example.org" };
      declare({ branch: { kind: "IpsecSiteConnection", args } });

      const { text } = await stack.up(["--diff"]);

      const { branch } = await exported();
      expect(branch).toMatchObject({ id, name: "branch", peerCidrs: ["10.7.0.0/24"], mtu: 1500 });
      expect(branch).not.toHaveProperty("psk");
      expect(text + stack.stateText()).not.toContain("canary-psk");
    });
  });

  it("an ambiguous lookup fails with one short message that lists the candidates", async () => {
    const body = { ikepolicy: { name: "twin" } };
    await during("ikepolicies", [body, body], async (ids) => {
      declare({ twin: { kind: "IkePolicy", args: { name: "twin" } } });

      const { text } = await stack.preview([], { expect: "failure" });

      expect(text).toMatch(/2 objects match IkePolicy with name "twin": IkePolicy twin \(/);
      for (const id of ids) expect(text).toContain(id);
      expect(text).not.toMatch(STACK);
      expect(text.slice(text.indexOf("Diagnostics:")).match(/objects match/g)).toHaveLength(1);

      declare({ twin: { kind: "IkePolicy", args: { name: "twin", id: ids[1] } } });
      await stack.preview();
    });
  });

  it("a lookup without a match lists the existing objects", async () => {
    declare({ none: { kind: "VpnService", args: { name: "servise" } } });

    const { text } = await stack.preview([], { expect: "failure" });

    expect(text).toMatch(
      /There is no VpnService with name "servise" that this login can see at http.* It sees VpnService service \(/,
    );
    expect(text).not.toMatch(STACK);
  });

  it("a lookup by a login that sees no object suggests a wrong project, region or role", async () => {
    stack.setEnv(loginOf(cloud, "lab-reader"));
    declare({ none: { kind: "VpnService", args: { name: "service" } } });

    const { text } = await stack.preview([], { expect: "failure" });

    expect(text).toMatch(
      /None are visible to this login: check the project, the region and the role/,
    );
  });

  it("a lookup distinguishes objects by properties that the server does not filter by", async () => {
    const bodies = [
      { endpoint_group: { name: "ends", type: "cidr", endpoints: ["10.8.0.0/24"] } },
      { endpoint_group: { name: "ends", type: "vlan", endpoints: ["100"] } },
    ];
    await during("endpoint-groups", bodies, async ([cidr, vlan]) => {
      declare({
        cidr: { kind: "EndpointGroup", args: { name: "ends", type: "cidr" } },
        vlan: { kind: "EndpointGroup", args: { type: "vlan" } },
      });

      await stack.up();

      const found = await exported();
      expect(found["cidr"]).toMatchObject({ id: cidr, endpoints: ["10.8.0.0/24"] });
      expect(found["vlan"]).toMatchObject({ id: vlan, endpoints: ["100"] });
    });
  });

  it("a lookup waits for an object that the same program creates and a preview does not know", async () => {
    declare({}, { policy: { name: "made here" } });

    await stack.preview();
    await stack.up();

    const { made, byOutput, afterwards } = await exported();
    expect([byOutput, afterwards]).toEqual([made, made]);
    await stack.up(["--expect-no-changes"]);
  });

  it("a failed lookup fails the dependent resource with a short message without secrets", async () => {
    declare({}, { description: "canary-name" });

    const { text } = await stack.preview([], { expect: "failure" });

    expect(text).toMatch(/There is no IkePolicy with name "\(hidden\)" that this login can see/);
    expect(text).not.toContain("canary-name");
    expect(text).not.toMatch(STACK);
  });

  it("a lookup with the input cloud searches that entry of clouds.yaml and returns its name", async () => {
    const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME } = loginOf(cloud);
    const auth = {
      auth_url: OS_AUTH_URL,
      username: OS_USERNAME,
      password: OS_PASSWORD,
      project_name: OS_PROJECT_NAME,
      user_domain_name: "Default",
      project_domain_name: "Default",
    };
    stack.setEnv({});
    stack.write("clouds.yaml", JSON.stringify({ clouds: { lab: { auth } } }));
    declare({ service: { kind: "VpnService", args: { name: "service", cloud: "lab" } } });

    await stack.up();

    const { service } = await exported();
    expect(service).toMatchObject({ id: cloud.parents.vpnServiceId, cloud: "lab" });
  });
}
