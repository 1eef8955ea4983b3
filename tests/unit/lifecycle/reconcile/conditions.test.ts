import {
  active,
  deleted,
  ENDED_IN_ERROR,
  settled,
  updatable,
} from "../../../../provider/lifecycle/reconcile/conditions";
import type { Condition } from "../../../../provider/wait/condition";
import { StatusFreshness } from "../../../../provider/wait/statusFreshness";
import type { WireObject } from "../../../../provider/values";
import { wireObject } from "../../support/builders";
import { FakeClock } from "../../support/fakeClock";

const STATUSES = ["PENDING_UPDATE", "BUILD", "DOWN", "ACTIVE", "ERROR"];

const ALWAYS_FRESH = new StatusFreshness(new FakeClock(), "");

/** The freshness right after a change of an object with that status. */
function freshSince(before: string): StatusFreshness {
  const clock = new FakeClock();
  return new StatusFreshness(clock, before, clock.now());
}

/** The verdicts about the statuses: met, failed, or undefined while the condition is open. */
function verdicts(condition: (status: string) => Condition<WireObject>) {
  return STATUSES.map((status) => {
    const seen = wireObject({ status });
    const { failure, isMet } = condition(status);
    if (failure?.(seen) !== undefined) return "failed";
    return isMet(seen) ? "met" : undefined;
  });
}

describe("updatable", () => {
  it("is met by every status that is not pending", () => {
    expect(verdicts(() => updatable)).toEqual([undefined, "met", "met", "met", "met"]);
  });
});

describe("settled", () => {
  it("is met by ACTIVE and DOWN, and failed by ERROR", () => {
    const all = verdicts(() => settled(ALWAYS_FRESH));
    expect(all).toEqual([undefined, undefined, "met", "met", "failed"]);
  });

  it("is failed by an ERROR from before a change only when that is fresh", () => {
    const all = verdicts((before) => settled(freshSince(before)));
    expect(all).toEqual([undefined, undefined, "met", "met", undefined]);
  });
});

describe("active", () => {
  it("is met by ACTIVE, and failed by ERROR", () => {
    const all = verdicts(() => active(ALWAYS_FRESH, undefined));
    expect(all).toEqual([undefined, undefined, undefined, "met", "failed"]);
  });

  it("trusts neither ACTIVE nor ERROR from before a change", () => {
    const all = verdicts((before) => active(freshSince(before), undefined));
    expect(all).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  it("trusts an ACTIVE that follows another status", () => {
    const { isMet } = active(freshSince("ACTIVE"), undefined);
    const shown = ["ACTIVE", "DOWN", "ACTIVE"].map((status) => isMet(wireObject({ status })));
    expect(shown).toEqual([false, false, true]);
  });

  it("advises at DOWN to follow the checklist, if there is one", () => {
    expect(active(ALWAYS_FRESH, "Check UDP 500.").advice("DOWN")).toBe("Check UDP 500.");
    expect(active(ALWAYS_FRESH, undefined).advice("DOWN")).toMatch(/Raise timeouts/);
  });

  it.each(["PENDING_UPDATE", "BUILD", undefined])("advises at %s to raise timeouts", (last) => {
    expect(active(ALWAYS_FRESH, "Check UDP 500.").advice(last)).toMatch(
      /^It is kept in the state, and the next `pulumi up` continues to wait\. Raise timeouts/,
    );
  });
});

describe.each<[string, (freshness: StatusFreshness) => Condition<WireObject>]>([
  ["settled", settled],
  ["active", (freshness) => active(freshness, undefined)],
])("%s", (_name, condition) => {
  it("gives the reason why ERROR fails it", () => {
    const { failure } = condition(ALWAYS_FRESH);
    expect(failure!(wireObject({ status: "ERROR" }))).toBe(ENDED_IN_ERROR);
  });

  it("is failed by an ERROR that follows another status", () => {
    const { failure } = condition(freshSince("ERROR"));
    const shown = ["ERROR", "PENDING_UPDATE", "ERROR"].map((status) =>
      failure!(wireObject({ status })),
    );
    expect(shown).toEqual([undefined, undefined, ENDED_IN_ERROR]);
  });

  it("changes its verdict when every status becomes fresh", () => {
    const freshness = freshSince("ACTIVE");
    expect(condition(freshness).changesAt).toBe(freshness.trustedAt);
  });

  it.each(["ACTIVE", "ERROR"])("advises at a stale %s to wait longer than a minute", (last) => {
    expect(condition(ALWAYS_FRESH).advice(last)).toBe(
      "A status may be as old as a minute after a change: give timeouts more than 65s.",
    );
  });
});

describe("deleted", () => {
  it.each([true, false])("is met by a confirmed deletion: %s", (isConfirmed) => {
    expect(deleted.isMet({ isConfirmed, status: "gone" })).toBe(isConfirmed);
  });
});
