import { readFileSync } from "node:fs";
import { join } from "node:path";

import { loginOf, type Cloud } from "../harness/cloud";
import { KINDS } from "../harness/kinds";
import { PROCESSES } from "../harness/sharedHosts";
import { TestStack } from "../harness/stack";

const CONNECTIONS = KINDS.IpsecSiteConnection.path;

/** The folder of an example. */
export const exampleAt = (name: string): string =>
  join(__dirname, "..", "..", "..", "examples", name);

/** The examples with the real engine, on any cloud. */
export function exampleScenarios(start: () => Promise<Cloud>): void {
  let cloud: Cloud;
  let stack: TestStack;
  let before: string[];
  /** Configuration of the examples that need a router. */
  let routed: { routerId: string; subnetId: string };

  beforeAll(async () => {
    cloud = await start();
    const { routerId, subnetId } = cloud.fixture;
    routed = { routerId, subnetId };
  });
  afterAll(async () => {
    await cloud.stop();
  });
  beforeEach(async () => {
    before = await idsIn(cloud);
  });
  afterEach(async () => {
    await stack.destroy([], { expect: "any" });
    await stack.dispose();
  });

  async function open(
    example: string,
    config: object,
    secretConfig: Record<string, string> = { psk: "canary-psk" },
  ): Promise<void> {
    stack = await TestStack.create({
      processes: PROCESSES,
      program: exampleAt(example),
      config: { "vpnaas:dialect": "neutron", ...config },
      secretConfig,
      env: loginOf(cloud),
    });
  }

  /** The bodies of the PUTs that a run sends. */
  async function putsDuring(run: () => Promise<unknown>): Promise<unknown[]> {
    const earlier = (await cloud.requests()).length;
    await run();
    const requests = (await cloud.requests()).slice(earlier);
    return requests.filter(({ method }) => method === "PUT").map(({ body }) => body);
  }

  async function connectionOf(output: string) {
    return cloud.api.get(`${CONNECTIONS}/${await stackOutput(stack, output)}`);
  }

  it("example quickstart: up succeeds, a preview has no changes, and destroy leaves no object", async () => {
    await open("quickstart", routed);

    const { text } = await stack.up();
    await stack.preview(["--refresh", "--expect-no-changes"]);
    await stack.destroy();

    expect(text).toMatch(/status\s*: "ACTIVE"/);
    expect(text).toMatch(/externalIp\s*: "203\.0\.113\.\d+"/);
    expect(await idsIn(cloud)).toEqual(before);
  });

  it("example update: up sends the changed configuration in place, and no other request", async () => {
    await open("update", cloud.parents);
    await stack.up();
    const { id } = await connectionOf("id");

    await stack.setConfig("description", "to datacenter2");
    const one = await putsDuring(() => stack.up());
    for (const [key, value] of Object.entries({
      peerAddress: "172.24.4.234",
      peerId: "172.24.4.234",
      peerCidr: "10.3.0.0/24",
      initiator: "response-only",
      dpd: '{"action": "restart"}',
    })) {
      await stack.setConfig(key, value);
    }
    const many = await putsDuring(() => stack.up());

    expect(one).toEqual([{ ipsec_site_connection: { description: "to datacenter2" } }]);
    expect(many).toEqual([
      {
        ipsec_site_connection: {
          peer_address: "172.24.4.234",
          peer_id: "172.24.4.234",
          peer_cidrs: ["10.3.0.0/24"],
          initiator: "response-only",
          dpd: { action: "restart", interval: 30, timeout: 120 },
        },
      },
    ]);
    expect(await connectionOf("id")).toMatchObject({ id, description: "to datacenter2" });
  });

  it("example endpointGroups: up moves its connection to a new group when the peer's networks change", async () => {
    await open("endpointGroups", {
      routerId: routed.routerId,
      subnetIds: JSON.stringify([routed.subnetId]),
    });
    await stack.up();
    const old = await connectionOf("connectionId");

    await stack.setConfig("peerNetworks", '["10.2.0.0/24", "10.3.0.0/24"]');
    const puts = await putsDuring(() => stack.up());
    await stack.preview(["--refresh", "--expect-no-changes"]);

    const now = await connectionOf("connectionId");
    const [groupId, oldGroupId] = [now, old].map((one) => String(one["peer_ep_group_id"]));
    expect(puts).toEqual([{ ipsec_site_connection: { peer_ep_group_id: groupId } }]);
    expect(now.id).toBe(old.id);
    expect(await cloud.api.get(`/vpn/endpoint-groups/${groupId!}`)).toMatchObject({
      endpoints: expect.arrayContaining(["10.2.0.0/24", "10.3.0.0/24"]),
    });
    expect(await idsIn(cloud)).not.toContain(oldGroupId);
  });

  it("example tunnel: up creates a tunnel whose key rotates to the one that the device has", async () => {
    await open("tunnel", routed);
    await stack.up();
    await stack.preview(["--refresh", "--expect-no-changes"]);
    const status = await stackOutput(stack, "status");
    const next = await stackOutput(stack, "nextPsk");
    const peer = await stackOutput(stack, "peer");
    await stack.setConfig("generation", "2");
    const puts = await putsDuring(() => stack.up());
    const rotated = await stackOutput(stack, "peer");

    expect(status).toBe("ACTIVE");
    expect(peer).toMatch(/secret = 0s/);
    expect(peer).not.toContain(Buffer.from(next).toString("base64"));
    expect(rotated).toContain(`secret = 0s${Buffer.from(next).toString("base64")}`);
    expect(puts).toEqual([{ ipsec_site_connection: { psk: next } }]);
    await stack.destroy();
    expect(await idsIn(cloud)).toEqual(before);
  });

  it("example pskRotation: up changes the psk in place, by one PUT of the psk alone", async () => {
    await open("pskRotation", cloud.parents);
    await stack.up();
    const old = await connectionOf("connectionId");
    const next = await stackOutput(stack, "nextPsk");

    await stack.setConfig("generation", "2");
    const { text } = await stack.preview();
    const puts = await putsDuring(() => stack.up());

    const now = await connectionOf("connectionId");
    expect(now.id).toBe(old.id);
    expect(text).toMatch(/IpsecSiteConnection +office +update/);
    expect(next).not.toBe(old["psk"]);
    expect(puts).toEqual([{ ipsec_site_connection: { psk: next } }]);
    expect(now["psk"]).toBe(next);
    expect(stack.stateText()).not.toContain(next);
  });

  it("example manyConnections: up waits for 40 tunnels together, also when they change", async () => {
    const names = Array.from({ length: 40 }, (_, i) => `branch${i + 1}`);
    const branches = Object.fromEntries(
      names.map((name, i) => [
        name,
        { gateway: `203.0.113.${i + 101}`, network: `10.2.${i + 1}.0/24` },
      ]),
    );
    const description = "[pending 3s]";
    const config = { ...routed, branches: JSON.stringify(branches), description };
    await open("manyConnections", config, { pskSeed: "canary-seed" });

    await stack.up();
    const made = await cloud.api.list(CONNECTIONS);
    await stack.preview(["--refresh", "--expect-no-changes"]);
    await stack.setConfig("description", "[settles DOWN]");
    const puts = await putsDuring(() => stack.up());
    const notActive = await stackOutput(stack, "notActive");
    await stack.destroy();

    const own = made.filter((one) => one["description"] === description);
    expect(own.map((one) => one["status"])).toEqual(names.map(() => "ACTIVE"));
    expect(new Set(own.map((one) => one["psk"])).size).toBe(names.length);
    expect(puts).toHaveLength(names.length);
    const down = Object.fromEntries(names.map((name) => [name, "DOWN"]));
    expect(JSON.parse(notActive)).toEqual(down);
    expect(await idsIn(cloud)).toEqual(before);
  });

  it("example adopt: up adopts existing objects, and the input adopt is needed only once", async () => {
    await open("adopt", routed);
    const made = await makeByHand(cloud, routed);

    const { text } = await stack.preview();
    const puts = await putsDuring(() => stack.up());
    const program = readFileSync(join(stack.directory, "index.ts"), "utf8");
    stack.write("index.ts", program.replaceAll('  adopt: "office",\n', ""));
    await stack.up(["--refresh", "--expect-no-changes"]);

    for (const kind of ["VpnService", "IkePolicy", "IpsecPolicy"]) {
      expect(text).toMatch(new RegExp(`${kind} office \\(.*\\) will be adopted unchanged\\.`));
    }
    expect(text).toContain('will be adopted and changed: description (existing: "made by hand").');
    expect(puts).toEqual([
      { ipsec_site_connection: { description: "to the office, declared in Pulumi" } },
    ]);
    expect(await idsIn(cloud)).toEqual([...before, ...made].sort());
    await stack.destroy();
    expect(await idsIn(cloud)).toEqual(before);
  });
}

