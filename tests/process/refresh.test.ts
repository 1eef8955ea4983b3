import type { Kind } from "../support/harness/kinds";
import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import { type Known, type Scene, printed, refusal } from "./scene";
import { type Dialect, Shared } from "./sharedScene";

/** Every kind except connections, which read.test.ts and notFound.test.ts cover. */
const KINDS_AND_DRIFTS: [Kind, Dialect, [Properties, Properties][]][] = [
  [
    "VpnService",
    "neutron",
    [
      [{ name: "drifted" }, { name: "drifted" }],
      [{ description: "drifted" }, { description: "drifted" }],
      [{ admin_state_up: false }, { adminStateUp: false }],
    ],
  ],
  [
    "IkePolicy",
    "neutron",
    [
      [{ name: "drifted" }, { name: "drifted" }],
      [{ auth_algorithm: "sha1" }, { authAlgorithm: "sha1" }],
      [{ encryption_algorithm: "3des" }, { encryptionAlgorithm: "3des" }],
      [{ ike_version: "v2" }, { ikeVersion: "v2" }],
      [{ phase1_negotiation_mode: "aggressive" }, { phase1NegotiationMode: "aggressive" }],
      [{ pfs: "group2" }, { pfs: "group2" }],
      [{ lifetime: { value: 60 } }, { lifetime: { units: "seconds", value: 60 } }],
    ],
  ],
  [
    "IpsecPolicy",
    "neutron",
    [
      [{ description: "drifted" }, { description: "drifted" }],
      [{ encapsulation_mode: "transport" }, { encapsulationMode: "transport" }],
      [{ transform_protocol: "ah" }, { transformProtocol: "ah" }],
      [{ lifetime: { value: 60 } }, { lifetime: { units: "seconds", value: 60 } }],
    ],
  ],
  [
    "EndpointGroup",
    "neutron",
    [
      [{ name: "drifted" }, { name: "drifted" }],
      [{ description: "drifted" }, { description: "drifted" }],
    ],
  ],
  ["VpnService", "k5", [[{ description: "drifted" }, { description: "drifted" }]]],
  ["IkePolicy", "k5", [[{ pfs: "group2" }, { pfs: "group2" }]]],
  ["IpsecPolicy", "k5", [[{ pfs: "group2" }, { pfs: "group2" }]]],
];

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

describe.each(KINDS_AND_DRIFTS)("refresh of one %s (%s)", (kind, dialect, drifts) => {
  beforeAll(async () => {
    scene = await shared.scene(dialect, kind);
    provider = await shared.process(dialect, kind);
  });

  beforeEach(() => scene.forget());

  it("a read of an unchanged object returns the same outputs and inputs", async () => {
    const known = await scene.make(provider, { description: "mine", timeouts: { delete: "3m" } });
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    expect(outputs).toEqual(known.outputs);
    expect(without(inputs, "__provider")).toEqual(without(known.inputs, "__provider"));
    expect((await provider.diff(known.id, outputs, inputs)).changes).toBe(false);
  });

  it.each(drifts)("a read returns the change %j in outputs and inputs", async (body, shown) => {
    const known = await scene.make(provider);
    if (kind === "VpnService") await scene.connect({ vpnservice_id: known.id });
    await scene.alter(known.id, body);
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    expect(outputs).toMatchObject(shown);
    expect(inputs).toMatchObject(shown);
    const { changes, replaces } = await provider.diff(known.id, outputs, known.inputs);
    expect([changes, replaces]).toEqual([true, []]);
    const repaired = await provider.update(known.id, outputs, known.inputs);
    expect(repaired).toMatchObject(without(known.inputs, "__provider"));
  });

  it("a read of a deleted object returns no id and reports it, and a delete succeeds", async () => {
    const known = await scene.make(provider);
    await scene.drop(known.id);
    expect((await provider.read(known.id, known.outputs)).id).toBe("");
    expect(await printed(provider)).toContain(`(${known.id}) is gone from the cloud`);
    await provider.delete(known.id, known.outputs);
  });

  it("an update of a deleted object fails with the advice to refresh", async () => {
    const known = await scene.make(provider, { description: "old" });
    await scene.drop(known.id);
    const error = await refusal(scene.change(provider, known, { description: "new" }));
    expect(error.message).toMatch(/is gone, or this login cannot see it.*pulumi up --refresh/);
    expect(error.partial).toBeUndefined();
  });

  describe("a read without a proof of deletion", () => {
    let known: Known;

    beforeAll(async () => {
      known = await scene.make(provider);
    });

    const expectUnproven = async (asked: ProviderProcess, why: RegExp) => {
      for (const operation of ["read", "delete"] as const) {
        const error = await refusal(asked[operation](known.id, known.outputs));
        expect(error.message).toMatch(why);
        expect(error.message).toContain("does not prove that it is gone");
      }
      expect(await scene.live(known.id)).toMatchObject({ id: known.id });
    };

    it("fails at another endpoint", async () => {
      const endpoint = scene.sim.endpoint.replace("network", "compute");
      const wrong = await scene.start({ config: { "vpnaas:endpoint": endpoint } });
      await expectUnproven(wrong, /was created at .*vpnaas:endpoint/);
    });

    it("fails with a login of another project", async () => {
      const other = await shared.process(dialect, kind, "ofAnotherProject");
      await expectUnproven(other, /belongs to project .* the login is in project/);
    });

    it("fails without the extension", async () => {
      const rule = { path: /\/vpn\//, answer: { status: 404, body: { message: "No path." } } };
      for (const operation of ["read", "delete"] as const) {
        const asked = () => refusal(provider[operation](known.id, known.outputs));
        expect((await scene.during(rule, asked)).message).toMatch(/extension/);
      }
    });

    // K5's responses have no types, so this 404 is indistinguishable from a deletion.
    if (dialect === "neutron") {
      it("fails with a reader's login", async () => {
        const reader = await shared.process(dialect, kind, "reader");
        await expectUnproven(reader, /role `member`/);
      });
    }
  });
});

function without(properties: Properties, name: string): Properties {
  const { [name]: _left, ...rest } = properties;
  return rest;
}
