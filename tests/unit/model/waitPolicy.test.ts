import { cloudResourceType } from "../../../provider/schema/resourceType";
import { isAwaited, isSwitchedOff, needsWait, settles } from "../../../provider/model/waitPolicy";
import { wireObject } from "../support/builders";
import { KINDS } from "../support/kinds";

const INPUTS = [{}, { waitFor: "active" }, { waitFor: "accepted" }, { adminStateUp: false }];
const connection = cloudResourceType("IpsecSiteConnection");
const others = KINDS.filter((kind) => kind !== "IpsecSiteConnection");

it("isAwaited: a status is awaited unless waitFor is accepted or the connection is disabled", () => {
  expect(INPUTS.map((inputs) => isAwaited(connection, inputs))).toEqual([true, true, false, false]);
});

it.each([
  ["PENDING_CREATE", true],
  ["BUILD", true],
  ["ERROR", true],
  ["DOWN", false],
  ["ACTIVE", false],
  [undefined, false],
])("needsWait: at the status %s it is %s", (status, expected) => {
  expect(INPUTS.map((inputs) => needsWait(connection, { status }, inputs))).toEqual([
    expected,
    expected,
    false,
    false,
  ]);
});

it("isAwaited: a type that settles and has no switch is always awaited", () => {
  const status = { settles: true, switch: undefined, listedBy: undefined };
  const inputs = { adminStateUp: false };
  expect(isAwaited({ ...connection, status }, inputs)).toBe(true);
});

it("settles: is true for connections only", () => {
  expect(KINDS.filter((kind) => settles(cloudResourceType(kind)))).toEqual(["IpsecSiteConnection"]);
});

describe("isSwitchedOff", () => {
  it.each([
    [false, true],
    [true, false],
    [undefined, false],
    [null, false],
  ])("returns for a connection with admin_state_up %s: %s", (value, expected) => {
    expect(isSwitchedOff(connection, wireObject({ admin_state_up: value }))).toBe(expected);
  });

  it("is true for a disabled VPN service", () => {
    const live = wireObject({ admin_state_up: false });
    expect(isSwitchedOff(cloudResourceType("VpnService"), live)).toBe(true);
  });

  it("is false for a type without a status", () => {
    const live = wireObject({ admin_state_up: false });
    expect(isSwitchedOff(cloudResourceType("IkePolicy"), live)).toBe(false);
  });
});

describe.each(others)("a resource type without the input waitFor, %s,", (kind) => {
  const definition = cloudResourceType(kind);

  it("is never awaited", () => {
    expect(INPUTS.map((inputs) => isAwaited(definition, inputs))).not.toContain(true);
  });

  it.each(["PENDING_CREATE", "BUILD", "ACTIVE", undefined])(
    "needs no wait at the status %s",
    (status) => {
      expect(needsWait(definition, { status }, {})).toBe(false);
    },
  );

  it("needs a wait in ERROR", () => {
    expect(needsWait(definition, { status: "ERROR" }, {})).toBe(true);
  });
});
