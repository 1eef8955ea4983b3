import { isWaitedFor, needsWait } from "../../../provider/lifecycle/waitFor";

const INPUTS = [{}, { waitFor: "active" }, { waitFor: "accepted" }, { adminStateUp: false }];

it("waits for a status unless told not to, or the connection is administratively down", () => {
  expect(INPUTS.map(isWaitedFor)).toEqual([true, true, false, false]);
});

it.each([
  ["PENDING_CREATE", true],
  ["BUILD", true],
  ["ERROR", true],
  ["DOWN", false],
  ["ACTIVE", false],
  [undefined, false],
])("has to be waited for at the status %s: %s", (status, expected) => {
  expect(INPUTS.map((inputs) => needsWait({ status }, inputs))).toEqual([
    expected,
    expected,
    false,
    false,
  ]);
});
