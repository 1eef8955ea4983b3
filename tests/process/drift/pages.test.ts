import { Clouds } from "../../../provider/drift/clouds";
import { takeInventory } from "../../../provider/drift/inventory";
import { cloudResourceType, type Values } from "../../../provider/schema/resourceType";
import { toOutputs } from "../../../provider/model/wireMapping";
import { Log } from "../../../provider/log";
import { startSimulator, type Simulator } from "../../../simulator";
import { api, login, type Api, type ApiObject } from "../../support/harness/api";
import { wireObject } from "../../unit/support/builders";
import { aHeld, aStack } from "../../unit/support/givenInventory";

let sim: Simulator;
let cloud: Api;

afterEach(() => sim.stop());

/** A cloud whose pages hold two objects, with six policies in it. */
async function pagedCloud(dialect: "neutron" | "k5"): Promise<ApiObject[]> {
  sim = await startSimulator({ dialect, paginationMaxLimit: 2 });
  cloud = api(sim.endpoint, await login(sim.identityUrl));
  const made: ApiObject[] = [];
  for (let i = 0; i < 6; i += 1) {
    made.push(await cloud.post("/vpn/ikepolicies", { ikepolicy: { name: `policy-${i}` } }));
  }
  return made;
}

/** The result of `drift` for each policy of a stack: `seen`, `gone`, or the reason why it is unknown. */
async function verdicts(
  policies: readonly ApiObject[],
  dialect: "neutron" | "k5",
): Promise<string[]> {
  const config: Readonly<Record<string, string>> = {
    authUrl: sim.identityUrl,
    username: "lab-user",
    password: "lab-user-pass",
    projectName: "lab",
    dialect,
  };
  const held = policies.map(({ id, ...wire }) => {
    const outputs: Values = toOutputs(cloudResourceType("IkePolicy"), wireObject(wire), {});
    const projectId = sim.fixture.projectId;
    const state = { ...outputs, projectId, endpoint: sim.endpoint };
    return { ...aHeld("IkePolicy", { name: String(wire["name"]), id }), outputs: state };
  });
  const stack = aStack(held, { config: (key) => config[key] });
  const { sightings } = await takeInventory(new Clouds({}, new Log(() => undefined)), [stack]);
  return sightings.map(({ live, unseen }) => unseen ?? (live === undefined ? "gone" : "seen"));
}

const LIST = /\/ikepolicies$/;

describe.each(["neutron", "k5"] as const)("drift in pages of two in %s", (dialect) => {
  it("reports as missing only the object that was deleted between two pages", async () => {
    const policies = await pagedCloud(dialect);
    sim.script({
      method: "GET",
      path: LIST,
      skip: 1,
      onRequest: () => cloud.delete(`/vpn/ikepolicies/${policies[1]!.id}`),
    });
    // The list has shown it before its deletion.
    expect(await verdicts(policies, dialect)).toEqual(Array(6).fill("seen"));
    expect(await verdicts(policies, dialect)).toEqual([
      "seen",
      "gone",
      "seen",
      "seen",
      "seen",
      "seen",
    ]);
  });

  it("does not report an object as missing that a list omits but a GET finds", async () => {
    const policies = await pagedCloud(dialect);
    const shown = policies.slice(0, 1);
    sim.script({
      method: "GET",
      path: LIST,
      times: 9,
      answer: { status: 200, body: { ikepolicies: shown } },
    });
    expect(await verdicts(policies, dialect)).toEqual(Array(6).fill("seen"));
  });
});
