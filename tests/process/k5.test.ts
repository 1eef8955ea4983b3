import type { ProviderProcess } from "../support/harness/providerProcess";
import { ITEM, Scene, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ dialect: "k5", pendingMs: 0 });
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

const path = (id: string) => `/vpn/ipsec-site-connections/${id}`;

describe("in K5, whose errors have no type", () => {
  it("a read of an unchanged connection returns the same outputs and inputs", async () => {
    const known = await scene.settled(provider);
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    expect(outputs).toEqual(known.outputs);
    expect(inputs).toEqual({ ...known.inputs, __provider: known.outputs["__provider"] });
  });

  it("a connection that is also absent from the list is gone", async () => {
    const known = await scene.settled(provider);
    await scene.cloud.delete(path(known.id));
    expect((await provider.read(known.id, known.outputs)).id).toBe("");
    await provider.delete(known.id, known.outputs);
  });

  it("a delete ends when the list no longer has the connection", async () => {
    const known = await scene.settled(provider);
    await provider.delete(known.id, known.outputs);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("a connection that is still in the list is not gone", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "GET", path: ITEM, answer: { status: 404, body: {} } });
    const error = await refusal(provider.read(known.id, known.outputs));
    expect(error.message).toContain("the list still contains it");
  });

  it.each([400, 409])(
    "a DELETE refused with %i without a message is retried while the connection is pending",
    async (status) => {
      const known = await scene.settled(provider);
      const body = { ipsec_site_connection: { description: "[pending-update] [pending 0.4s]" } };
      scene.sim.script({
        method: "DELETE",
        path: ITEM,
        onRequest: async () => {
          await scene.cloud.put(path(known.id), body);
        },
        answer: { status },
      });
      await provider.delete(known.id, known.outputs);
      expect(scene.sent("DELETE").map((one) => one.status)).toEqual([status, 204]);
    },
  );

  it("a PUT refused because of its service's state is retried at intervals, though the connection is ACTIVE", async () => {
    const known = await scene.settled(provider);
    const body = { message: "The VPN service is in PENDING_UPDATE." };
    scene.sim.script({ method: "PUT", path: ITEM, times: 3, answer: { status: 409, body } });
    const { outputs } = await scene.change(provider, known, { psk: "another key" });
    expect(outputs).toMatchObject({ psk: "another key", status: "ACTIVE" });
    const puts = scene.sent("PUT");
    expect(puts.map(({ status }) => status)).toEqual([409, 409, 409, 200]);
    expect(puts[3]!.at - puts[0]!.at).toBeGreaterThan(300);
  });

  it("a PUT refused until its timeout is reported with the answer, as a change that was not made", async () => {
    const known = await scene.settled(provider);
    const body = { message: "The VPN service is in PENDING_UPDATE." };
    const rule = { method: "PUT", path: ITEM, answer: { status: 409, body } };
    const changes = { psk: "another key", timeouts: { update: "4s" } };
    const error = await scene.during(rule, () => refusal(scene.change(provider, known, changes)));
    expect(error.message).toContain("answered 409");
    expect(error.partial).toBeUndefined();
  });

  it("a refused PUT is retried once the connection is no longer pending", async () => {
    const known = await scene.settled(provider);
    const body = { ipsec_site_connection: { description: "[pending-update] [pending 0.4s]" } };
    scene.sim.script({
      method: "PUT",
      path: ITEM,
      onRequest: async () => {
        await scene.cloud.put(path(known.id), body);
      },
    });
    const { outputs } = await scene.change(provider, known, { psk: "another key" });
    expect(outputs).toMatchObject({ psk: "another key", status: "ACTIVE" });
    expect(scene.sent("PUT").map(({ status }) => status)).toEqual([400, 200, 200]);
  });
});
