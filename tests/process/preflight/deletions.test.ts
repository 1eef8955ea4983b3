import { autoName } from "../../../provider/model/autoName";
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

it("a wrong dialect fails a changed connection that was created in that dialect", async () => {
  const one = await scene.start({ config: { "vpnaas:dialect": "k5" } });
  const { mtu: _mtu, localId: _localId, ...old } = known.inputs;
  const { failures } = await one.check({ ...old, description: "new" }, old);
  expect(failures).toEqual([expect.stringMatching(/pulumi config set vpnaas:dialect neutron/)]);
});