async function stackOutput(stack: TestStack, name: string): Promise<string> {
  return (
    await stack.run(["stack", "output", name, "--show-secrets", "--stack", "test"])
  ).stdout.trim();
}

async function idsIn(cloud: Cloud): Promise<string[]> {
  const objects = Object.values(await cloud.objects()).flat();
  return objects.map(({ id }) => id).sort();
}

/** Creates the objects of `pulumi-vpnaas simulate --with-tunnel`; returns their ids. */
async function makeByHand(
  { api }: Cloud,
  { routerId: router_id, subnetId: subnet_id }: { routerId: string; subnetId: string },
): Promise<string[]> {
  const name = "office";
  const proposal = { auth_algorithm: "sha256", encryption_algorithm: "aes-256", pfs: "group14" };
  const service = await api.post("/vpn/vpnservices", {
    vpnservice: { name, router_id, subnet_id },
  });
  const ike = await api.post("/vpn/ikepolicies", {
    ikepolicy: { name, ...proposal, ike_version: "v2" },
  });
  const ipsec = await api.post("/vpn/ipsecpolicies", { ipsecpolicy: { name, ...proposal } });
  const connection = await api.post(CONNECTIONS, {
    ipsec_site_connection: {
      name,
      description: "made by hand",
      vpnservice_id: service.id,
      ikepolicy_id: ike.id,
      ipsecpolicy_id: ipsec.id,
      peer_address: "203.0.113.7",
      peer_id: "203.0.113.7",
      peer_cidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
    },
  });
  return [service.id, ike.id, ipsec.id, connection.id];
}
