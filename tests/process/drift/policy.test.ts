import type { OnDrift } from "../../../provider/onDrift";
import type { Kind } from "../../support/harness/kinds";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { ITEM, type Known, Scene, printed, refusal } from "../scene";

const OTHER_ID = "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77";
const CHOICES = ["report", "correct", "fail"] as const;

let scene: Scene;
/** The processes by their value of `vpnaas:onDrift`. */
let processes: Readonly<Record<OnDrift, ProviderProcess>>;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  const started = CHOICES.map(async (onDrift) => [
    onDrift,
    await scene.start({ config: { "vpnaas:onDrift": onDrift } }),
  ]);
  processes = Object.fromEntries(await Promise.all(started)) as typeof processes;
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

/** The lines of drift that a process prints during an operation. */
async function saidBy(provider: ProviderProcess, operation: () => Promise<unknown>) {
  await printed(provider);
  const before = provider.stdout.length;
  await operation();
  await printed(provider);
  return provider.stdout.slice(before).filter((line) => line.startsWith("drift: "));
}

/** A connection changed outside Pulumi after the state recorded it. */
async function drifted(provider: ProviderProcess, changes: Properties, given: Properties = {}) {
  const known = await scene.settled(provider, given);
  await scene.alter(known.id, changes);
  scene.forget();
  return known;
}

const LEFT =
  "It is kept: `pulumi up --refresh` corrects it, `pulumi refresh` records it in the state.";

/** The drift line of a connection whose description is `by hand` instead of the default. */
const ofDescription = ({ id, inputs }: Known, fate: string) =>
  `drift: IpsecSiteConnection ${String(inputs["name"])} (${id}): ` +
  `description: declared "", there is "by hand" (changed outside Pulumi). ${fate}`;

describe("onDrift report", () => {
  it("sends the change alone, reports the drift, and leaves it to a refresh", async () => {
    const known = await drifted(processes.report, { description: "by hand" });
    let changed = known;
    const said = await saidBy(processes.report, async () => {
      changed = await scene.change(processes.report, known, { mtu: 1400 });
    });
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400 } }]);
    expect(said).toEqual([ofDescription(known, LEFT)]);
    expect(changed.outputs).toMatchObject({ mtu: 1400, description: "" });
    const { changes } = await processes.report.diff(known.id, changed.outputs, changed.inputs);
    expect(changes).toBe(false);
    const { inputs } = await processes.report.read(known.id, changed.outputs);
    expect(inputs).toMatchObject({ mtu: 1400, description: "by hand" });
  });

  it("is the default", async () => {
    const provider = await scene.start();
    const known = await drifted(provider, { description: "by hand" });
    const said = await saidBy(provider, () => scene.change(provider, known, { mtu: 1400 }));
    expect(said).toEqual([ofDescription(known, LEFT)]);
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400 } }]);
  });

  it("sends no request when the update has no changes to send", async () => {
    const known = await drifted(processes.report, { description: "by hand" });
    const update = () => scene.change(processes.report, known, { timeouts: { update: "3m" } });
    expect(await saidBy(processes.report, update)).toEqual([ofDescription(known, LEFT)]);
    expect(scene.sent("PUT")).toEqual([]);
  });

  it("hides a psk and properties that the program marks as secret", async () => {
    const marked = { __secrets: ["description"], description: "canary 1" };
    const changes = { psk: "canary 2", description: "canary 3" };
    const known = await drifted(processes.report, changes, marked);
    const update = () => scene.change(processes.report, known, { mtu: 1400 });
    const said = await saidBy(processes.report, update);
    expect(said.map((line) => /\): (.*)\. It is kept/.exec(line)?.[1])).toEqual([
      "description: differs (hidden)",
      "psk: differs (hidden)",
    ]);
    expect(said.join()).not.toContain("canary");
  });
});

