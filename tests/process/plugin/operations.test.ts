import { PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";

import { UNKNOWN } from "../../../provider/model/unknowns";
import { secret, urnOf } from "../../support/harness/pluginProcess";
import type { OperationError, Properties } from "../../support/harness/providerProcess";
import { leftover, refusal } from "../scene";
import { sharedPlugin } from "./scene";

const PSK = "canary-psk-1";
const URN = urnOf("IpsecSiteConnection");
const { UPDATE, UPDATE_REPLACE } = PropertyDiff.Kind;

const shared = sharedPlugin();

/** Checks inputs with a secret psk and creates a connection. */
async function make(changes: Properties = {}, urn = URN) {
  const { inputs, failures } = await shared.plugin.check(
    urn,
    shared.scene.args({ psk: secret(PSK), ...changes }),
  );
  expect(failures).toEqual([]);
  return { ...(await shared.plugin.create(urn, inputs)), inputs };
}

it("plugin: marks a psk as secret in inputs and outputs, though the program does not", async () => {
  const { inputs, outputs } = await make({ psk: PSK });
  expect(inputs["psk"]).toEqual(secret(PSK));
  expect(outputs["psk"]).toEqual(secret(PSK));
  expect(outputs["status"]).toMatch(/^(?:ACTIVE|DOWN)$/);
});

it("plugin: marks an output as secret whose input the program marks", async () => {
  const { outputs } = await make({ description: secret("canary-description") });
  expect(outputs["description"]).toEqual(secret("canary-description"));
});

it("plugin: derives the same name from stack, resource and inputs in each check", async () => {
  const args = shared.scene.args({ psk: secret(PSK) });
  delete args["name"];
  const names = [await shared.plugin.check(URN, args), await shared.plugin.check(URN, args)].map(
    ({ inputs }) => inputs["name"],
  );
  expect(names[0]).toMatch(/^test-office-[0-9a-f]{7}$/);
  expect(names[1]).toBe(names[0]);
});

it("plugin: leaves the name unknown while an input that it depends on is unknown", async () => {
  const args = shared.scene.args({ vpnServiceId: UNKNOWN });
  delete args["name"];
  const { inputs } = await shared.plugin.check(URN, args);
  expect(inputs["name"]).toBe(UNKNOWN);
});

it("plugin: previews a create with unknown outputs and sends no request", async () => {
  const { inputs } = await shared.plugin.check(URN, shared.scene.args({ psk: secret(PSK) }));
  shared.scene.forget();
  const { id, outputs } = await shared.plugin.create(URN, inputs, { preview: true });
  expect(id).toBe("");
  expect(outputs).toMatchObject({ name: inputs["name"], status: UNKNOWN, projectId: UNKNOWN });
  expect(outputs).not.toHaveProperty("cloud");
  expect(shared.scene.sent()).toEqual([]);
});

it("plugin: reports changed members of an object and a changed psk by their paths", async () => {
  const { id, inputs, outputs } = await make({ dpd: { interval: 30 } });
  const news = { ...inputs, dpd: { interval: 20 }, psk: secret("canary-psk-2") };
  const checked = await shared.plugin.check(URN, news, inputs);
  const result = await shared.plugin.diff(URN, id, {
    state: outputs,
    oldInputs: inputs,
    inputs: checked.inputs,
  });
  expect(result).toMatchObject({ changes: true, replaces: [] });
  expect(result.detail).toEqual({ "dpd.interval": UPDATE, psk: UPDATE });
});

it("plugin: reports a change that needs another object as a replacement", async () => {
  const { id, inputs, outputs } = await make();
  const news = { ...inputs, vpnServiceId: UNKNOWN };
  const result = await shared.plugin.diff(URN, id, {
    state: outputs,
    oldInputs: inputs,
    inputs: news,
  });
  expect(result.detail).toEqual({ vpnServiceId: UPDATE_REPLACE });
});

it("plugin: reports no change for the same inputs", async () => {
  const { id, inputs, outputs } = await make({ description: secret("canary-description") });
  const result = await shared.plugin.diff(URN, id, { state: outputs, oldInputs: inputs, inputs });
  // The order is for the option `replaceOnChanges`, which replaces on the engine's own account.
  expect(result).toEqual({ changes: false, replaces: [], deleteBeforeReplace: true, detail: {} });
});

it("plugin: updates an object and returns the new outputs", async () => {
  const { id, inputs, outputs } = await make();
  const news = { ...inputs, description: "new" };
  const updated = await shared.plugin.update(URN, id, {
    state: outputs,
    oldInputs: inputs,
    inputs: news,
  });
  expect(updated).toMatchObject({ description: "new", psk: secret(PSK) });
  expect(await shared.scene.live(id)).toMatchObject({ description: "new" });
});

it("plugin: previews an update with an unknown status and sends no request", async () => {
  const { id, inputs, outputs } = await make();
  shared.scene.forget();
  const news = { ...inputs, description: "new" };
  const values = { state: outputs, oldInputs: inputs, inputs: news };
  const preview = await shared.plugin.update(URN, id, values, { preview: true });
  expect(preview).toMatchObject({
    description: "new",
    status: UNKNOWN,
    projectId: outputs["projectId"],
    endpoint: outputs["endpoint"],
  });
  expect(shared.scene.sent()).toEqual([]);
});

it("plugin: keeps the id and secrets of an object whose create failed after the POST", async () => {
  const { inputs } = await shared.plugin.check(
    URN,
    shared.scene.args({ psk: secret(PSK), waitFor: "active" }),
  );
  const create = shared.plugin.create(URN, { ...inputs, name: "[pending 9s]" }, { timeout: 1 });
  const { id, properties, reason } = await leftover(create);
  expect(await shared.scene.live(id)).toMatchObject({ status: "PENDING_CREATE" });
  expect(properties["psk"]).toEqual(secret(PSK));
  expect(properties).not.toHaveProperty("timeouts");
  expect(reason).not.toContain(PSK);
});

it("plugin: reads, and logs drift on the resource it belongs to", async () => {
  const { id, inputs, outputs } = await make();
  await shared.scene.alter(id, { description: "by hand" });
  const read = await shared.plugin.read(URN, id, outputs, inputs);
  expect(read.outputs).toMatchObject({ description: "by hand", psk: secret(PSK) });
  const line = shared.plugin.lines.find(({ message }) => message.includes("description"));
  expect(line).toMatchObject({ urn: URN, isEphemeral: false });
});

it("plugin: imports an object without a line about drift", async () => {
  const { id } = await make();
  const before = shared.plugin.lines.length;
  const { outputs, inputs } = await shared.plugin.read(URN, id);
  expect(inputs).toMatchObject({ psk: secret(PSK), peerAddress: outputs["peerAddress"] });
  expect(shared.plugin.lines.slice(before)).toEqual([]);
});

it("plugin: refuses to import an id of another type, and names that type", async () => {
  const { message } = await refusal(shared.plugin.read(URN, shared.scene.parents.ikePolicyId));
  expect(message).toMatch(/cannot be imported: that id belongs to an object of type IkePolicy\.$/);
});

it.each([
  ["0c1d5a1e-0000-4000-8000-000000000000", /this login sees no such object at http/],
  ["../ikepolicies", /the id of an object is a UUID/],
])("plugin: refuses to import %s", async (id, reason) => {
  const error: OperationError = await refusal(shared.plugin.read(URN, id));
  expect(error.message).toMatch(reason);
});

it("plugin: deletes an object", async () => {
  const { id, outputs } = await make();
  await shared.plugin.delete(URN, id, outputs);
  await expect(shared.scene.live(id)).rejects.toThrow();
});
