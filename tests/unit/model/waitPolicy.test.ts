import { cloudResourceType } from "../../../provider/schema/resourceType";
import { hasWaitInput, isAwaited, needsWait } from "../../../provider/model/waitPolicy";
import { KINDS } from "../support/kinds";

const INPUTS = [{}, { waitFor: "active" }, { waitFor: "accepted" }, { adminStateUp: false }];
const connection = cloudResourceType("IpsecSiteConnection");
const others = KINDS.filter((kind) => kind !== "IpsecSiteConnection");

it("waits for a status unless told not to, or the connection is administratively down", () => {
  expect(INPUTS.map((inputs) => isAwaited(connection, inputs))).toEqual([true, true, false, false]);
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
  expect(KINDS.filter((kind) => hasWaitInput(cloudResourceType(kind)))).toEqual([
    "IpsecSiteConnection",
  ]);
});

describe.each(others)("a kind without the input waitFor, %s,", (kind) => {
  const definition = cloudResourceType(kind);

  it("is never waited for", () => {
    expect(INPUTS.map((inputs) => isAwaited(definition, inputs))).not.toContain(true);
  });

  it.each(["PENDING_CREATE", "BUILD", "ACTIVE", undefined])("is at rest at %s", (status) => {
    expect(needsWait(definition, { status }, {})).toBe(false);
  });

  it("is not at rest in ERROR", () => {
    expect(needsWait(definition, { status: "ERROR" }, {})).toBe(true);
  });
});
