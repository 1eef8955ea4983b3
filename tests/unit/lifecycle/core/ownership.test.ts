import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";

const [ike, ipsec] = [cloudResourceType("IkePolicy"), cloudResourceType("IpsecPolicy")];

it("lets one resource claim an object, and no other one after it", () => {
  const ownership = new OwnershipRegistry();
  expect(["x", "x", "y"].map((id) => ownership.claim(id))).toEqual([true, false, true]);
  expect(ownership.isHeld("x")).toBe(true);
});

it("lets no resource claim what another one holds or deletes", () => {
  const ownership = new OwnershipRegistry();
  ownership.hold("held");
  ownership.beginDelete("going");
  expect(["held", "going"].map((id) => ownership.claim(id))).toEqual([false, false]);
});

it("lets another resource claim what is released", () => {
  const ownership = new OwnershipRegistry();
  ownership.claim("x");
  ownership.release("x");
  expect([ownership.isHeld("x"), ownership.claim("x")]).toEqual([false, true]);
});

it("keeps from deletion what was claimed, and not what is only held", () => {
  const ownership = new OwnershipRegistry();
  ownership.hold("held");
  ownership.claim("claimed");
  expect(["held", "claimed"].map((id) => ownership.keepReason(id))).toEqual([
    undefined,
    "this run has adopted it",
  ]);
});

describe("an object whose diff replaces nothing", () => {
  const keptBy = (checked: object, news: object) => {
    const ownership = new OwnershipRegistry();
    ownership.recordCheck(ike, { ...checked });
    ownership.keep(ike, "x", { ...news });
    return ownership;
  };

  it("is kept from deletion, where the run has checked the inputs", () => {
    const ownership = keptBy(
      { name: "a", lifetime: { units: "seconds", value: 60 }, adopt: null },
      { lifetime: { value: 60, units: "seconds" }, name: "a" },
    );
    expect(ownership.isKept("x")).toBe(true);
    expect(ownership.keepReason("x")).toBe("another resource of this stack holds it");
    expect(ownership.keepReason("y")).toBeUndefined();
  });

  it("is not kept by the diff of a refresh, whose inputs no check has answered with", () => {
    expect(keptBy({ name: "new" }, { name: "old" }).isKept("x")).toBe(false);
  });

  it("is not kept by inputs of another kind", () => {
    const ownership = keptBy({ name: "a" }, { name: "b" });
    ownership.keep(ipsec, "x", { name: "a" });
    expect(ownership.isKept("x")).toBe(false);
  });

  it("is shared from the second resource on, be the other one new or not", () => {
    const ownership = keptBy({ name: "a" }, { name: "a" });
    expect(ownership.isShared("x")).toBe(false);
    ownership.keep(ike, "x", { name: "a" });
    expect(ownership.isShared("x")).toBe(true);
    ownership.claim("y");
    expect(ownership.isShared("y")).toBe(false);
    ownership.keep(ike, "y", { name: "a" });
    expect(ownership.isShared("y")).toBe(true);
  });
});

describe("a creation with the inputs of a diff that kept its object", () => {
  const keptBy = (...names: readonly string[]) => {
    const ownership = new OwnershipRegistry();
    for (const name of names) {
      ownership.recordCheck(ike, { name });
      ownership.keep(ike, "x", { name });
    }
    return ownership;
  };

  it("lets the object go, since the engine replaces it all the same", () => {
    const ownership = keptBy("a");
    ownership.recordCreation(ike, { name: "a" });
    expect([ownership.isKept("x"), ownership.keepReason("x")]).toEqual([false, undefined]);
  });

  it("leaves the object to another resource that holds it", () => {
    const ownership = keptBy("a", "b");
    ownership.recordCreation(ike, { name: "a" });
    expect([ownership.isKept("x"), ownership.isShared("x")]).toEqual([true, false]);
  });

  it("lets no object go that is kept with other inputs, or of another kind", () => {
    const ownership = keptBy("a");
    for (const kind of [ike, ipsec]) ownership.recordCheck(kind, { name: "b" });
    ownership.recordCheck(ipsec, { name: "a" });
    ownership.recordCreation(ike, { name: "b" });
    ownership.recordCreation(ipsec, { name: "a" });
    expect(ownership.isKept("x")).toBe(true);
  });

  it("counts as a check for the diffs that follow", () => {
    const ownership = new OwnershipRegistry();
    ownership.recordCreation(ike, { name: "a" });
    ownership.keep(ike, "x", { name: "a" });
    expect(ownership.isKept("x")).toBe(true);
  });
});

it("counts each object once that the run deletes, and knows a second deletion", () => {
  const ownership = new OwnershipRegistry();
  expect(["x", "x", "y"].map((id) => ownership.beginDelete(id))).toEqual([true, false, true]);
  expect([ownership.deletions, ownership.isDeleted("x"), ownership.isDeleted("z")]).toEqual([
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
    const ownership = new OwnershipRegistry();
    const events: string[] = [];
    let end: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (end = resolve));
    const first = ownership.inTurn(ike, { name: "a" }, async () => {
      events.push("1");
      await gate;
      events.push("1 ends");
    });
    const second = ownership.inTurn(definition, inputs, () => Promise.resolve(events.push("2")));
    await new Promise(setImmediate);
    end?.();
    await Promise.all([first, second]);
    expect(events).toEqual(expected);
  });

  it("go on where the first one fails", async () => {
    const ownership = new OwnershipRegistry();
    const first = ownership.inTurn(ike, { name: "a" }, () => Promise.reject(new Error("no")));
    const second = ownership.inTurn(ike, { name: "a" }, () => Promise.resolve("done"));
    await expect(first).rejects.toThrow("no");
    await expect(second).resolves.toBe("done");
  });
});

it("knows that the adopt of what is replaced is served, for that kind and cloud alone", () => {
  const ownership = new OwnershipRegistry();
  ownership.markReplaced(ike, { adopt: "theirs" });
  expect(ownership.isAdoptionConsumed(ike, { adopt: "theirs" })).toBe(true);
  expect(ownership.isAdoptionConsumed(ipsec, { adopt: "theirs" })).toBe(false);
  expect(ownership.isAdoptionConsumed(ike, { adopt: "theirs", cloud: "other" })).toBe(false);
  expect(ownership.isAdoptionConsumed(ike, { adopt: "x" })).toBe(false);
});

it("counts nothing as served by the replacement of what adopted nothing", () => {
  const ownership = new OwnershipRegistry();
  ownership.markReplaced(ike, {});
  expect(ownership.isAdoptionConsumed(ike, {})).toBe(false);
});

it("knows what is to be changed, and no other object", () => {
  const ownership = new OwnershipRegistry();
  ownership.willChange("x");
  expect([ownership.isToChange("x"), ownership.isToChange("y")]).toEqual([true, false]);
});

it("knows the last change of an object", () => {
  const ownership = new OwnershipRegistry();
  ownership.changed("x", { changedAt: 1, status: "ACTIVE" });
  ownership.changed("x", { changedAt: 2, status: "DOWN" });
  expect(ownership.lastChange("x")).toEqual({ changedAt: 2, status: "DOWN" });
  expect(ownership.lastChange("y")).toBeUndefined();
});

it("knows whose name is hidden", () => {
  const ownership = new OwnershipRegistry();
  ownership.hideName("x");
  expect([ownership.hidesName("x"), ownership.hidesName("y")]).toEqual([true, false]);
});