describe("onDrift correct", () => {
  it("sends drifted properties in the same PUT and reports them", async () => {
    const known = await drifted(processes.correct, { description: "by hand", psk: "another key" });
    let changed = known;
    const said = await saidBy(processes.correct, async () => {
      changed = await scene.change(processes.correct, known, { mtu: 1400 });
    });
    const body = { mtu: 1400, description: "", psk: "a pre-shared key" };
    expect(scene.changes()).toEqual([{ ipsec_site_connection: body }]);
    expect(said).toEqual([
      ofDescription(known, "It is corrected."),
      expect.stringMatching(/: psk: differs \(hidden\)\. It is corrected\.$/),
    ]);
    expect(changed.outputs).toMatchObject({ mtu: 1400, description: "", psk: body.psk });
    const { changes } = await processes.correct.diff(known.id, changed.outputs, changed.inputs);
    expect(changes).toBe(false);
  });

  it("sends drifted properties also when the update has no other changes", async () => {
    const known = await drifted(processes.correct, { dpd: { timeout: 90 }, mtu: 1300 });
    await scene.change(processes.correct, known, { timeouts: { update: "3m" } });
    expect(scene.changes()).toEqual([
      {
        ipsec_site_connection: { dpd: { action: "hold", interval: 30, timeout: 120 }, mtu: 1500 },
      },
    ]);
  });

  it("reports drift of immutable and of unset properties without a correction", async () => {
    const known = await scene.settled(processes.correct);
    const strange = { vpnservice_id: OTHER_ID, local_ep_group_id: OTHER_ID };
    scene.sim.script({ method: "GET", path: ITEM, answer: await scene.shown(known.id, strange) });
    scene.forget();
    const update = () => scene.change(processes.correct, known, { mtu: 1400 });
    expect(await saidBy(processes.correct, update)).toEqual([
      expect.stringMatching(/ vpnServiceId: .* It is kept: `pulumi up --refresh` corrects it/),
      expect.stringMatching(/ localEpGroupId: .* It is kept, since the program does not set it/),
    ]);
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400 } }]);
  });

  it("leaves attributes that are not inputs to a refresh", async () => {
    const known = await scene.settled(processes.correct);
    const strange = { route_mode: "other", status: "ERROR" };
    scene.sim.script({ method: "GET", path: ITEM, answer: await scene.shown(known.id, strange) });
    const update = () => scene.change(processes.correct, known, { mtu: 1400 });
    expect(await saidBy(processes.correct, update)).toEqual([]);
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400 } }]);
  });

  it("keeps a host name in the state when it sends the host name again", async () => {
    const changes = { peer_address: "203.0.113.9" };
    const known = await drifted(processes.correct, changes, { peerAddress: "localhost" });
    const { outputs } = await scene.change(processes.correct, known, { mtu: 1400 });
    expect(scene.changes()).toEqual([
      { ipsec_site_connection: { mtu: 1400, peer_address: "localhost" } },
    ]);
    expect(outputs["peerAddress"]).toBe("localhost");
    expect(outputs["resolvedPeerAddress"]).toBe(known.outputs["resolvedPeerAddress"]);
  });

  it.each<[Kind, Properties, Properties]>([
    ["VpnService", { admin_state_up: false }, { admin_state_up: true }],
    ["IkePolicy", { pfs: "group2" }, { pfs: "group14" }],
    ["IpsecPolicy", { auth_algorithm: "sha1" }, { auth_algorithm: "sha256" }],
    ["EndpointGroup", { name: "theirs" }, {}],
  ])("also corrects a %s", async (kind, changes, right) => {
    const [of, provider] = [scene.of(kind), processes.correct.as(kind)];
    const known = await of.make(provider);
    if (kind === "VpnService") await of.connect({ vpnservice_id: known.id });
    await of.alter(known.id, changes);
    of.forget();
    const { outputs } = await of.change(provider, known, { description: "new" });
    const put = kind === "EndpointGroup" ? { name: known.inputs["name"] } : right;
    expect(of.changes().flatMap((body) => Object.values(body as Properties))).toEqual([
      { description: "new", ...put },
    ]);
    expect(outputs).toMatchObject({ ...known.inputs, description: "new" });
  });
});

describe("onDrift fail", () => {
  it("changes neither the object nor the state, and names the differences and the remedies", async () => {
    const known = await drifted(processes.fail, { description: "by hand", psk: "another key" });
    const before = await scene.live(known.id);
    const error = await refusal(scene.change(processes.fail, known, { mtu: 1400 }));
    expect(error.message).toMatch(
      /differs from the state: description: declared "", there is "by hand" \(changed outside Pulumi\); psk: differs \(hidden\)\. Nothing was changed, since vpnaas:onDrift is fail\./,
    );
    expect(error.message).toMatch(/`pulumi up --refresh`.*`pulumi refresh`/);
    expect(error.message).not.toContain("another key");
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toEqual([]);
    expect(await scene.live(known.id)).toEqual(before);
  });

  it("accepts the update once the state has the drift", async () => {
    const known = await drifted(processes.fail, { description: "by hand" });
    const { outputs } = await processes.fail.read(known.id, known.outputs);
    await scene.change(processes.fail, { ...known, outputs }, { mtu: 1400 });
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400, description: "" } }]);
  });

  it("also fails an update that has no changes to send", async () => {
    const known = await drifted(processes.fail, { description: "by hand" });
    const update = scene.change(processes.fail, known, { timeouts: { update: "3m" } });
    expect((await refusal(update)).message).toContain("differs from the state: description");
  });
});

