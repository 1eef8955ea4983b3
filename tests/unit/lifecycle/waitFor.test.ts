import { definitionOf } from "../../../provider/lifecycle/definition";
import { hasWait, isWaitedFor, needsWait } from "../../../provider/lifecycle/waitFor";
import { KINDS } from "../kinds";

const INPUTS = [{}, { waitFor: "active" }, { waitFor: "accepted" }, { adminStateUp: false }];
const connection = definitionOf("IpsecSiteConnection");
const others = KINDS.filter((kind) => kind !== "IpsecSiteConnection");

it("waits for a status unless told not to, or the connection is administratively down", () => {
  expect(INPUTS.map((inputs) => isWaitedFor(connection, inputs))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it.each([
  ["PENDING_CREATE", true],
  ["BUILD", true],
  ["ERROR", true],
  ["DOWN", false],
  ["ACTIVE", false],
  [undefined, false],
])("has to be waited for at the status %s: %s", (status, expected) => {
  expect(INPUTS.map((inputs) => needsWait(connection, { status }, inputs))).toEqual([
    expected,
    expected,
    false,
    false,
  ]);
});

it("is a matter of connections alone", () => {
  expect(KINDS.filter((kind) => hasWait(definitionOf(kind)))).toEqual(["IpsecSiteConnection"]);
});

describe.each(others)("a kind without the input waitFor, %s,", (kind) => {
  const definition = definitionOf(kind);

  it("is never waited for", () => {
    expect(INPUTS.map((inputs) => isWaitedFor(definition, inputs))).not.toContain(true);
  });

  it.each(["PENDING_CREATE", "BUILD", "ACTIVE", undefined])("is at rest at %s", (status) => {
    expect(needsWait(definition, { status }, {})).toBe(false);
  });

  it("is not at rest in ERROR", () => {
    expect(needsWait(definition, { status: "ERROR" }, {})).toBe(true);
  });
});
