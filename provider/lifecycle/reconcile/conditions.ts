import type { Condition } from "../../wait/condition";
import { STALE_MS, type StatusFreshness } from "../../wait/statusFreshness";
import { isPending, isSetUp } from "../../wait/statuses";
import type { WireObject } from "../../values";
import { statusOf } from "./observe";

/** The API accepts a change: the status is not pending. */
export const updatable: Condition<WireObject> = {
  goal: "to leave PENDING_* (only then it can be changed)",
  isMet: (seen) => !isPending(statusOf(seen)),
  confirmation: "The cloud has not confirmed the change.",
  advice: () =>
    "Raise timeouts, or ask the cloud's operator whether its VPN agent runs. Nothing was changed.",
};

/** The cloud has set the object up: ACTIVE or DOWN. ERROR is a failure as soon as it is fresh. */
export function settled(freshness: StatusFreshness): Condition<WireObject> {
  return {
    goal: "to settle",
    isMet: (seen) => isSetUp(statusOf(seen)),
    failure: (seen) => freshError(freshness, seen),
    changesAt: freshness.trustedAt,
    confirmation: NOTHING_LEFT,
    advice: (last) => staleAdvice(last) ?? CONTINUE,
  };
}

/**
 * Both ends agree: a fresh ACTIVE. ERROR is a failure as soon as it is fresh. The checklist is the
 * advice for an object that stays DOWN.
 */
export function active(
  freshness: StatusFreshness,
  downChecklist: string | undefined,
): Condition<WireObject> {
  return {
    goal: "to become ACTIVE",
    isMet: (seen) => freshness.trusts(statusOf(seen)) && statusOf(seen) === "ACTIVE",
    failure: (seen) => freshError(freshness, seen),
    changesAt: freshness.trustedAt,
    confirmation: NOTHING_LEFT,
    advice: (last) =>
      staleAdvice(last) ?? (last === "DOWN" ? downChecklist : undefined) ?? CONTINUE,
  };
}

/** The result of a poll for an object that is being deleted. */
export interface Deletion {
  readonly isConfirmed: boolean;
  /** The status, or another predicate for messages, to follow "it is still". */
  readonly status: string;
}

/** The cloud has deleted the object, and that is proven. */
export const deleted: Condition<Deletion> = {
  goal: "to be gone",
  isMet: ({ isConfirmed }) => isConfirmed,
  confirmation: "DELETE was accepted.",
  advice: () =>
    "DELETE was accepted; run `pulumi up` or `pulumi destroy` again, or raise timeouts.delete.",
};

/** Why an object in ERROR fails its operation, as a predicate. */
export const ENDED_IN_ERROR =
  "ended in status ERROR. The cloud accepted its settings, but could not set it up: " +
  "check that its networks and its peer can be reached from the router, or ask the cloud's operator for the VPN agent's log. " +
  "It is kept in the state, and the next `pulumi up` checks again; `pulumi up --replace <urn>` creates another one (without `adopt` in the program).";

const NOTHING_LEFT = "No change is left to be sent.";

const CONTINUE =
  "It is kept in the state, and the next `pulumi up` continues to wait. Raise timeouts, or ask the cloud's operator whether its VPN agent runs.";

function freshError(freshness: StatusFreshness, seen: WireObject): string | undefined {
  const status = statusOf(seen);
  // Every status counts: an ERROR that follows another status is fresh.
  const isFresh = freshness.trusts(status);
  return isFresh && status === "ERROR" ? ENDED_IN_ERROR : undefined;
}

/** The advice after a wait that ended with a status which may be older than the change. */
function staleAdvice(last: string | undefined): string | undefined {
  if (last !== "ACTIVE" && last !== "ERROR") return undefined;
  return `A status may be as old as a minute after a change: give timeouts more than ${STALE_MS / 1_000}s.`;
}
