import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, ITEM, Scene, printed, refusal } from "../scene";

/** A part of every psk. */
const CANARY = "canary-of-the-psk";

let scene: Scene;
let provider: ProviderProcess;
/** The messages that the engine received, apart from the process's output. */
let errors: string[];

afterEach(async () => {
  expect(`${await printed(provider)}\n${errors.join("\n")}`).not.toContain(CANARY);
});

const failed = async (operation: Promise<unknown>) => {
  const { message, partial } = await refusal(operation);
  errors.push(message, ...(partial?.reasons ?? []));
  return message;
};

const echo = (status: number, psk: string) => ({
  status,
  body: { NeutronError: { type: "HTTPBadRequest", message: `Not with ${psk}.`, detail: "" } },
});

describe.each([
  ["IkePolicy", "ikepolicy_id"],
  ["IpsecPolicy", "ipsecpolicy_id"],
  ["VpnService", "vpnservice_id"],
] as const)("the psk of a connection that uses one %s", (kind, reference) => {
  let id: string;
  let state: Record<string, unknown>;
  let inputs: Record<string, unknown>;
  let user: string;

  beforeAll(async () => {
    scene = await Scene.open({ kind, pendingMs: 0 });
    provider = await scene.start({ config: { "vpnaas:logLevel": "debug" } });
    const timeouts = { delete: "1s" };
    ({ id, inputs, outputs: state } = await scene.make(provider, { timeouts }));
    user = await scene.connect({ [reference]: id, psk: `${CANARY} 1`, name: "its user" });
  });

  beforeEach(() => {
    errors = [];
  });

  afterAll(() => scene.close());

  it("is not printed in the list of dependents", async () => {
    await provider.diff(id, state, { ...inputs, description: "new" });
    expect(await failed(provider.delete(id, state))).toContain(`its user (${user})`);
    expect(await printed(provider)).toMatch(/debug: GET .*ipsec-site-connections/);
  });

  it("is not printed in an adoption or its refusal", async () => {
    for (const changes of [{}, { description: "new" }]) {
      const { failures } = await provider.check(
        scene.unnamed("adopted", { adopt: id, ...changes }),
      );
      errors.push(...failures);
    }
  });

  it("is hidden if the server echoes it", async () => {
    scene.sim.script({ method: "DELETE", path: scene.item, answer: echo(403, `${CANARY} 1`) });
    expect(await failed(provider.delete(id, state))).toContain("HTTPBadRequest: Not with");
  });
});

describe("the psk of an adopted connection", () => {
  beforeAll(async () => {
    scene = await Scene.open({ pendingMs: 0 });
    provider = await scene.start({ config: { "vpnaas:logLevel": "debug" } });
  });

  beforeEach(() => {
    errors = [];
  });

  afterAll(() => scene.close());

  const adopting = async (changes = {}) => {
    const id = await scene.byHand(scene.args({ psk: `${CANARY} 1` }));
    return scene.unnamed("adopted", { adopt: id, psk: `${CANARY} 2`, ...changes });
  };

  it("is not printed, nor is its new value", async () => {
    const { inputs, failures } = await provider.check(await adopting());
    expect(failures).toEqual([]);
    expect(await printed(provider)).toContain("will be adopted and changed: psk (hidden)");
    const { outputs } = await provider.create(inputs);
    expect(outputs["psk"]).toBe(`${CANARY} 2`);
  });

  it("is not in the failure of a check", async () => {
    const wrong = { vpnServiceId: "00000000-0000-4000-8000-000000000000" };
    const { failures } = await provider.check(await adopting(wrong));
    expect(failures).toHaveLength(1);
    errors.push(...failures);
  });

  it.each([
    ["found", "GET"],
    ["listed", "GET"],
    ["changed", "PUT"],
  ] as const)(
    "is hidden if the server echoes it when the connection is %s",
    async (what, method) => {
      const inputs = await adopting(what === "listed" ? { adopt: "a name" } : {});
      const path = what === "listed" ? COLLECTION : ITEM;
      const rule = { method, path, answer: echo(400, `${CANARY} 2`) };
      await scene.during(rule, async () => {
        errors.push(...(await provider.check(inputs)).failures);
        expect(await failed(provider.create(inputs))).toContain("Not with (hidden)");
      });
    },
  );
});