describe.each(CHOICES)("onDrift %s", (onDrift) => {
  it("an update without drift reports nothing", async () => {
    const known = await scene.settled(processes[onDrift], { peerCidrs: ["10.2.0.7/24"] });
    const update = () => scene.change(processes[onDrift], known, { mtu: 1400 });
    expect(await saidBy(processes[onDrift], update)).toEqual([]);
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400 } }]);
  });

  it("an update of the drifted property itself reports nothing", async () => {
    const known = await drifted(processes[onDrift], { mtu: 1300 });
    const update = () => scene.change(processes[onDrift], known, { mtu: 1400 });
    expect(await saidBy(processes[onDrift], update)).toEqual([]);
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400 } }]);
  });

  it("an adoption updates the existing object to the inputs and reports nothing", async () => {
    const args = scene.args();
    const id = await scene.byHand(args, { mtu: 1300, description: "theirs" });
    const { inputs } = await processes[onDrift].check({ ...args, adopt: id });
    const said = await saidBy(processes[onDrift], async () => {
      const { outputs } = await processes[onDrift].create(inputs);
      expect(outputs).toMatchObject({ mtu: 1500, description: "" });
    });
    expect(said).toEqual([]);
  });

  it("an adoption of an orphan updates it to the inputs and reports nothing", async () => {
    const args = scene.unnamed(`left-${onDrift}`);
    const id = await scene.byHand(args, { mtu: 1300 });
    const { inputs } = await processes[onDrift].check(args);
    const said = await saidBy(processes[onDrift], async () => {
      const made = await processes[onDrift].create(inputs);
      expect(made).toMatchObject({ id, outputs: { mtu: 1500 } });
    });
    expect(said).toEqual([]);
  });
});

describe("drift that appears while an update waits for the end of PENDING_UPDATE", () => {
  /** Shows an object as pending and without a change just made outside Pulumi, for two polls. */
  async function whilePending(provider: ProviderProcess) {
    const known = await scene.settled(provider);
    const answer = await scene.shown(known.id, { status: "PENDING_UPDATE" });
    await scene.alter(known.id, { description: "by hand" });
    scene.sim.script({ method: "GET", path: ITEM, times: 2, answer });
    scene.forget();
    return known;
  }

  it("is reported by onDrift report", async () => {
    const known = await whilePending(processes.report);
    const update = () => scene.change(processes.report, known, { mtu: 1400 });
    expect(await saidBy(processes.report, update)).toEqual([ofDescription(known, LEFT)]);
  });

  it("is corrected by onDrift correct in the same PUT", async () => {
    const known = await whilePending(processes.correct);
    await scene.change(processes.correct, known, { mtu: 1400 });
    expect(scene.changes()).toEqual([{ ipsec_site_connection: { mtu: 1400, description: "" } }]);
  });

  it("ends an update with onDrift fail without a PUT", async () => {
    const known = await whilePending(processes.fail);
    const error = await refusal(scene.change(processes.fail, known, { mtu: 1400 }));
    expect(error.message).toContain("differs from the state: description");
    expect(scene.sent("PUT")).toEqual([]);
  });
});

it("onDrift correct also works in K5", async () => {
  const k5 = await Scene.open({ dialect: "k5", pendingMs: 0 });
  try {
    const provider = await k5.start({ config: { "vpnaas:onDrift": "correct" } });
    const known = await k5.settled(provider);
    await k5.alter(known.id, { description: "by hand" });
    k5.forget();
    await k5.change(provider, known, { psk: "another key" });
    expect(k5.changes()).toEqual([
      { ipsec_site_connection: { description: "", psk: "another key" } },
    ]);
  } finally {
    await k5.close();
  }
});

it("an invalid onDrift fails the check without a request", async () => {
  const provider = await scene.start({ config: { "vpnaas:onDrift": "ignore" } });
  scene.forget();
  const { failures } = await provider.check(scene.args());
  expect(failures).toEqual(["vpnaas:onDrift must be report, correct or fail."]);
  expect(scene.sent()).toEqual([]);
});
