import { timed } from "../../../../provider/lifecycle/core/context";
import { displayName, nameOf } from "../../../../provider/model/labels";
import type { Values } from "../../../../provider/schema/resourceType";
import { resourceOf } from "../../support/kinds";
import { aContext } from "../../support/givenContext";

describe("the time that an operation has", () => {
  const seconds = (operation: "create" | "update" | "delete", values: Values) => {
    const { context, clock } = aContext({});
    return (timed(context, operation, values).deadline - clock.now()) / 1_000;
  };

  it.each([
    ["create", 45],
    ["update", 60],
    ["delete", 75],
  ] as const)("is the one of timeouts.%s", (operation, expected) => {
    const timeouts = { create: "45s", update: "1m", delete: "1m15s" };
    expect(seconds(operation, { timeouts })).toBe(expected);
  });

  it.each<[Values]>([[{}], [{ timeouts: {} }], [{ timeouts: { update: "1s" } }]])(
    "is ten minutes where nothing else is said: %j",
    (values) => {
      expect([seconds("create", values), seconds("delete", values)]).toEqual([600, 600]);
    },
  );

  it("begins when the operation is asked for: a login before it counts", () => {
    const { context, clock } = aContext({});
    clock.pass(20_000);
    const { deadline } = timed(context, "create", { timeouts: { create: "45s" } });
    expect(deadline - clock.now()).toBe(25_000);
  });

  it("binds every request of the operation", () => {
    const within = jest.fn();
    const { context } = aContext({});
    Object.assign(context.client, { within });
    const { deadline } = timed(context, "create", { timeouts: { create: "45s" } });
    expect(within).toHaveBeenCalledWith(deadline);
  });
});

describe("an object is called", () => {
  const policy = { resource: resourceOf("IkePolicy") };

  it.each<[string, Values, string]>([
    ["by kind, name and id", { name: "office" }, "IkePolicy office (x)"],
    ["by kind and id where it has no name", {}, "IkePolicy x"],
    ["by kind and id where its name is empty", { name: "" }, "IkePolicy x"],
    ["by a name that no terminal obeys", { name: "\u001b[31m" }, "IkePolicy \\x1b[31m (x)"],
  ])("%s", (_what, values, called) => {
    expect(displayName(policy, "x", values)).toBe(called);
  });

  it("by its id alone where the program marks its name as secret", () => {
    const hidden = new Set(["name"]);
    expect(displayName({ ...policy, secretInputs: hidden }, "x", { name: "office" })).toBe(
      "IkePolicy x",
    );
  });

  it("by its name where the program marks something else as secret", () => {
    const hidden = new Set(["psk"]);
    expect(displayName({ ...policy, secretInputs: hidden }, "x", { name: "office" })).toBe(
      "IkePolicy office (x)",
    );
  });
});

it.each([
  [{ name: "office" }, "office"],
  [{}, ""],
  [{ name: null }, ""],
  [{ name: 5 }, ""],
])("takes from %j the name %j", (values, name) => {
  expect(nameOf(values)).toBe(name);
});
