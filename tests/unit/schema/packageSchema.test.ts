import { isInDialect, resolve, RESOURCES } from "../../../provider/schema/packageSchema";
import { KINDS } from "../support/kinds";

it("RESOURCES has every resource type under its name", () => {
  expect(Object.keys(RESOURCES)).toEqual([...KINDS, "ConnectionsReady", "PreSharedKey"]);
});

it("resolve replaces a reference by its type and keeps the other members", () => {
  const resolved = resolve({ $ref: "#/types/vpnaas:index:Initiator", default: "bi-directional" });
  expect(resolved).toMatchObject({ type: "string", default: "bi-directional" });
  expect(resolved.enum).toHaveLength(2);
});

it("resolve leaves a property without a reference unchanged", () => {
  expect(resolve({ type: "string" })).toEqual({ type: "string" });
});

it.each([
  [{}, true],
  [{ "x-k5": false }, false],
  [{ "x-k5": { maxItems: 1 } }, true],
  [{ "x-neutron": false }, true],
])("isInDialect of %j in the k5 dialect is %s", (one, expected) => {
  expect(isInDialect(one, "k5")).toBe(expected);
});
