import {
  Declarations,
  type Declaration,
} from "../../../../provider/lifecycle/preflight/declarations";

const declaration = (name: string, oldName?: string): Declaration => ({
  kind: "IkePolicy",
  subject: `IkePolicy ${name}`,
  inputs: { name },
  oldInputs: oldName === undefined ? {} : { name: oldName },
});

function declare(...all: Declaration[]): Declarations {
  const declarations = new Declarations();
  for (const one of all) declarations.declare(one);
  return declarations;
}

it("the other resources of a run leave out the one that is checked", () => {
  const others = declare(declaration("a"), declaration("b")).besides("IkePolicy", { name: "a" });
  expect(others.of("IkePolicy").map(({ subject }) => subject)).toEqual(["IkePolicy b"]);
  expect(others.count("IkePolicy")).toBe(1);
});

it("a resource whose inputs are not declared leaves out no other one", () => {
  const others = declare(declaration("a")).besides("IkePolicy", { name: "old" });
  expect(others.count("IkePolicy")).toBe(1);
});

it("the other resources of a group leave out the one that is checked", () => {
  const others = declare(declaration("a"), declaration("b")).besides("IkePolicy", { name: "a" });
  const group = others.group("IkePolicy", () => "all", "all");
  expect(group.map(({ subject }) => subject)).toEqual(["IkePolicy b"]);
});

it("a resource that is checked twice is declared once", () => {
  const others = declare(declaration("a"), declaration("a")).besides("IkePolicy", {});
  expect(others.count("IkePolicy")).toBe(1);
});

it.each(["new", "old"])("a resource has its %s name", (name) => {
  const others = declare(declaration("new", "old")).besides("IkePolicy", {});
  expect(others.hasName("IkePolicy", name)).toBe(true);
  expect(others.hasName("IpsecPolicy", name)).toBe(false);
});
