import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";

const [ike, ipsec] = [cloudResourceType("IkePolicy"), cloudResourceType("IpsecPolicy")];

it("OwnershipRegistry: lets only one resource claim an object", () => {
  const ownership = new OwnershipRegistry();
  expect(["x", "x", "y"].map((id) => ownership.claim(id))).toEqual([true, false, true]);
  expect(ownership.isHeld("x")).toBe(true);
});

it("OwnershipRegistry: refuses the claim of an object that another resource holds or deletes", () => {
  const ownership = new OwnershipRegistry();
  ownership.hold("held");
  ownership.beginDelete("going");
  expect(["held", "going"].map((id) => ownership.claim(id))).toEqual([false, false]);
});

it("OwnershipRegistry: lets another resource claim a released object", () => {
  const ownership = new OwnershipRegistry();
  ownership.claim("x");
  ownership.release("x");
  expect([ownership.isHeld("x"), ownership.claim("x")]).toEqual([false, true]);
});

it("OwnershipRegistry: protects a claimed object from deletion, but not a held one", () => {
  const ownership = new OwnershipRegistry();
  ownership.hold("held");
  ownership.claim("claimed");
  expect(["held", "claimed"].map((id) => ownership.keepReason(id))).toEqual([
    undefined,
    "this run has adopted it",
  ]);
});

describe("OwnershipRegistry: an object whose diff replaces no property", () => {
  const keptBy = (checked: object, news: object) => {
    const ownership = new OwnershipRegistry();
    ownership.recordCheck(ike, { ...checked });
    ownership.keep(ike, "x", { ...news });
    return ownership;
  };

  it("is protected from deletion if the run has checked the inputs", () => {
    const ownership = keptBy(
      { name: "a", lifetime: { units: "seconds", value: 60 }, adopt: null },
      { lifetime: { value: 60, units: "seconds" }, name: "a" },
    );
    expect(ownership.isKept("x")).toBe(true);
    expect(ownership.keepReason("x")).toBe("another resource of this stack holds it");
    expect(ownership.keepReason("y")).toBeUndefined();
  });

  it("is not protected by the diff of a refresh, whose inputs no check has returned", () => {
    expect(keptBy({ name: "new" }, { name: "old" }).isKept("x")).toBe(false);
  });

  it("is not protected by inputs of another resource type", () => {
    const ownership = keptBy({ name: "a" }, { name: "b" });
    ownership.keep(ipsec, "x", { name: "a" });
    expect(ownership.isKept("x")).toBe(false);
  });

  it("is shared from the second resource on, whether the other one is new or not", () => {
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

describe("OwnershipRegistry: a creation with the inputs of a diff that protected its object", () => {
  const keptBy = (...names: readonly string[]) => {
    const ownership = new OwnershipRegistry();
    for (const name of names) {
      ownership.recordCheck(ike, { name });
      ownership.keep(ike, "x", { name });
    }
    return ownership;
  };

  it("ends the protection, because the engine replaces the object anyway", () => {
    const ownership = keptBy("a");
    ownership.recordCreation(ike, { name: "a" });
    expect([ownership.isKept("x"), ownership.keepReason("x")]).toEqual([false, undefined]);
  });

  it("leaves the object to another resource that holds it", () => {
    const ownership = keptBy("a", "b");
    ownership.recordCreation(ike, { name: "a" });
    expect([ownership.isKept("x"), ownership.isShared("x")]).toEqual([true, false]);
  });

  it("keeps the protection of an object with other inputs or of another resource type", () => {
    const ownership = keptBy("a");
    for (const kind of [ike, ipsec]) ownership.recordCheck(kind, { name: "b" });
    ownership.recordCheck(ipsec, { name: "a" });
    ownership.recordCreation(ike, { name: "b" });
    ownership.recordCreation(ipsec, { name: "a" });
    expect(ownership.isKept("x")).toBe(true);
  });

  it("counts as a check for later diffs", () => {
    const ownership = new OwnershipRegistry();
    ownership.recordCreation(ike, { name: "a" });
    ownership.keep(ike, "x", { name: "a" });
    expect(ownership.isKept("x")).toBe(true);
  });
});

it("OwnershipRegistry: counts each deleted object once and recognizes a second deletion", () => {
  const ownership = new OwnershipRegistry();
  expect(["x", "x", "y"].map((id) => ownership.beginDelete(id))).toEqual([true, false, true]);
  expect([
    ownership.deletedObjects.size,
    ownership.isDeleted("x"),
    ownership.isDeleted("z"),
  ]).toEqual([2, true, false]);
});

describe("OwnershipRegistry: two creates with the same name", () => {
  it.each([
    [
      "run one after the other, in the order of their arrival",
      ike,
      { name: "a" },
      ["1", "1 ends", "2"],
    ],
    ["of two resource types run concurrently", ipsec, { name: "a" }, ["1", "2", "1 ends"]],
    ["in two clouds run concurrently", ike, { name: "a", cloud: "other" }, ["1", "2", "1 ends"]],
    ["run concurrently if the names differ", ike, { name: "b" }, ["1", "2", "1 ends"]],
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

  it("continue after the first one fails", async () => {
    const ownership = new OwnershipRegistry();
    const first = ownership.inTurn(ike, { name: "a" }, () => Promise.reject(new Error("no")));
    const second = ownership.inTurn(ike, { name: "a" }, () => Promise.resolve("done"));
    await expect(first).rejects.toThrow("no");
    await expect(second).resolves.toBe("done");
  });
});

it("OwnershipRegistry: a replaced resource has consumed its adoption, for that type and cloud only", () => {
  const ownership = new OwnershipRegistry();
  ownership.markReplaced(ike, { adopt: "theirs" });
  expect(ownership.isAdoptionConsumed(ike, { adopt: "theirs" })).toBe(true);
  expect(ownership.isAdoptionConsumed(ipsec, { adopt: "theirs" })).toBe(false);
  expect(ownership.isAdoptionConsumed(ike, { adopt: "theirs", cloud: "other" })).toBe(false);
  expect(ownership.isAdoptionConsumed(ike, { adopt: "x" })).toBe(false);
});

it("OwnershipRegistry: a replaced resource without adopt consumes no adoption", () => {
  const ownership = new OwnershipRegistry();
  ownership.markReplaced(ike, {});
  expect(ownership.isAdoptionConsumed(ike, {})).toBe(false);
});

it("OwnershipRegistry: knows which objects the run will change", () => {
  const ownership = new OwnershipRegistry();
  ownership.willChange("x");
  expect([ownership.isToChange("x"), ownership.isToChange("y")]).toEqual([true, false]);
});

it("OwnershipRegistry: returns the last change of an object", () => {
  const ownership = new OwnershipRegistry();
  ownership.changed("x", { changedAt: 1, status: "ACTIVE" });
  ownership.changed("x", { changedAt: 2, status: "DOWN" });
  expect(ownership.lastChange("x")).toEqual({ changedAt: 2, status: "DOWN" });
  expect(ownership.lastChange("y")).toBeUndefined();
});

it("OwnershipRegistry: knows the objects with a secret name", () => {
  const ownership = new OwnershipRegistry();
  ownership.hideName("x");
  expect([ownership.hidesName("x"), ownership.hidesName("y")]).toEqual([true, false]);
});
