import { setTimeout as sleep } from "node:timers/promises";

import { defaultName } from "../../provider/lifecycle/defaultName";
import { definitionOf } from "../../provider/lifecycle/definition";
import { PROVIDER_TEXT, type ProviderProcess, type Properties } from "../harness/providerProcess";
import { COLLECTION, ITEM, Scene, leftover, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open();
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

/** Makes a connection past the provider, of the same inputs apart from those changes. */
async function byHand(inputs: Properties, changes: Properties = {}): Promise<string> {
  const { id } = await scene.cloud.post("/vpn/ipsec-site-connections", {
    ipsec_site_connection: {
      name: inputs["name"],
      vpnservice_id: inputs["vpnServiceId"],
      ikepolicy_id: inputs["ikePolicyId"],
      ipsecpolicy_id: inputs["ipsecPolicyId"],
      peer_address: inputs["peerAddress"],
      peer_id: inputs["peerId"],
      peer_cidrs: inputs["peerCidrs"],
      psk: inputs["psk"],
      ...changes,
    },
  });
  return id;
}

describe("a create", () => {
  it("answers every input, every default and what the cloud added", async () => {
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

  it("with waitFor accepted does not wait", async () => {
    const { outputs } = await scene.make(provider, {
      description: "[stuck]",
      waitFor: "accepted",
    });
    expect(outputs["status"]).toBe("PENDING_CREATE");
    expect(scene.sent("GET", ITEM)).toEqual([]);
  });

  it("of a connection that is administratively down does not wait", async () => {
    const { outputs } = await scene.make(provider, { description: "[stuck]", adminStateUp: false });
    expect(outputs["status"]).toBe("PENDING_CREATE");
  });

  it("that the cloud refuses is a plain error with Neutron's words and makes nothing", async () => {
    const inputs = scene.args({ ikePolicyId: NOBODY });
    const error = await refusal(provider.create(inputs));
    expect(error.message).toMatch(/answered 404 IKEPolicyNotFound: .*, request id req-/);
    expect(error.partial).toBeUndefined();
    expect(await scene.named(inputs["name"])).toEqual([]);
  });
});

describe("a create that fails once the connection is there", () => {
  it("for lack of time keeps id, inputs and the code, and the next update goes on", async () => {
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

  it("with status ERROR keeps it, and can be deleted", async () => {
    const left = await leftover(scene.make(provider, { description: "[settles ERROR]" }));
    expect(left.reason).toContain("ended in status ERROR");
    expect(left.properties).toMatchObject({ status: "ERROR", __provider: PROVIDER_TEXT });
    await provider.delete(left.id, left.properties);
  });

  it("because it cannot be read keeps what the POST answered", async () => {
    const body = { NeutronError: { type: "PolicyNotAuthorized", message: "no" } };
    scene.sim.script({ method: "GET", path: ITEM, times: 2, answer: { status: 403, body } });
    const left = await leftover(scene.make(provider));
    expect(left.reason).toContain("answered 403");
    expect(await scene.live(left.id)).toMatchObject({ name: left.properties["name"] });
  });
});

describe("a POST without an answer", () => {
  /** What it may have made is looked for as long. */
  const timeouts = { create: "1s" };

  it("that was done ends with the one connection that it made", async () => {
    scene.sim.script({ method: "POST", path: COLLECTION, answer: "reset-after" });
    const { id, inputs, outputs } = await scene.make(provider);
    expect(outputs["status"]).toBe("ACTIVE");
    expect(await scene.named(inputs["name"])).toMatchObject([{ id }]);
    expect(scene.sent("POST", COLLECTION)).toHaveLength(1);
  });

  it("that was done behind a gateway's 504 ends with the one connection that it made", async () => {
    const args = scene.args();
    scene.sim.script({
      method: "POST",
      path: COLLECTION,
      onRequest: async () => {
        await byHand(args);
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
    "that is done 1.5 s after %s ends with that one connection",
    async (_what, answer) => {
      const args = scene.args();
      let later: Promise<string> | undefined;
      scene.sim.script({
        method: "POST",
        path: COLLECTION,
        onRequest: () => {
          later = sleep(1_500).then(() => byHand(args));
        },
        answer,
      });
      const { id } = await provider.create(args);
      expect(id).toBe(await later);
      expect(await scene.named(args["name"])).toHaveLength(1);
      expect(provider.output).toContain(`(${id}) was lost, but it was made`);
    },
  );

  it("that failed by Neutron's own word fails at once where nothing was made", async () => {
    scene.sim.script({ method: "POST", path: COLLECTION, answer: { status: 500 } });
    const error = await refusal(provider.create(scene.args()));
    expect(error.message).toContain("answered 500");
    expect(error.message).not.toContain("may have been made");
    expect(scene.sent("GET", COLLECTION)).toHaveLength(2);
  });

  it("says that it may exist when the list cannot be read either", async () => {
    const args = scene.args({ timeouts });
    scene.sim.script({ method: "POST", path: COLLECTION, answer: "reset-after" });
    const rule = { method: "GET", path: COLLECTION, skip: 1, answer: { status: 403 } };
    const error = await scene.during(rule, () => refusal(provider.create(args)));
    expect(error.message).toContain(`${String(args["name"])} may have been made all the same`);
    expect(error.partial).toBeUndefined();
    expect(await scene.named(args["name"])).toHaveLength(1);
  });

  it("says that one without a name, which cannot be told from others, may exist", async () => {
    scene.sim.script({ method: "POST", path: COLLECTION, answer: "reset-after" });
    const error = await refusal(provider.create(scene.args({ name: "", timeouts })));
    expect(error.message).toContain("may have been made all the same");
  });

  it("that never arrived fails, says what to look for, and makes nothing", async () => {
    scene.sim.script({ method: "POST", path: COLLECTION, answer: "reset-before" });
    const args = scene.args({ timeouts });
    const error = await refusal(provider.create(args));
    expect(error.message).toMatch(/POST .*no answer/);
    expect(error.message).toContain(`${String(args["name"])} may have been made all the same`);
    expect(error.message).toContain("look for it in the cloud before the next `pulumi up`");
    expect(error.partial).toBeUndefined();
    expect(await scene.named(args["name"])).toEqual([]);
    expect(scene.sent("POST", COLLECTION)).toHaveLength(1);
  });

  it("does not take over a namesake that was there before", async () => {
    const args = scene.args({ timeouts });
    await byHand(args);
    scene.sim.script({ method: "POST", path: COLLECTION, answer: "reset-before" });
    const error = await refusal(provider.create(args));
    expect(error.message).toMatch(/no answer/);
  });

  it("does not take over a newer namesake that is something else", async () => {
    const args = scene.args({ timeouts });
    scene.sim.script({
      method: "POST",
      path: COLLECTION,
      onRequest: async () => {
        await byHand(args, { peer_address: "198.51.100.99" });
      },
      answer: "reset-before",
    });
    expect((await refusal(provider.create(args))).message).toMatch(/no answer/);
  });

  it("with two that it could have made names both", async () => {
    const args = scene.args();
    const ids: string[] = [];
    scene.sim.script({
      method: "POST",
      path: COLLECTION,
      onRequest: async () => {
        ids.push(await byHand(args), await byHand(args));
      },
      answer: "reset-before",
    });
    const error = await refusal(provider.create(args));
    expect(error.message).toContain(ids[0]);
    expect(error.message).toContain(ids[1]);
    expect(error.partial).toBeUndefined();
  });
});

describe("a connection with the default name that an earlier run left", () => {
  const named = (resource: string, changes: Properties = {}) => {
    const args = scene.args(changes);
    const place = { project: "project", stack: "test", resource };
    return { ...args, name: defaultName(definitionOf("IpsecSiteConnection"), place, args) };
  };

  it("is taken over, brought to the inputs, and not doubled", async () => {
    const args = named("left", { description: "wanted", psk: "another key" });
    const id = await byHand(args, { psk: "old key", mtu: 1300, description: "[pending 0.4s]" });
    const { inputs } = await provider.check(args);
    const made = await provider.create(inputs);
    expect(made).toMatchObject({ id, outputs: { ...inputs, status: "ACTIVE" } });
    expect(await scene.named(args.name)).toMatchObject([
      { id, psk: "another key", mtu: 1500, description: "wanted" },
    ]);
    expect(provider.output).toMatch(/was made by an earlier run .* is taken over/);
  });

  it("that is stuck is kept in the state", async () => {
    const args = named("stuck", { timeouts: { create: "1s" } });
    const id = await byHand(args, { description: "[stuck]" });
    const left = await leftover(provider.create(args));
    expect(left.id).toBe(id);
    expect(left.properties).toMatchObject({ status: "PENDING_CREATE", __provider: PROVIDER_TEXT });
  });

  it("is not guessed when there are two", async () => {
    const args = named("twice");
    const ids = [await byHand(args), await byHand(args)];
    scene.forget();
    const error = await refusal(provider.create(args));
    for (const id of ids) expect(error.message).toContain(id);
    expect(scene.sent("POST", COLLECTION)).toEqual([]);
  });

  it("is kept when the same run then deletes it as the old one of a forced replacement", async () => {
    const args = named("forced");
    const { inputs } = await provider.check(args);
    const old = await provider.create(inputs);
    const made = await provider.create(inputs);
    await provider.delete(old.id, old.outputs);
    expect(await scene.live(made.id)).toMatchObject({ name: args.name });
    expect(provider.output).toContain(`(${old.id}) is kept`);
  });

  it.each([
    ["another peer", { peer_address: "198.51.100.99" }],
    ["another identity of the peer", { peer_id: "@another" }],
  ])("is left alone when it goes to %s, as another resource's may", async (_what, changes) => {
    const args = named("elsewhere");
    const id = await byHand(args, changes);
    const made = await provider.create(args);
    expect(made.id).not.toBe(id);
    expect(await scene.live(id)).toMatchObject(changes);
    await Promise.all(
      [id, made.id].map((one) => scene.cloud.delete(`/vpn/ipsec-site-connections/${one}`)),
    );
  });

  it("is left alone while it is being deleted", async () => {
    const args = named("leaving");
    const id = await byHand(args);
    const leaving = { ...(await scene.live(id)), status: "PENDING_DELETE" };
    scene.sim.script({
      method: "GET",
      path: COLLECTION,
      answer: { status: 200, body: { ipsec_site_connections: [leaving] } },
    });
    expect((await provider.create(args)).id).not.toBe(id);
  });

  it("is left alone when the name is the program's own", async () => {
    const args = { ...scene.args(), name: "test-office-0123abc" };
    const id = await byHand(args);
    const made = await provider.create(args);
    expect(made.id).not.toBe(id);
    expect(await scene.named(args.name)).toHaveLength(2);
  });

  it("is left alone when another project has the same stack and resource", async () => {
    const args = scene.args();
    const place = { project: "another", stack: "test", resource: "left" };
    const name = defaultName(definitionOf("IpsecSiteConnection"), place, args);
    const id = await byHand({ ...args, name });
    expect((await provider.create({ ...args, name })).id).not.toBe(id);
  });
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
