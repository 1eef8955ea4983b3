import { keyPairsOf } from "../../../../cli/pulumi/keyPairs";

const SIGNATURE = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };
const clear = (value: string) => ({ ...SIGNATURE, plaintext: JSON.stringify(value) });
const closed = { ...SIGNATURE, ciphertext: "v1:AAAA:BBBB" };
const exported = (outputs: object, type = "pulumi-nodejs:dynamic/vpnaas:PreSharedKey") => ({
  version: 3,
  deployment: { resources: [{ type, outputs }] },
});

it("keyPairsOf: reads both keys of each PreSharedKey", () => {
  const outputs = { current: clear("a"), next: clear("b"), generation: 1 };
  expect(keyPairsOf(exported(outputs))).toEqual([{ current: "a", next: "b" }]);
});

it("keyPairsOf: reads the keys of a PreSharedKey of the plugin", () => {
  const outputs = { current: clear("a"), next: clear("b") };
  expect(keyPairsOf(exported(outputs, "vpnaas:index:PreSharedKey"))).toHaveLength(1);
});

it.each([
  ["encrypted keys", exported({ current: closed, next: closed })],
  [
    "another type",
    exported({ current: "a", next: "b" }, "random:index/randomPassword:RandomPassword"),
  ],
  ["a state without resources", { version: 3, deployment: {} }],
  ["no deployment", undefined],
])("keyPairsOf: has none for %s", (_, state) => {
  expect(keyPairsOf(state)).toEqual([]);
});
