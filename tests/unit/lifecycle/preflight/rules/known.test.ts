import {
  objectIn,
  stringIn,
  stringsIn,
} from "../../../../../provider/lifecycle/preflight/rules/known";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import { factsOf } from "../../../support/preflightCloud";

it.each([[UNKNOWN], [""], [undefined], [null], [5]])("%j is not a known string", (name) => {
  expect(stringIn({ name }, "name")).toBeUndefined();
});

it("a known string is itself", () => {
  expect(stringIn({ name: "office" }, "name")).toBe("office");
});

it("the known strings of a list leave out all other elements", () => {
  expect(stringsIn({ all: ["a", UNKNOWN, 5, null, "b"] }, "all")).toEqual(["a", "b"]);
});

it.each([[UNKNOWN], [undefined], [null]])("%j has no known strings", (all) => {
  expect(stringsIn({ all }, "all")).toEqual([]);
});

describe("the object whose id a property contains", () => {
  const read = (ikePolicyId: unknown, refused: string[] = []) =>
    objectIn(
      "IkePolicy",
      { ikePolicyId },
      "ikePolicyId",
      factsOf({ objects: { IkePolicy: [{ id: "k1", name: "strong" }] }, refused }),
    );

  it("is read from the cloud", async () => {
    expect(await read("k1")).toEqual({ id: "k1", name: "strong" });
  });

  it("is undefined if it is missing", async () => {
    expect(await read("k9")).toBeUndefined();
  });

  it("is undefined if it cannot be read", async () => {
    expect(await read("k1", ["ikepolicies"])).toBeUndefined();
  });

  it("is undefined while its id is unknown", async () => {
    expect(await read(UNKNOWN)).toBeUndefined();
  });
});
