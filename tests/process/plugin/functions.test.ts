import { UNKNOWN } from "../../../provider/model/unknowns";
import { secret, urnOf } from "../../support/harness/pluginProcess";
import type { Properties } from "../../support/harness/providerProcess";
import { refusal } from "../scene";
import { sharedPlugin } from "./scene";

const PSK = "canary-psk-1";
const PEER = "vpnaas:index:getPeerConfiguration";

const shared = sharedPlugin();
let connectionId: string;
let name: unknown;

beforeAll(async () => {
  const urn = urnOf("IpsecSiteConnection");
  const { inputs } = await shared.plugin.check(urn, shared.scene.args({ psk: secret(PSK) }));
  connectionId = (await shared.plugin.create(urn, inputs)).id;
  name = inputs["name"];
});

it("plugin: looks up an object by its name", async () => {
  const found = await shared.plugin.invoke("vpnaas:index:getIpsecSiteConnection", { name });
  expect(found).toMatchObject({ id: connectionId, name });
  expect(found).not.toHaveProperty("psk");
});

it("plugin: marks every result of a lookup with a secret argument as secret", async () => {
  const args = { name: secret(name) };
  const found = await shared.plugin.invoke("vpnaas:index:getIpsecSiteConnection", args);
  expect(found["id"]).toEqual(secret(connectionId));
});

it("plugin: composes the configuration of the peer, and marks its text alone as secret", async () => {
  const result = await shared.plugin.invoke(PEER, { connectionId, format: "swanctl" });
  const { value } = result["text"] as { value: string };
  expect(result["text"]).toEqual(secret(value));
  expect(value).toContain(Buffer.from(PSK).toString("base64"));
  expect(result["notes"]).toEqual(expect.any(Array));
});

it("plugin: shows no key of an argument that the program has not marked as secret", async () => {
  const key = `canary-${"k".repeat(300)}`;
  const { message } = await refusal(
    shared.plugin.invoke(PEER, { connectionId, format: "swanctl", psk: key }),
  );
  expect(message).toMatch(/^The peer's configuration is not available: psk: /);
  expect(message + shared.plugin.output).not.toContain("canary-k");
});

it.each<[string, Properties]>([
  [PEER, { connectionId: UNKNOWN, format: "swanctl" }],
  ["vpnaas:index:getIkePolicy", { name: UNKNOWN }],
])("plugin: %s has an unknown result while an argument is unknown", async (token, args) => {
  expect(await shared.plugin.invoke(token, args)).toEqual({});
});
