import { isPending, isSettled } from "../../../provider/wait/statuses";

it.each([
  ["PENDING_CREATE", true, false],
  ["PENDING_UPDATE", true, false],
  ["PENDING_DELETE", true, false],
  ["BUILD", false, false],
  ["ACTIVE", false, true],
  ["DOWN", false, true],
  ["ERROR", false, true],
])("the status %s is pending (%s) and settled (%s)", (status, pending, settled) => {
  expect([isPending(status), isSettled(status)]).toEqual([pending, settled]);
});
