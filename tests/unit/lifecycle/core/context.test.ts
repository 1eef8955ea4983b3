import { timed } from "../../../../provider/lifecycle/core/context";
import { displayName, nameOf } from "../../../../provider/model/labels";
import type { Values } from "../../../../provider/schema/resourceType";
import { resourceOf } from "../../support/kinds";
import { aContext } from "../../support/givenContext";

describe("the deadline of an operation", () => {
  const seconds = (operation: "create" | "update" | "delete", values: Values) => {
    const { context, clock } = aContext({});
    return (timed(context, operation, values).deadline - clock.now()) / 1_000;
  };

  it.each([
    ["create", 45],
    ["update", 60],
    ["delete", 75],
  ] as const)("comes from timeouts.%s", (operation, expected) => {
    const timeouts = { create: "45s", update: "1m", delete: "1m15s" };
    expect(seconds(operation, { timeouts })).toBe(expected);
  });

  it.each<[Values]>([[{}], [{ timeouts: {} }], [{ timeouts: { update: "1s" } }]])(
    "is ten minutes by default: %j",
    (values) => {
      expect([seconds("create", values), seconds("delete", values)]).toEqual([600, 600]);
    },
  );

  it("counts from the request of the engine, so that a login before it is included", () => {
    const { context, clock } = aContext({});
    clock.pass(20_000);
    const { deadline } = timed(context, "create", { timeouts: { create: "45s" } });
    expect(deadline - clock.now()).toBe(25_000);
  });

  it("limits every request of the operation, as its signal does", () => {
    const within = jest.fn();
    const { signal } = new AbortController();
    const { context } = aContext({}, { signal });
    Object.assign(context.client, { within });
    const { deadline } = timed(context, "create", { timeouts: { create: "45s" } });
    expect(within).toHaveBeenCalledWith(deadline, signal);
  });
});

describe("displayName shows an object", () => {
  const policy = { resource: resourceOf("IkePolicy") };

  it.each<[string, Values, string]>([
    ["by type, name and id", { name: "office" }, "IkePolicy office (x)"],
    ["by type and id if it has no name", {}, "IkePolicy x"],
    ["by type and id if its name is empty", { name: "" }, "IkePolicy x"],
    [
      "by a name with escaped control characters",
      { name: "\u001b[31m" },
      "IkePolicy \\x1b[31m (x)",
    ],
  ])("%s", (_what, values, called) => {
    expect(displayName(policy, "x", values)).toBe(called);
  });

  it("by its type and id if the program marks its name as secret", () => {
    const hidden = new Set(["name"]);
    expect(displayName({ ...policy, secretInputs: hidden }, "x", { name: "office" })).toBe(
      "IkePolicy x",
    );
  });

  it("by its name if the program marks another input as secret", () => {
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
])("nameOf(%j) is %j", (values, name) => {
  expect(nameOf(values)).toBe(name);
});
