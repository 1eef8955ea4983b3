import { definitionOf } from "../../../provider/lifecycle/definition";
import { Holdings } from "../../../provider/lifecycle/holdings";

const [ike, ipsec] = [definitionOf("IkePolicy"), definitionOf("IpsecPolicy")];

it("lets only the first create of a name claim what is there", () => {
  const holdings = new Holdings();
  expect([holdings.claim(ike, "a"), holdings.claim(ike, "a")]).toEqual([true, false]);
});

it("keeps apart the claims of other names and other kinds", () => {
  const holdings = new Holdings();
  holdings.claim(ike, "a");
  expect([holdings.claim(ike, "b"), holdings.claim(ipsec, "a")]).toEqual([true, true]);
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

it("knows that the adopt of what is replaced is served, for that kind alone", () => {
  const holdings = new Holdings();
  holdings.replace(ike, { adopt: "theirs" });
  expect(holdings.isServed(ike, "theirs")).toBe(true);
  expect([holdings.isServed(ipsec, "theirs"), holdings.isServed(ike, "x")]).toEqual([false, false]);
});

it("counts nothing as served by the replacement of what adopted nothing", () => {
  const holdings = new Holdings();
  holdings.replace(ike, {});
  expect(holdings.isServed(ike, "undefined")).toBe(false);
});
