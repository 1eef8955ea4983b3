import { definitionOf } from "../../../provider/lifecycle/definition";
import { Holdings } from "../../../provider/lifecycle/holdings";

const [ike, ipsec] = [definitionOf("IkePolicy"), definitionOf("IpsecPolicy")];

it("lets only the first create of a name claim what is there", () => {
  const holdings = new Holdings();
  expect([1, 2].map(() => holdings.claim(ike, { name: "a" }))).toEqual([true, false]);
});

it.each([
  ["name", ike, { name: "b" }],
  ["kind", ipsec, { name: "a" }],
  ["cloud", ike, { name: "a", cloud: "other" }],
])("keeps apart the claims of another %s", (_what, definition, inputs) => {
  const holdings = new Holdings();
  holdings.claim(ike, { name: "a" });
  expect(holdings.claim(definition, inputs)).toBe(true);
});

it("knows what is held, and that holding is not taking over", () => {
  const holdings = new Holdings();
  holdings.hold("x");
  expect([holdings.isHeld("x"), holdings.wasTakenOver("x")]).toEqual([true, false]);
  expect(holdings.isHeld("y")).toBe(false);
});

it("holds what it takes over", () => {
  const holdings = new Holdings();
  holdings.takeOver("x");
  expect([holdings.isHeld("x"), holdings.wasTakenOver("x")]).toEqual([true, true]);
});

it("forgets what is released", () => {
  const holdings = new Holdings();
  holdings.takeOver("x");
  holdings.release("x");
  expect([holdings.isHeld("x"), holdings.wasTakenOver("x")]).toEqual([false, false]);
});

it("knows that the adopt of what is replaced is served, for that kind and cloud alone", () => {
  const holdings = new Holdings();
  holdings.replace(ike, { adopt: "theirs" });
  expect(holdings.isServed(ike, { adopt: "theirs" })).toBe(true);
  expect(holdings.isServed(ipsec, { adopt: "theirs" })).toBe(false);
  expect(holdings.isServed(ike, { adopt: "theirs", cloud: "other" })).toBe(false);
  expect(holdings.isServed(ike, { adopt: "x" })).toBe(false);
});

it("counts nothing as served by the replacement of what adopted nothing", () => {
  const holdings = new Holdings();
  holdings.replace(ike, {});
  expect(holdings.isServed(ike, {})).toBe(false);
});

it("knows what is to be changed, and no other object", () => {
  const holdings = new Holdings();
  holdings.willChange("x");
  expect([holdings.isToChange("x"), holdings.isToChange("y")]).toEqual([true, false]);
});

it("knows the last change of an object", () => {
  const holdings = new Holdings();
  holdings.changed("x", { changedAt: 1, status: "ACTIVE" });
  holdings.changed("x", { changedAt: 2, status: "DOWN" });
  expect(holdings.lastChange("x")).toEqual({ changedAt: 2, status: "DOWN" });
  expect(holdings.lastChange("y")).toBeUndefined();
});

it("knows whose name is hidden", () => {
  const holdings = new Holdings();
  holdings.hideName("x");
  expect([holdings.hidesName("x"), holdings.hidesName("y")]).toEqual([true, false]);
});
