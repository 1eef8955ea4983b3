import { autoName } from "../../../provider/model/autoName";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { cloudResourceType } from "../../../provider/schema/resourceType";
import type { ProviderProcess } from "../../support/harness/providerProcess";
import { refusal, Scene, type Known } from "../scene";

/** The ids of the second service cannot be verified while this rule is in force. */
const UNREADABLE = { method: "GET", path: /\/vpnservices/, answer: { status: 403 } };

let scene: Scene;
let provider: ProviderProcess;
let known: Known;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  known = await scene.settled(await scene.start());
});

afterEach(() => scene.endProviders());

afterAll(() => scene.close());

/** The diff of a connection that a change of its project replaces, after the check of the engine. */
async function replace(config = {}) {
  provider = await scene.start({ config });
  return scene.during(UNREADABLE, async () => {
    const changed = { ...known.inputs, ikePolicyId: scene.parents.ikePolicyId, mtu: 1400 };
    const moved = { ...changed, projectId: scene.sim.fixture.projectId };
    const { inputs } = await provider.check(moved, { ...known.inputs, projectId: "another" });
    return provider.diff(known.id, { ...known.outputs, projectId: "another" }, inputs);
  });
}

describe("a replacement that deletes first, with an open question about its references", () => {
  it("is refused by its diff, which names the question and the setting", async () => {
    const { message } = await refusal(replace());
    expect(message).toMatch(
      /is not replaced, since it would be deleted before it is known whether/,
    );
    expect(message).toMatch(
      /the vpnservices of this cloud cannot be read \(.*403.*\): vpnServiceId/,
    );
    expect(message).toMatch(/Nothing was deleted\. Try again, or set vpnaas:preflight to warn/);
  });

  it("is refused for an auto-named connection, which the SDK always deletes first", async () => {
    provider = await scene.start();
    const type = cloudResourceType("IpsecSiteConnection");
    const moved = { ...known.inputs, vpnServiceId: scene.sim.fixture.routerId };
    const name = autoName(type, { project: "project", stack: "dev", resource: "office" }, moved);
    const result = scene.during(UNREADABLE, async () => {
      const { inputs } = await provider.check({ ...moved, name }, known.inputs);
      return provider.diff(known.id, known.outputs, inputs);
    });
    expect((await refusal(result)).message).toMatch(/ is not replaced, since it would be deleted /);
  });

  it("goes on if vpnaas:preflight is warn", async () => {
    const { deleteBeforeReplace } = await replace({ "vpnaas:preflight": "warn" });
    expect(deleteBeforeReplace).toBe(true);
  });
});

describe("a connection that is deleted with its replaced VPN service", () => {
  const POLICIES = { method: "GET", path: /\/ikepolicies/, answer: { status: 403 } };

  /** The diff by which the engine finds out, before any deletion, what it deletes with a service. */
  async function dependentDiff(rule: typeof POLICIES | undefined, config = {}) {
    provider = await scene.start({ config });
    const inputs = { ...known.inputs, vpnServiceId: UNKNOWN };
    const diff = () => provider.diff(known.id, known.outputs, inputs);
    return rule === undefined ? diff() : scene.during(rule, diff);
  }

  it("is not deleted while a question about its state is open", async () => {
    const { message } = await refusal(dependentDiff(POLICIES));
    expect(message).toMatch(/is not replaced, since it would be deleted before it is known/);
    expect(message).toMatch(
      /the ikepolicies of this cloud cannot be read \(.*403.*\): ikePolicyId/,
    );
  });

  it("is replaced if every question is answered", async () => {
    expect(await dependentDiff(undefined)).toMatchObject({ replaces: ["vpnServiceId"] });
  });

  it.each(["warn", "off"])("is replaced if vpnaas:preflight is %s", async (mode) => {
    const result = await dependentDiff(POLICIES, { "vpnaas:preflight": mode });
    expect(result).toMatchObject({ replaces: ["vpnServiceId"] });
  });
});

it("a check that fails after the deletion of the old object states that it is gone", async () => {
  const one = await scene.start();
  const { id, inputs, outputs } = await scene.settled(one);
  await one.delete(id, outputs);
  const { failures } = await one.check({ ...inputs, ikePolicyId: scene.sim.fixture.routerId }, {});
  expect(failures).toEqual([
    expect.stringMatching(/^ikePolicyId: .* was deleted before, .* run `pulumi up` again/),
  ]);
});

it("a wrong dialect fails a changed connection that was created in that dialect", async () => {
  const one = await scene.start({ config: { "vpnaas:dialect": "k5" } });
  const { mtu: _mtu, localId: _localId, ...old } = known.inputs;
  const { failures } = await one.check({ ...old, description: "new" }, old);
  expect(failures).toEqual([expect.stringMatching(/pulumi config set vpnaas:dialect neutron/)]);
});
