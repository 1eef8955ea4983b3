import { setTimeout as sleep } from "node:timers/promises";

import {
  type OperationError,
  PROVIDER_TEXT,
  type Properties,
  type ProviderProcess,
} from "../support/harness/providerProcess";
import { COLLECTION, ITEM, Scene, leftover, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open();
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

describe("a create", () => {
  it("returns every input, every default and every attribute of the cloud", async () => {
    const { inputs } = await provider.check(scene.args({ description: "new" }));
    const { id, outputs } = await provider.create(inputs);
    expect(outputs).toMatchObject({
      ...inputs,
      status: "ACTIVE",
      authMode: "psk",
      routeMode: "static",
      resolvedPeerAddress: "198.51.100.7",
      projectId: scene.sim.fixture.projectId,
      endpoint: scene.sim.endpoint,
      dpd: { action: "hold", interval: 30, timeout: 120 },
      __provider: PROVIDER_TEXT,
    });
    expect(await scene.named(inputs["name"])).toMatchObject([{ id, description: "new" }]);
  });

  it("does not wait with waitFor accepted", async () => {
    const { outputs } = await scene.make(provider, {
      description: "[stuck]",
      waitFor: "accepted",
    });
    expect(outputs["status"]).toBe("PENDING_CREATE");
    expect(scene.sent("GET", ITEM)).toEqual([]);
  });

  it("does not wait for an administratively down connection", async () => {
    const { outputs } = await scene.make(provider, { description: "[stuck]", adminStateUp: false });
    expect(outputs["status"]).toBe("PENDING_CREATE");
  });

  it("fails with Neutron's message and creates no object if the cloud refuses it", async () => {
    const inputs = scene.args({ ikePolicyId: NOBODY });
    const error = await refusal(provider.create(inputs));
    expect(error.message).toMatch(/answered 404 IKEPolicyNotFound: .*, request id req-/);
    expect(error.partial).toBeUndefined();
    expect(await scene.named(inputs["name"])).toEqual([]);
  });
});

describe("a create that fails after the creation of the connection", () => {
  it("because of a timeout: keeps id, inputs and `__provider`, and the next update continues", async () => {
    const { inputs } = await provider.check(
      scene.args({ description: "[pending 1.6s]", timeouts: { create: "1s" } }),
    );
    const left = await leftover(provider.create(inputs));
    expect(left.reason).toMatch(/Waited 1s for .* still PENDING_CREATE/);
    expect(left.properties).toMatchObject({
      ...inputs,
      status: "PENDING_CREATE",
      __provider: PROVIDER_TEXT,
    });
    expect((await provider.diff(left.id, left.properties, inputs)).changes).toBe(true);
    expect(await provider.update(left.id, left.properties, inputs)).toMatchObject({
      ...inputs,
      status: "ACTIVE",
    });
    expect(scene.sent("PUT")).toEqual([]);
    expect(await scene.named(inputs["name"])).toMatchObject([{ id: left.id }]);
  });

  it("because of status ERROR: keeps the connection, which can be deleted", async () => {
    const left = await leftover(scene.make(provider, { description: "[settles ERROR]" }));
    expect(left.reason).toContain("ended in status ERROR");
    expect(left.properties).toMatchObject({ status: "ERROR", __provider: PROVIDER_TEXT });
    await provider.delete(left.id, left.properties);
  });

  it("because of an unreadable connection: keeps the attributes of the POST's response", async () => {
    const body = { NeutronError: { type: "PolicyNotAuthorized", message: "no" } };
    scene.sim.script({ method: "GET", path: ITEM, times: 2, answer: { status: 403, body } });
    const left = await leftover(scene.make(provider));
    expect(left.reason).toContain("answered 403");
    expect(await scene.live(left.id)).toMatchObject({ name: left.properties["name"] });
  });
});

describe("a POST without a response", () => {
  it("that was executed: the create returns the one connection", async () => {
    scene.sim.script({ method: "POST", path: COLLECTION, answer: "reset-after" });
    const { id, inputs, outputs } = await scene.make(provider);
    expect(outputs["status"]).toBe("ACTIVE");
    expect(await scene.named(inputs["name"])).toMatchObject([{ id }]);
    expect(scene.sent("POST", COLLECTION)).toHaveLength(1);
  });

  it("that was executed behind a gateway's 504: the create returns the one connection", async () => {
    const args = scene.args();
    scene.sim.script({
      method: "POST",
      path: COLLECTION,
      onRequest: async () => {
        await scene.byHand(args);
      },
      answer: { status: 504, body: "<html>Gateway Time-out</html>" },
    });
    const { id } = await provider.create(args);
    expect(await scene.named(args["name"])).toMatchObject([{ id }]);
  });

  it.each([
    ["a gateway's 504", { status: 504, body: "<html>Gateway Time-out</html>" }],
    ["a lost connection", "reset-before"],
  ] as const)(
    "that is executed 1.5 s after %s: the create returns that connection",
    async (_what, answer) => {
      const args = scene.args();
      let later: Promise<string> | undefined;
      scene.sim.script({
        method: "POST",
        path: COLLECTION,
        onRequest: () => {
          later = sleep(1_500).then(() => scene.byHand(args));
        },
        answer,
      });
      const { id } = await provider.create(args);
      expect(id).toBe(await later);
      expect(await scene.named(args["name"])).toHaveLength(1);
      expect(provider.output).toContain(`(${id}) was lost, but it was created`);
    },
  );

  it("with an error of Neutron: the create fails at once if no object exists", async () => {
    scene.sim.script({ method: "POST", path: COLLECTION, answer: { status: 500 } });
    const error = await refusal(provider.create(scene.args()));
    expect(error.message).toContain("answered 500");
    expect(error.message).not.toContain("may have been created");
    expect(scene.sent("GET", COLLECTION)).toHaveLength(2);
  });

  it("with two candidates: the create fails and names both", async () => {
    const args = scene.args();
    const ids: string[] = [];
    scene.sim.script({
      method: "POST",
      path: COLLECTION,
      onRequest: async () => {
        ids.push(await scene.byHand(args), await scene.byHand(args));
      },
      answer: "reset-before",
    });
    const error = await refusal(provider.create(args));
    expect(error.message).toContain(ids[0]);
    expect(error.message).toContain(ids[1]);
    expect(error.partial).toBeUndefined();
  });
});

/** A search lasts 15 seconds, so that both run at once. */
describe("a POST without a response whose connection is not found", () => {
  const timeouts = { create: "1s" };
  let unlisted: Properties;
  let unlistedError: OperationError;
  let unnamedError: OperationError;

  beforeAll(async () => {
    unlisted = scene.args({ timeouts });
    scene.sim.script({ method: "POST", path: COLLECTION, times: 2, answer: "reset-after" });
    const rule = { method: "GET", path: COLLECTION, skip: 1, answer: { status: 403 } };
    // Without a name the provider does not search in the list.
    [unlistedError, unnamedError] = await Promise.all([
      scene.during(rule, () => refusal(provider.create(unlisted))),
      refusal(provider.create(scene.args({ name: "", timeouts }))),
    ]);
  });

  it("states that the connection may exist when the list is unreadable", async () => {
    expect(unlistedError.message).toContain(
      `${String(unlisted["name"])} may have been created nevertheless`,
    );
    expect(unlistedError.partial).toBeUndefined();
    expect(await scene.named(unlisted["name"])).toHaveLength(1);
  });

  it("states that a connection without a name, which is not identifiable, may exist", () => {
    expect(unnamedError.message).toContain("may have been created nevertheless");
  });
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
