import { dirname, join } from "node:path";

import { canariesBelow, canariesIn } from "../support/harness/canaries";
import { loginOf, simulatedCloud, type Cloud } from "../support/harness/cloud";
import { KINDS } from "../support/harness/kinds";
import { describeWithEngine } from "../support/harness/requires";
import { PROCESSES } from "../support/harness/sharedHosts";
import { TestStack } from "../support/harness/stack";

const CONNECTIONS = KINDS.IpsecSiteConnection.path;

/** See the program in tests/fixtures/programs/tunnels. */
interface Form {
  readonly component?: boolean;
  readonly name?: string;
  readonly protect?: boolean;
  readonly description?: string;
  readonly pieces?: boolean;
  readonly fromPieces?: boolean;
}

describeWithEngine("tunnels in a program of their user", () => {
  let cloud: Cloud;
  let stack: TestStack;
  let firstPreview: string;
  const printed: string[] = [];

  beforeAll(async () => {
    cloud = await simulatedCloud();
    const { routerId, subnetId } = cloud.fixture;
    await cloud.clear();
    stack = await TestStack.create({
      processes: PROCESSES,
      program: join(__dirname, "..", "fixtures", "programs", "tunnels"),
      config: { "vpnaas:dialect": "neutron", routerId, subnetId },
      env: loginOf(cloud),
    });
    stack.write("program.json", "{}");
    firstPreview = (await stack.preview()).text;
    await up({});
  });
  afterAll(async () => {
    await stack.destroy([], { expect: "any" });
    await stack.dispose();
    await cloud.stop();
  });

  /** Runs `up`; returns the requests that changed the cloud. */
  async function up(form: Form, extra: string[] = []) {
    stack.write("program.json", JSON.stringify(form));
    const earlier = (await cloud.requests()).length;
    printed.push((await stack.up(extra)).text);
    const requests = (await cloud.requests()).slice(earlier);
    return requests.filter(({ method }) => method !== "GET");
  }
  const output = async (name: string) =>
    (await stack.run(["stack", "output", name, "--show-secrets", "--stack", "test"])).stdout;
  const tunnels = () => cloud.api.list(CONNECTIONS);
  const idsOf = async () => (await tunnels()).map(({ id }) => id).sort();

  it("a preview before the first up does not know the peers' texts yet", () => {
    expect(firstPreview).toMatch(/branch: \[unknown\]\s+office: \[unknown\]/);
  });

  it("several tunnels share one VPN service, each with a key and a peer of its own", async () => {
    const all = await tunnels();
    expect(new Set(all.map((one) => one["vpnservice_id"])).size).toBe(1);
    expect(all.map((one) => one["status"])).toEqual(["ACTIVE", "ACTIVE"]);
    expect(new Set(all.map((one) => one["psk"])).size).toBe(2);
    expect(await output("office")).toContain("local_addrs = 203.0.113.101");
    expect(await output("branch")).toContain("set security ike gateway");
  });

  it("a tunnel that moves into a component of the program keeps its objects", async () => {
    const before = await idsOf();
    expect(await up({ component: true })).toEqual([]);
    expect(await idsOf()).toEqual(before);
  });

  it("a renamed tunnel keeps its objects", async () => {
    const before = await idsOf();
    expect(await up({ component: true, name: "head" }, ["--expect-no-changes"])).toEqual([]);
    expect(await idsOf()).toEqual(before);
    const names = (await stack.resources()).map(({ urn }) => urn.split("::").at(-1));
    expect(names.filter((name) => name === "head")).toHaveLength(6);
    expect(names).not.toContain("office");
  });

  it("the keys are in the exported texts, encrypted in the state, and nowhere else", async () => {
    const keys = (await tunnels()).map((one) => String(one["psk"]));
    const canaries = Object.fromEntries(keys.map((psk, i) => [`key ${i + 1}`, psk]));
    const texts = [await output("office"), await output("branch")].join("\n");
    expect(new Set(canariesIn(texts, canaries).map((one) => one.slice(0, 9))).size).toBe(2);
    const shown = await stack.run(["stack", "output", "--stack", "test"]);
    const preview = await stack.preview(["--diff"]);
    expect(canariesIn([...printed, shown.text, preview.text].join("\n"), canaries)).toEqual([]);
    expect(canariesBelow(dirname(stack.directory), canaries)).toEqual([]);
  });

  it("transforms and protect reach the children of a tunnel", async () => {
    const description = "by a transform";
    const changes = await up({ component: true, name: "head", protect: true, description });
    const resources = await stack.resources();
    const ofTunnel = resources.filter(({ urn }) => /Tunnel\$.*::head$/.test(urn));
    expect(changes).toMatchObject([
      { method: "PUT", body: { ipsec_site_connection: { description } } },
    ]);
    expect(ofTunnel.map((one) => one["protect"])).toEqual([true, true, true, true, true]);
    expect((await stack.destroy([], { expect: "failure" })).text).toMatch(/protected/);
  });

  it("the resources of a tunnel move into a Tunnel by a transform that gives them aliases", async () => {
    await up({ component: true, name: "head" });
    await stack.destroy();
    await up({ pieces: true });
    const [before] = await tunnels();
    const changes = await up({ fromPieces: true });
    const bodies = JSON.stringify(changes.map(({ body }) => body));
    expect(await tunnels()).toContainEqual(before);
    expect(bodies).toContain("203.0.113.102");
    expect(bodies).not.toContain("203.0.113.101");
  });

  it("destroy leaves no object of a tunnel", async () => {
    await stack.destroy();
    expect(Object.values(await cloud.objects()).flat()).toEqual([]);
  });
});
