import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { PluginProcess, urnOf } from "../../support/harness/pluginProcess";
import { struct, type Properties } from "../../support/harness/providerProcess";
import { refusal } from "../scene";

/** The parts of the served schema that this test compares with the plugin. */
interface Served {
  readonly provider: { readonly inputProperties: Properties };
  readonly resources: Readonly<Record<string, ServedResource>>;
  readonly functions: Readonly<Record<string, { inputs: { properties: Properties } }>>;
}

interface ServedResource {
  readonly inputProperties: Properties;
  readonly requiredInputs?: readonly string[];
}

const FOREIGN = "notInAnySchema";
/** A value that no property accepts. */
const INVALID = { [FOREIGN]: true };
const EXPLICIT = "urn:pulumi:test::project::pulumi:providers:vpnaas::tokyo";

let plugin: PluginProcess;
let served: Served;

beforeAll(async () => {
  plugin = await PluginProcess.start();
  const answer = await plugin.call<messages.GetSchemaResponse>(
    "getSchema",
    new messages.GetSchemaRequest(),
  );
  served = JSON.parse(answer.getSchema()) as Served;
});

afterAll(() => plugin.stop());

/** The names in failures such as `psk: must be a string` that do not refuse the name itself. */
async function acceptedNames(token: string, names: readonly string[]): Promise<string[]> {
  const urn = urnOf(token.split(":").at(-1)!);
  const invalid = Object.fromEntries(names.map((name) => [name, INVALID]));
  const accepted = new Set<string>();
  for (const dialect of ["neutron", "k5"]) {
    await plugin.configure({ dialect });
    const { failures } = await plugin.check(urn, invalid);
    for (const failure of failures) {
      const name = /^\w+/.exec(failure)?.[0] ?? "";
      if (!/^\w+: is not an input/.test(failure)) accepted.add(name);
    }
  }
  return [...accepted].filter((name) => names.includes(name)).sort();
}

it("the served schema: names every input that the check of a resource accepts, and no other one", async () => {
  for (const [token, { inputProperties }] of Object.entries(served.resources)) {
    const names = Object.keys(inputProperties);
    expect([token, await acceptedNames(token, [...names, FOREIGN])]).toEqual([
      token,
      [...names].sort(),
    ]);
  }
});

it("the served schema: requires only inputs whose absence the check of a resource refuses", async () => {
  await plugin.configure({ dialect: "neutron" });
  for (const [token, { requiredInputs = [] }] of Object.entries(served.resources)) {
    const { failures } = await plugin.check(urnOf(token.split(":").at(-1)!), { name: "office" });
    const missing = failures
      .filter((one) => /is required/.test(one))
      .map((one) => /^\w+/.exec(one)?.[0]);
    expect([token, missing]).toEqual([token, expect.arrayContaining([...requiredInputs])]);
  }
});

it("the served schema: names the arguments of the provider that its check accepts", async () => {
  const names = Object.keys(served.provider.inputProperties);
  const args = Object.fromEntries([...names, FOREIGN].map((name) => [name, ""]));
  const request = new messages.CheckRequest().setUrn(EXPLICIT);
  const answer = await plugin.call<messages.CheckResponse>(
    "checkConfig",
    request.setNews(struct(args)),
  );
  const refused = answer
    .getFailuresList()
    .map((one) => one.getReason())
    .filter((reason) => /is not an argument/.test(reason));
  expect(refused).toEqual([expect.stringMatching(FOREIGN)]);
});

it("the served schema: names the arguments that each function accepts", async () => {
  await plugin.configure({ dialect: "neutron" });
  for (const [token, { inputs }] of Object.entries(served.functions)) {
    const names = [...Object.keys(inputs.properties), FOREIGN];
    const invalid = Object.fromEntries(names.map((name) => [name, INVALID]));
    const { message } = await refusal(plugin.invoke(token, invalid));
    expect([token, message.match(/\w+: is not an input/g)]).toEqual([
      token,
      [`${FOREIGN}: is not an input`],
    ]);
  }
});
