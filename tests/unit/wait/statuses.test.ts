import { isPending, isSettled, isSetUp } from "../../../provider/wait/statuses";

it.each([
  ["PENDING_CREATE", true, false, false],
  ["PENDING_UPDATE", true, false, false],
  ["PENDING_DELETE", true, false, false],
  ["BUILD", false, false, false],
  ["ACTIVE", false, true, true],
  ["DOWN", false, true, true],
  ["ERROR", false, true, false],
])("%s: is pending: %s, is settled: %s, is set up: %s", (status, ...expected) => {
  expect([isPending(status), isSettled(status), isSetUp(status)]).toEqual(expected);
});
