import { STALE_MS, StatusFreshness } from "../../../provider/wait/statusFreshness";
import { FakeClock } from "../support/fakeClock";

/** The freshness after a change now of an object that was ACTIVE. */
function givenChange() {
  const clock = new FakeClock();
  return { clock, freshness: new StatusFreshness(clock, "ACTIVE", clock.now()) };
}

describe("the freshness of statuses", () => {
  it("trusts every status without a change", () => {
    const freshness = new StatusFreshness(new FakeClock(0), "ACTIVE");
    expect(freshness.trusts("ACTIVE")).toBe(true);
  });

  it("does not trust the status from before the change", () => {
    expect(givenChange().freshness.trusts("ACTIVE")).toBe(false);
  });

  it("trusts another status than before the change", () => {
    expect(givenChange().freshness.trusts("DOWN")).toBe(true);
  });

  it("trusts the status from before once another one was seen", () => {
    const { freshness } = givenChange();
    freshness.trusts("DOWN");
    expect(freshness.trusts("ACTIVE")).toBe(true);
  });

  it("trusts the status from before 65 seconds after the change, and not earlier", () => {
    const { clock, freshness } = givenChange();
    clock.pass(STALE_MS - 1);
    expect(freshness.trusts("ACTIVE")).toBe(false);
    clock.pass(1);
    expect(freshness.trusts("ACTIVE")).toBe(true);
  });

  it("states when it trusts every status", () => {
    const { clock, freshness } = givenChange();
    expect(freshness.trustedAt).toBe(clock.now() + 65_000);
  });

  it("states without a change that it trusts every status already", () => {
    expect(new StatusFreshness(new FakeClock(0), "ACTIVE").trustedAt).toBe(-Infinity);
  });
});
