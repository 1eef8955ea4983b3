import { isSettled } from "../wait/statuses";
import type { Values } from "./definition";

/** Whether inputs ask for a wait after a change. */
export function isWaitedFor(inputs: Values): boolean {
  // A stock agent may never report a connection that is administratively down.
  return inputs["waitFor"] !== "accepted" && inputs["adminStateUp"] !== false;
}

/** Whether an object with this state still has to be waited for, or ended in ERROR. */
export function needsWait(state: Values, inputs: Values): boolean {
  const { status } = state;
  if (typeof status !== "string" || !isWaitedFor(inputs)) return false;
  return !isSettled(status) || status === "ERROR";
}
