import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";

import { secret, urnOf } from "../../support/harness/pluginProcess";
import type { Properties } from "../../support/harness/providerProcess";
import { refusal } from "../scene";
import { startPlugin, sharedPlugin } from "./scene";

const CANARY = "canary-psk-1";
const URN = urnOf("IpsecSiteConnection");

const shared = sharedPlugin();

/** The plugin still answers, and has shown no secret. */
async function expectUnharmed(): Promise<void> {
  const { failures } = await shared.plugin.check(URN, shared.scene.args());
  expect(failures).toEqual([]);
  expect(shared.plugin.output).not.toContain(CANARY);
}

it.each<[string, Properties]>([
  ["an object instead of a string", { psk: { a: secret(CANARY) } }],
  ["a number instead of a list", { peerCidrs: 12, psk: secret(CANARY) }],
  ["a list with an object", { peerCidrs: [{ psk: CANARY }] }],
  ["a resource instead of an id", { vpnServiceId: secret({ id: CANARY }) }],
  ["a value of a megabyte", { psk: secret(CANARY.repeat(100_000)) }],
  ["an unknown property", { [CANARY.slice(0, 6)]: CANARY }],
  ["a name with control characters", { name: "\u001b[2J", psk: secret(`${CANARY}\n`) }],
])("plugin: check refuses %s without its value", async (_problem, changes) => {
  const { failures } = await shared.plugin.check(URN, shared.scene.args(changes));
  expect(failures).not.toEqual([]);
  expect(failures.join()).not.toContain(CANARY);
  await expectUnharmed();
});

it.each([
  ["an unknown type", urnOf("Firewall"), /no resource type vpnaas:index:Firewall/],
  ["another package's type", "urn:pulumi:a::b::random:index:Id::c", /no resource type random:/],
  ["no URN", "", /no valid URN/],
  ["a damaged URN", "urn:pulumi:a::b", /no valid URN/],
])("plugin: refuses a resource with %s", async (_problem, urn, reason) => {
  for (const operation of [
    shared.plugin.check(urn, { psk: secret(CANARY) }),
    shared.plugin.create(urn, { psk: secret(CANARY) }),
    shared.plugin.read(urn, "an-id"),
    shared.plugin.delete(urn, "an-id", {}),
  ]) {
    expect((await refusal(operation)).message).toMatch(reason);
  }
  await expectUnharmed();
});

it("plugin: refuses an unknown function", async () => {
  const call = shared.plugin.invoke("vpnaas:index:getSecrets", { psk: CANARY });
  expect((await refusal(call)).message).toBe(
    "This version has no function vpnaas:index:getSecrets.",
  );
});

it("plugin: a create and an update with unchecked values of wrong types show none of them", async () => {
  const wrong = { psk: secret([CANARY]), name: { a: 1 }, timeouts: CANARY, dpd: [], cloud: 3 };
  const values = { state: wrong, oldInputs: wrong, inputs: wrong };
  for (const operation of [
    shared.plugin.create(URN, wrong),
    shared.plugin.update(URN, "an-id", values),
    shared.plugin.diff(URN, "an-id", values),
    shared.plugin.delete(URN, "an-id", wrong),
  ]) {
    expect((await refusal(operation)).message).not.toContain(CANARY);
  }
  await expectUnharmed();
});

it("plugin: answers a request whose values are nested two hundred levels deep", async () => {
  let deep: unknown = CANARY;
  for (let level = 0; level < 200; level += 1) deep = { a: deep };
  const { failures } = await shared.plugin.check(
    URN,
    shared.scene.args({ dpd: deep as Properties }),
  );
  expect(failures).not.toEqual([]);
  await expectUnharmed();
});

it("plugin: reports an unimplemented method as such", async () => {
  const error = await refusal(shared.plugin.call("construct", new messages.ConstructRequest()));
  expect(error.message).toMatch(/does not implement/);
});

it("plugin: refuses a malformed address of an engine, and shows its lines to the engine before", async () => {
  const attach = shared.plugin.call("attach", new PluginAttach().setAddress(""));
  expect((await refusal(attach)).message).toBe("The address of the engine is malformed.");
  const before = shared.plugin.lines.length;
  await shared.plugin.check(urnOf("IkePolicy"), { authAlgorithm: "sha1" });
  expect(shared.plugin.lines.slice(before).map(({ message }) => message)).toEqual([
    expect.stringMatching(/SHA-1/),
  ]);
});

it("plugin: a refused login shows no password", async () => {
  const wrong = await startPlugin(shared.scene, { password: secret(CANARY) });
  try {
    const error = await refusal(wrong.invoke("vpnaas:index:getIkePolicy", { name: "a" }));
    expect(error.message).toMatch(/401/);
    expect(error.message + wrong.output).not.toContain(CANARY);
  } finally {
    await wrong.stop();
  }
});
