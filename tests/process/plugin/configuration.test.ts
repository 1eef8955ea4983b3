import { LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { UNKNOWN } from "../../../provider/model/unknowns";
import { PluginProcess, reasonsOf, secret, urnOf } from "../../support/harness/pluginProcess";
import { struct, type Properties } from "../../support/harness/providerProcess";
import { refusal } from "../scene";
import { loginOf, sharedPlugin } from "./scene";

const EXPLICIT = "urn:pulumi:test::project::pulumi:providers:vpnaas::tokyo";
const DEFAULT = "urn:pulumi:test::project::pulumi:providers:vpnaas::default_0_1_0";
const CANARY = "canary-password";

const shared = sharedPlugin();

async function checkConfig(args: Properties, urn = EXPLICIT) {
  const request = new messages.CheckRequest().setUrn(urn).setNews(struct(args));
  const answer = await shared.plugin.call<messages.CheckResponse>("checkConfig", request);
  return { inputs: answer.getInputs()!.toJavaScript() as Properties, failures: reasonsOf(answer) };
}

it("plugin configuration: accepts every kind of value and marks the password as secret", async () => {
  const args = { ...loginOf(shared.scene), password: CANARY, insecure: true, maxConcurrency: 4 };
  const { inputs, failures } = await checkConfig(args);
  expect(failures).toEqual([]);
  expect(inputs).toEqual({ ...args, password: secret(CANARY) });
});

it.each<[string, Properties, RegExp]>([
  ["an unknown argument", { favorite: CANARY }, /^favorite: is not an argument of this provider$/],
  ["a misspelled argument", { pasword: CANARY }, /of this provider: did you mean password\?$/],
  ["a value of a wrong type", { password: { a: CANARY } }, /^password: must be a string/],
  ["a value out of range", { dialect: CANARY }, /^the provider's argument dialect must be k5 or/],
  ["a URL with a password", { authUrl: `http://a:${CANARY}@b` }, /argument authUrl must be a URL/],
  ["a missing file", { cacert: "/missing.pem" }, /argument cacert cannot be read \(ENOENT\)/],
  ["a cloud that no file has", { cloud: "tokyo" }, /tokyo/],
])("plugin configuration: refuses %s and names it", async (_problem, args, reason) => {
  const { failures } = await checkConfig(args);
  expect(failures).toEqual([expect.stringMatching(reason)]);
  expect(failures.join()).not.toContain(CANARY);
});

it("plugin configuration: accepts an argument that is not known yet", async () => {
  const { failures } = await checkConfig({ dialect: UNKNOWN, password: secret(UNKNOWN) });
  expect(failures).toEqual([]);
});

it("plugin configuration: accepts keys of a project that is named like this package", async () => {
  expect((await checkConfig({ psk: CANARY }, DEFAULT)).failures).toEqual([]);
});

it("plugin configuration: warns of an unknown key of the stack configuration on its provider", async () => {
  const plugin = await PluginProcess.start();
  try {
    const args = { regoin: secret("RegionOne"), region: "RegionOne", version: "0.1.0" };
    const request = new messages.CheckRequest().setUrn(DEFAULT).setNews(struct(args));
    await plugin.call("checkConfig", request);
    expect(plugin.lines).toEqual([
      {
        urn: DEFAULT,
        message: "vpnaas:regoin is not a known setting: did you mean vpnaas:region?",
        severity: LogSeverity.WARNING,
        isEphemeral: false,
      },
    ]);
  } finally {
    await plugin.stop();
  }
});

it("plugin configuration: replaces no provider because of a changed password", async () => {
  const request = new messages.DiffRequest()
    .setUrn(EXPLICIT)
    .setOldInputs(struct({ password: secret("old"), authUrl: "http://a" }))
    .setNews(struct({ password: secret("new"), authUrl: "http://b" }));
  const answer = await shared.plugin.call<messages.DiffResponse>("diffConfig", request);
  expect(answer.getReplacesList()).toEqual([]);
  expect(answer.getDiffsList().sort()).toEqual(["authUrl", "password"]);
});

it("plugin configuration: an explicit provider with a login reads no login of the environment", async () => {
  const env = { OS_AUTH_URL: "http://127.0.0.1:1", OS_PASSWORD: "wrong", OS_USERNAME: "other" };
  const explicit = await PluginProcess.start(env);
  try {
    await explicit.configure(loginOf(shared.scene), EXPLICIT);
    const { id } = await explicit.invoke("vpnaas:index:getVpnService", {
      id: shared.scene.parents.vpnServiceId,
    });
    expect(id).toBe(shared.scene.parents.vpnServiceId);
    await explicit.configure({ ...loginOf(shared.scene), password: "" }, EXPLICIT);
    const lookup = explicit.invoke("vpnaas:index:getVpnService", { name: "a" });
    expect((await refusal(lookup)).message).toMatch(/^The login lacks password/);
  } finally {
    await explicit.stop();
  }
});

it("plugin configuration: serves the schema of schema.json with all types and lookups", async () => {
  const request = new messages.GetSchemaRequest();
  const answer = await shared.plugin.call<messages.GetSchemaResponse>("getSchema", request);
  const schema = JSON.parse(answer.getSchema()) as Record<string, Properties>;
  expect(Object.keys(schema["resources"]!)).toContain("vpnaas:index:PreSharedKey");
  expect(Object.keys(schema["functions"]!)).toContain("vpnaas:index:getIkePolicy");
});

it("plugin configuration: serves a resource without any configuration in a preview", async () => {
  const bare = await PluginProcess.start();
  try {
    const { outputs } = await bare.create(
      urnOf("PreSharedKey"),
      { generation: 1 },
      { preview: true },
    );
    expect(outputs).toEqual({ generation: 1, current: secret(UNKNOWN), next: secret(UNKNOWN) });
  } finally {
    await bare.stop();
  }
});
