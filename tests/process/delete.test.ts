import type { ProviderProcess } from "../support/harness/providerProcess";
import { ITEM, Scene, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

const path = (id: string) => `/vpn/ipsec-site-connections/${id}`;

const PENDING = { NeutronError: { type: "VPNStateInvalidToUpdate", message: "busy" } };

/** The most attempts in three seconds, since a pause between two has 200 ms at least. */
const MOST_IN_3_S = 16;

describe("a delete", () => {
  it("sends DELETE at once, also for a pending connection", async () => {
    const known = await scene.make(provider, { description: "[stuck]", waitFor: "accepted" });
    scene.forget();
    await provider.delete(known.id, known.outputs);
    expect(scene.sent().map(({ method, status }) => [method, status])).toEqual([
      ["DELETE", 204],
      ["GET", 404],
    ]);
  });

  it("succeeds for a connection that is already deleted", async () => {
    const known = await scene.settled(provider);
    await scene.cloud.delete(path(known.id));
    await provider.delete(known.id, known.outputs);
  });

  it.each([
    ["the error's type", PENDING],
    ["its message", { message: "It is in PENDING_UPDATE." }],
  ])("retries a DELETE refused as pending according to %s", async (_what, body) => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "DELETE", path: ITEM, answer: { status: 409, body } });
    await provider.delete(known.id, known.outputs);
    expect(scene.sent("DELETE").map((one) => one.status)).toEqual([409, 204]);
  });

  it("retries a DELETE refused as pending until it is accepted", async () => {
    const known = await scene.settled(provider);
    const answer = { status: 409, body: PENDING };
    scene.sim.script({ method: "DELETE", path: ITEM, times: 2, answer });
    scene.forget();
    await provider.delete(known.id, known.outputs);
    expect(scene.sent("DELETE").map((one) => one.status)).toEqual([409, 409, 204]);
  });

  it("fails if the DELETE is refused for another reason", async () => {
    const known = await scene.settled(provider);
    const body = { NeutronError: { type: "PolicyNotAuthorized", message: "not you" } };
    scene.sim.script({ method: "DELETE", path: ITEM, answer: { status: 403, body } });
    const error = await refusal(provider.delete(known.id, known.outputs));
    expect(error.message).toMatch(/PolicyNotAuthorized: not you/);
  });

  it.each([
    ["a lost response", "reset-after"],
    ["a lost request", "reset-before"],
    ["a server error", { status: 503 }],
  ] as const)("retries the DELETE after %s", async (_what, answer) => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "DELETE", path: ITEM, answer });
    await provider.delete(known.id, known.outputs);
    expect(scene.sent("DELETE")).toHaveLength(2);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("fails after timeouts.delete if the server only sends errors", async () => {
    const known = await scene.settled(provider, { timeouts: { delete: "3s" } });
    const rule = { method: "DELETE", path: ITEM, answer: { status: 503 } };
    const error = await scene.during(rule, () => refusal(provider.delete(known.id, known.outputs)));
    expect(error.message).toContain("answered 503");
    expect(scene.sent("DELETE").length).toBeLessThanOrEqual(MOST_IN_3_S);
  });

  it("retries a DELETE refused as pending at intervals and fails after timeouts.delete", async () => {
    const known = await scene.settled(provider, { timeouts: { delete: "3s" } });
    const rule = { method: "DELETE", path: ITEM, answer: { status: 409, body: PENDING } };
    const error = await scene.during(rule, () => refusal(provider.delete(known.id, known.outputs)));
    expect(error.message).toContain("busy");
    expect(scene.sent("DELETE").length).toBeLessThanOrEqual(MOST_IN_3_S);
  });

  it("succeeds if the connection is deleted during the retries", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({
      method: "DELETE",
      path: ITEM,
      onRequest: () => scene.cloud.delete(path(known.id)),
      answer: { status: 409, body: PENDING },
    });
    await provider.delete(known.id, known.outputs);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("needs no further proof of the project after an accepted DELETE", async () => {
    const known = await scene.settled(provider);
    const unscoped = await scene.start({
      config: {
        "vpnaas:authType": "token",
        "vpnaas:token": scene.token,
        "vpnaas:endpoint": scene.sim.endpoint,
      },
    });
    const quotas = scene.sim.script({ path: /\/quotas\//, answer: { status: 404 } });
    await unscoped.delete(known.id, known.outputs);
    expect(quotas.used).toBe(0);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("ends only when the connection is no longer readable", async () => {
    const known = await scene.settled(provider);
    const leaving = { ...(await scene.live(known.id)), status: "PENDING_DELETE" };
    scene.sim.script({
      method: "GET",
      path: ITEM,
      times: 3,
      answer: { status: 200, body: { ipsec_site_connection: leaving } },
    });
    scene.forget();
    await provider.delete(known.id, known.outputs);
    expect(scene.sent("GET", ITEM).map(({ status }) => status)).toEqual([200, 200, 200, 404]);
  });

  it("fails after timeouts.delete if the connection stays", async () => {
    const known = await scene.settled(provider, { timeouts: { delete: "1s" } });
    const staying = { ...(await scene.live(known.id)), status: "PENDING_DELETE" };
    const answer = { status: 200, body: { ipsec_site_connection: staying } };
    const error = await scene.during({ method: "GET", path: ITEM, answer }, () =>
      refusal(provider.delete(known.id, known.outputs)),
    );
    expect(error.message).toMatch(/Waited 1s for .* to be gone, but it is still PENDING_DELETE/);
  });
});
