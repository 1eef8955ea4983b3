import type { ProviderProcess } from "../support/harness/providerProcess";
import { ITEM, Scene, leftover, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

describe("an update", () => {
  it("waits while the connection is pending, then sends the change", async () => {
    const known = await scene.make(provider, {
      description: "[pending 0.6s]",
      waitFor: "accepted",
    });
    expect(known.outputs["status"]).toBe("PENDING_CREATE");
    const { outputs } = await scene.change(provider, known, { description: "new" });
    expect(outputs).toMatchObject({ description: "new", status: "ACTIVE" });
    expect(scene.sent("PUT").map(({ status }) => status)).toEqual([200]);
  });

  it.each([
    [{ description: "new" }, { description: "new" }],
    [{ description: null }, { description: "" }],
    [{ psk: "another key" }, { psk: "another key" }],
    [{ peerCidrs: ["10.3.0.0/16"] }, { peer_cidrs: ["10.3.0.0/16"] }],
    [{ adminStateUp: false }, { admin_state_up: false }],
    [{ mtu: 1400 }, { mtu: 1400 }],
    [{ name: "renamed" }, { name: "renamed" }],
    [
      { peerAddress: "198.51.100.8", peerId: "@peer" },
      { peer_address: "198.51.100.8", peer_id: "@peer" },
    ],
    [{ dpd: { timeout: 90 } }, { dpd: { action: "hold", interval: 30, timeout: 90 } }],
  ])("of %j sends exactly that field", async (changes, body) => {
    const known = await scene.settled(provider, { description: "old" });
    const { outputs } = await scene.change(provider, known, changes);
    expect(scene.changes()).toEqual([{ ipsec_site_connection: body }]);
    expect(outputs).toEqual({ ...known.outputs, ...outputs });
    expect(await scene.live(known.id)).toMatchObject(body);
  });

  it.each([
    ["another order of peerCidrs", { peerCidrs: ["10.4.0.0/24", "10.2.0.0/24"] }],
    ["another notation of peerCidrs", { peerCidrs: ["10.2.0.7/24", "10.4.0.0/24"] }],
    ["another waitFor", { waitFor: "accepted" }],
    ["another timeout", { timeouts: { update: "3m" } }],
    ["no field, as after a failed wait", {}],
  ])("of %s sends no request", async (_what, changes) => {
    const known = await scene.settled(provider, { peerCidrs: ["10.2.0.0/24", "10.4.0.0/24"] });
    const { outputs, inputs } = await scene.change(provider, known, changes);
    expect(outputs).toMatchObject(inputs);
    expect(scene.sent("PUT")).toEqual([]);
  });

  it("of no field continues the wait for a connection that is still pending", async () => {
    const known = await scene.make(provider, {
      description: "[pending 0.6s]",
      waitFor: "accepted",
    });
    const { outputs } = await scene.change(provider, known, { waitFor: "settled" });
    expect(outputs["status"]).toBe("ACTIVE");
    expect(scene.sent("PUT")).toEqual([]);
  });

  it.each([
    ["timeouts", { timeouts: { update: "3m" } }],
    ["waitFor", { waitFor: "accepted" }],
  ])("of %s alone does not wait for a stuck connection", async (_what, changes) => {
    const known = await scene.make(provider, { description: "[stuck]", waitFor: "accepted" });
    scene.forget();
    const state = "waitFor" in changes ? { ...known.outputs, waitFor: "settled" } : known.outputs;
    const { outputs } = await scene.change(provider, { ...known, outputs: state }, changes);
    expect(outputs).toMatchObject({ ...changes, status: "PENDING_CREATE" });
    expect(scene.sent().map(({ method }) => method)).toEqual(["GET"]);
  });

  it("of an administratively down connection does not wait after the change", async () => {
    const known = await scene.make(provider, { adminStateUp: false, waitFor: "accepted" });
    const { outputs } = await scene.change(provider, known, {
      description: "[pending-update] [stuck]",
      waitFor: "settled",
    });
    expect(outputs["status"]).toBe("PENDING_UPDATE");
  });

  it("with waitFor accepted waits before the change, but not after it", async () => {
    const known = await scene.make(provider, {
      description: "[pending 0.4s]",
      waitFor: "accepted",
    });
    const { outputs } = await scene.change(provider, known, {
      description: "[pending-update] [stuck]",
    });
    expect(outputs["status"]).toBe("PENDING_UPDATE");
    expect(scene.changes()).toHaveLength(1);
  });

  it("ends with DOWN and prints the advice once", async () => {
    const known = await scene.settled(provider);
    const lines = provider.stdout.length;
    const { outputs } = await scene.change(provider, known, {
      description: "[pending-update] [settles DOWN]",
    });
    expect(outputs["status"]).toBe("DOWN");
    expect(provider.stdout.slice(lines).join("\n")).toMatch(/is DOWN\.[^]*psk[^]*UDP 500/);
  });
});

describe("a timeout of an update", () => {
  it("before the PUT fails in time with status, duration and advice, without a change", async () => {
    const known = await scene.make(provider, { description: "[stuck]", waitFor: "accepted" });
    const begin = Date.now();
    const error = await refusal(
      scene.change(provider, known, { mtu: 1400, timeouts: { update: "1s" } }),
    );
    expect(Date.now() - begin).toBeGreaterThanOrEqual(1_000);
    expect(Date.now() - begin).toBeLessThan(5_000);
    expect(error.message).toMatch(
      /Waited 1s for .* still PENDING_CREATE.*Raise timeouts.*Nothing was changed/s,
    );
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toEqual([]);
  });

  it("after the PUT records the observed values", async () => {
    const known = await scene.settled(provider);
    const left = await leftover(
      scene.change(provider, known, {
        description: "[pending-update] [stuck]",
        timeouts: { update: "1s" },
      }),
    );
    expect(left.id).toBe(known.id);
    expect(left.reason).toMatch(/Waited 1s for .* still PENDING_UPDATE/);
    expect(left.properties).toEqual({
      ...known.outputs,
      description: "[pending-update] [stuck]",
      status: "PENDING_UPDATE",
      timeouts: { update: "1s" },
    });
  });
});

describe("an accepted change that fails later", () => {
  it("is recorded with the observed status ERROR", async () => {
    const known = await scene.settled(provider);
    const left = await leftover(
      scene.change(provider, known, { description: "[pending-update] [settles ERROR]" }),
    );
    expect(left.reason).toContain("ended in status ERROR");
    expect(left.properties).toMatchObject({
      status: "ERROR",
      description: "[pending-update] [settles ERROR]",
    });
  });

  it("fails with the name of a property that the PUT's response shows otherwise, without the psk", async () => {
    const known = await scene.settled(provider);
    const old = await scene.live(known.id);
    scene.sim.script({
      method: "PUT",
      path: ITEM,
      answer: { status: 200, body: { ipsec_site_connection: old } },
    });
    const left = await leftover(scene.change(provider, known, { mtu: 1400, psk: "another key" }));
    expect(left.reason).toMatch(/shows another value for: .*\bmtu\b/);
    expect(left.reason).toContain("psk (hidden)");
    expect(left.reason).not.toMatch(/another key|pre-shared key/);
    expect(left.properties).toMatchObject({ mtu: 1500, psk: "a pre-shared key" });
  });

  it("fails with the name of a property that differs in the read after the PUT", async () => {
    const known = await scene.settled(provider);
    const old = await scene.live(known.id);
    const asked = { ...old, mtu: 1400 };
    scene.sim.script({
      method: "PUT",
      path: ITEM,
      answer: { status: 200, body: { ipsec_site_connection: asked } },
    });
    const left = await leftover(scene.change(provider, known, { mtu: 1400 }));
    expect(left.reason).toMatch(/shows another value for: mtu\./);
    expect(left.properties).toMatchObject({ mtu: 1500 });
  });

  it("is also read with waitFor accepted", async () => {
    const known = await scene.settled(provider, { waitFor: "accepted" });
    const asked = { ...(await scene.live(known.id)), mtu: 1400 };
    scene.sim.script({
      method: "PUT",
      path: ITEM,
      answer: { status: 200, body: { ipsec_site_connection: asked } },
    });
    const left = await leftover(scene.change(provider, known, { mtu: 1400, waitFor: "accepted" }));
    expect(left.reason).toMatch(/shows another value for: mtu\./);
  });

  it("is continued by the next update", async () => {
    const known = await scene.settled(provider);
    const changes = { description: "[pending-update] [settles ERROR]", mtu: 1400 };
    const { inputs } = await provider.check({ ...known.inputs, ...changes });
    const left = await leftover(provider.update(known.id, known.outputs, inputs));
    expect((await provider.diff(known.id, left.properties, inputs)).changes).toBe(true);
    await refusal(provider.update(known.id, left.properties, inputs));
    expect(scene.changes()).toHaveLength(1);
  });
});

describe("waitFor active", () => {
  const timeouts = { update: "1s" };

  it("ends with the ACTIVE that follows another status", async () => {
    const known = await scene.settled(provider, { waitFor: "active" });
    const { outputs } = await scene.change(provider, known, { description: "[pending-update]" });
    expect(outputs["status"]).toBe("ACTIVE");
  });

  it("does not accept the ACTIVE from before the change and states the needed time", async () => {
    const known = await scene.settled(provider, { waitFor: "active" });
    const left = await leftover(scene.change(provider, known, { mtu: 1400, timeouts }));
    expect(left.reason).toMatch(/to become ACTIVE.*as old as a minute.*more than 65s/);
    expect(left.reason).not.toContain("UDP 500");
    expect(left.properties).toMatchObject({ mtu: 1400, status: "ACTIVE" });
  });

  it("fails with the advice if the connection stays DOWN", async () => {
    const known = await scene.settled(provider, { waitFor: "active" });
    const left = await leftover(
      scene.change(provider, known, { description: "[settles DOWN]", timeouts }),
    );
    expect(left.reason).toMatch(/still DOWN[^]*UDP 500/);
    expect(left.properties).toMatchObject({ status: "DOWN" });
  });
});
