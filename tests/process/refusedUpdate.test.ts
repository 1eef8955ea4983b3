import type { ProviderProcess } from "../support/harness/providerProcess";
import { ITEM, Scene, printed, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

describe("a refused PUT", () => {
  /** Turns a connection to PENDING_UPDATE for a moment, like a change by another client. */
  const occupy = async (id: string, seconds = 0.4) => {
    const description = `[pending-update] [pending ${seconds}s]`;
    await scene.cloud.put(`/vpn/ipsec-site-connections/${id}`, {
      ipsec_site_connection: { description },
    });
  };

  it("is retried after another wait if the status has turned to pending since the last poll", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, onRequest: () => occupy(known.id) });
    const { outputs } = await scene.change(provider, known, { mtu: 1400 });
    expect(outputs).toMatchObject({ mtu: 1400, status: "ACTIVE" });
    expect(scene.sent("PUT").map(({ status, body }) => [status, body])).toEqual([
      [400, { ipsec_site_connection: { mtu: 1400 } }],
      [200, expect.anything()],
      [200, { ipsec_site_connection: { mtu: 1400 } }],
    ]);
  });

  it.each([
    [
      "Neutron's error",
      400,
      neutronError("VPNStateInvalidToUpdate", "Invalid state PENDING_UPDATE"),
    ],
    ["a typed conflict", 409, neutronError("VPNStateInvalidToUpdate", "busy")],
    ["an untyped error that names the status", 400, { message: "It is in PENDING_UPDATE." }],
    ["an untyped conflict that names the state", 409, { error: { message: "Invalid state" } }],
  ])("is retried if it is refused as pending: %s", async (_what, status, body) => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, answer: { status, body } });
    const { outputs } = await scene.change(provider, known, { mtu: 1400 });
    expect(outputs["mtu"]).toBe(1400);
    expect(scene.sent("PUT").map((one) => one.status)).toEqual([status, 200]);
  });

  it.each([400, 409])(
    "with %i without a message is retried if the status is pending",
    async (status) => {
      const known = await scene.settled(provider);
      scene.sim.script({
        method: "PUT",
        path: ITEM,
        onRequest: () => occupy(known.id),
        answer: { status },
      });
      const { outputs } = await scene.change(provider, known, { mtu: 1400 });
      expect(outputs["mtu"]).toBe(1400);
    },
  );

  it("without a message fails if the status is not pending", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, answer: { status: 400 } });
    const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
    expect(error.message).toContain("answered 400");
    expect(error.partial).toBeUndefined();
  });

  it("for another reason fails with Neutron's type, message and request id, and keeps the state", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({
      method: "PUT",
      path: ITEM,
      answer: {
        status: 400,
        body: neutronError("IPsecSiteConnectionMtuError", "MTU 70 is too small"),
        headers: { "X-Openstack-Request-Id": "req-for-the-test" },
      },
    });
    const error = await refusal(scene.change(provider, known, { mtu: 70 }));
    expect(error.message).toMatch(
      /IPsecSiteConnectionMtuError: MTU 70 is too small, request id req-for-the-test/,
    );
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toHaveLength(1);
  });

  it("with a server error fails after four attempts and keeps the state", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, times: 4, answer: { status: 500 } });
    const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
    expect(error.message).toContain("answered 500");
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toHaveLength(4);
  });
});

describe("a PUT without a response", () => {
  it.each([
    ["not sent again if it was executed", "reset-after", 1],
    ["sent again if it was not executed", "reset-before", 2],
  ] as const)("is verified by a read and %s", async (_what, answer, puts) => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, answer });
    const { outputs } = await scene.change(provider, known, { mtu: 1400 });
    expect(outputs["mtu"]).toBe(1400);
    expect(scene.sent("PUT")).toHaveLength(puts);
    expect(await printed(provider)).toMatch(
      /retry: PUT .*no answer \(ECONNRESET\); tried again in/,
    );
  });

  it("fails after all attempts and keeps the state, and the next update succeeds", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, times: 4, answer: "reset-before" });
    const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
    expect(error.message).toMatch(/PUT .*no answer/);
    expect(error.partial).toBeUndefined();
    expect((await scene.change(provider, known, { mtu: 1400 })).outputs["mtu"]).toBe(1400);
  });
});

describe("a deleted connection", () => {
  const message = /is gone.*pulumi up --refresh/s;

  it("is reported at the first poll", async () => {
    const known = await scene.settled(provider);
    await scene.cloud.delete(`/vpn/ipsec-site-connections/${known.id}`);
    const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
    expect(error.message).toMatch(message);
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toEqual([]);
  });

  it.each(["VPNEndpointGroupNotFound", "VPNServiceNotFound"])(
    "is not reported for a PUT that is answered with %s",
    async (type) => {
      const known = await scene.settled(provider);
      const body = neutronError(type, "Something else could not be found");
      scene.sim.script({ method: "PUT", path: ITEM, answer: { status: 404, body } });
      const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
      expect(error.message).toMatch(`answered 404 ${type}: Something else could not be found`);
      expect(error.message).not.toMatch(message);
      expect(error.partial).toBeUndefined();
    },
  );

  it.each([
    ["no type", {}],
    ["no path", neutronError("HTTPNotFound", "The resource could not be found.")],
  ])("is reported for a PUT that is answered with a 404 with %s", async (_what, body) => {
    const known = await scene.settled(provider);
    scene.sim.script({ method: "PUT", path: ITEM, answer: { status: 404, body } });
    const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
    expect(error.message).toMatch(message);
  });

  it("is reported if the deletion happens just before the PUT", async () => {
    const known = await scene.settled(provider);
    scene.sim.script({
      method: "PUT",
      path: ITEM,
      onRequest: () => scene.cloud.delete(`/vpn/ipsec-site-connections/${known.id}`),
    });
    const error = await refusal(scene.change(provider, known, { mtu: 1400 }));
    expect(error.message).toMatch(message);
    expect(error.partial).toBeUndefined();
  });
});

function neutronError(type: string, message: string): unknown {
  return { NeutronError: { type, message, detail: "" } };
}
