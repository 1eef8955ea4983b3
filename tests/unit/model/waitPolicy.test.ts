import { cloudResourceType } from "../../../provider/schema/resourceType";
import { isAwaited, isSwitchedOff, needsWait, settles } from "../../../provider/model/waitPolicy";
import { wireObject } from "../support/builders";
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

it("awaits a type that settles and that nothing switches off", () => {
  const status = { settles: true, switch: undefined, listedBy: undefined };
  const inputs = { adminStateUp: false };
  expect(isAwaited({ ...connection, status }, inputs)).toBe(true);
});

it("settles: only connections settle", () => {
  expect(KINDS.filter((kind) => settles(cloudResourceType(kind)))).toEqual(["IpsecSiteConnection"]);
});

describe("isSwitchedOff", () => {
  it.each([
    [false, true],
    [true, false],
    [undefined, false],
    [null, false],
  ])("a connection with admin_state_up %s: %s", (value, expected) => {
    expect(isSwitchedOff(connection, wireObject({ admin_state_up: value }))).toBe(expected);
  });

  it("a VPN service has the same switch", () => {
    const live = wireObject({ admin_state_up: false });
    expect(isSwitchedOff(cloudResourceType("VpnService"), live)).toBe(true);
  });

  it("a type without a status is never switched off", () => {
    const live = wireObject({ admin_state_up: false });
    expect(isSwitchedOff(cloudResourceType("IkePolicy"), live)).toBe(false);
  });
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
