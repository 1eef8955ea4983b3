import { definitionOf } from "../../../provider/lifecycle/definition";
import { Holdings } from "../../../provider/lifecycle/holdings";

const [ike, ipsec] = [definitionOf("IkePolicy"), definitionOf("IpsecPolicy")];

it("lets one resource claim an object, and no other one after it", () => {
  const holdings = new Holdings();
  expect(["x", "x", "y"].map((id) => holdings.claim(id))).toEqual([true, false, true]);
  expect(holdings.isHeld("x")).toBe(true);
});

it("lets no resource claim what another one holds or deletes", () => {
  const holdings = new Holdings();
  holdings.hold("held");
  holdings.beginDelete("going");
  expect(["held", "going"].map((id) => holdings.claim(id))).toEqual([false, false]);
});

it("lets another resource claim what is released", () => {
  const holdings = new Holdings();
  holdings.claim("x");
  holdings.release("x");
  expect([holdings.isHeld("x"), holdings.claim("x")]).toEqual([false, true]);
});

it("keeps from deletion what was claimed, and not what is only held", () => {
  const holdings = new Holdings();
  holdings.hold("held");
  holdings.claim("claimed");
  expect(["held", "claimed"].map((id) => holdings.keptBecause(id))).toEqual([
    undefined,
    "this run has taken it over",
  ]);
});

describe("an object whose diff replaces nothing", () => {
  const keptBy = (checked: object, news: object) => {
    const holdings = new Holdings();
    holdings.recordCheck(ike, { ...checked });
    holdings.keep(ike, "x", { ...news });
    return holdings;
  };

  it("is kept from deletion, where the run has checked the inputs", () => {
    const holdings = keptBy(
      { name: "a", lifetime: { units: "seconds", value: 60 }, adopt: null },
      { lifetime: { value: 60, units: "seconds" }, name: "a" },
    );
    expect(holdings.isKept("x")).toBe(true);
    expect(holdings.keptBecause("x")).toBe("another resource of this stack holds it");
    expect(holdings.keptBecause("y")).toBeUndefined();
  });

  it("is not kept by the diff of a refresh, whose inputs no check has answered with", () => {
    expect(keptBy({ name: "new" }, { name: "old" }).isKept("x")).toBe(false);
  });

  it("is not kept by inputs of another kind", () => {
    const holdings = keptBy({ name: "a" }, { name: "b" });
    holdings.keep(ipsec, "x", { name: "a" });
    expect(holdings.isKept("x")).toBe(false);
  });

  it("is shared from the second resource on, be the other one new or not", () => {
    const holdings = keptBy({ name: "a" }, { name: "a" });
    expect(holdings.isShared("x")).toBe(false);
    holdings.keep(ike, "x", { name: "a" });
    expect(holdings.isShared("x")).toBe(true);
    holdings.claim("y");
    expect(holdings.isShared("y")).toBe(false);
    holdings.keep(ike, "y", { name: "a" });
    expect(holdings.isShared("y")).toBe(true);
  });
});

it("counts each object once that the run deletes, and knows a second deletion", () => {
  const holdings = new Holdings();
  expect(["x", "x", "y"].map((id) => holdings.beginDelete(id))).toEqual([true, false, true]);
  expect([holdings.deletions, holdings.isDeleted("x"), holdings.isDeleted("z")]).toEqual([
    2,
    true,
    false,
  ]);
});

describe("two creates of one name", () => {
  it.each([
    ["take turns, in the order in which they came", ike, { name: "a" }, ["1", "1 ends", "2"]],
    ["of two kinds do not", ipsec, { name: "a" }, ["1", "2", "1 ends"]],
    ["in two clouds do not", ike, { name: "a", cloud: "other" }, ["1", "2", "1 ends"]],
    ["that is another one do not", ike, { name: "b" }, ["1", "2", "1 ends"]],
  ])("%s", async (_what, definition, inputs, expected) => {
    const holdings = new Holdings();
    const events: string[] = [];
    let end: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (end = resolve));
    const first = holdings.inTurn(ike, { name: "a" }, async () => {
      events.push("1");
      await gate;
      events.push("1 ends");
    });
    const second = holdings.inTurn(definition, inputs, () => Promise.resolve(events.push("2")));
    await new Promise(setImmediate);
    end?.();
    await Promise.all([first, second]);
    expect(events).toEqual(expected);
  });

  it("go on where the first one fails", async () => {
    const holdings = new Holdings();
    const first = holdings.inTurn(ike, { name: "a" }, () => Promise.reject(new Error("no")));
    const second = holdings.inTurn(ike, { name: "a" }, () => Promise.resolve("done"));
    await expect(first).rejects.toThrow("no");
    await expect(second).resolves.toBe("done");
  });
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
