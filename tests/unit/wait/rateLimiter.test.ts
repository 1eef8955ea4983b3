import { RateLimiter } from "../../../provider/wait/rateLimiter";
import { FakeClock } from "../support/fakeClock";

/** Two requests a second, with a burst of one, and at most ten seconds without a request. */
function givenLimiter() {
  const clock = new FakeClock(100_000);
  const limiter = new RateLimiter(clock, { intervalMs: 500, burst: 1, maxPauseMs: 10_000 });
  /** The time until the next request; not positive if it may be sent now. */
  const delay = () => limiter.nextAt - clock.now();
  return { clock, limiter, delay };
}

describe("a rate limiter", () => {
  it("allows the first request at once", () => {
    expect(givenLimiter().delay()).toBeLessThanOrEqual(0);
  });

  it("allows a burst of one request after an idle time", () => {
    const { limiter, delay } = givenLimiter();
    limiter.record(1);
    expect(delay()).toBe(0);
    limiter.record(1);
    expect(delay()).toBe(500);
  });

  it("counts several requests at once", () => {
    const { limiter, delay } = givenLimiter();
    limiter.record(5);
    expect(delay()).toBe(2_000);
  });

  it("allows one request in each interval in the long run", () => {
    const { clock, limiter } = givenLimiter();
    const begin = clock.now();
    for (let i = 0; i < 100; i += 1) {
      clock.pass(Math.max(0, limiter.nextAt - clock.now()));
      limiter.record(1);
    }
    expect(clock.now() - begin).toBe(98 * 500);
  });

  it("saves no more than the burst after any idle time", () => {
    const { clock, limiter, delay } = givenLimiter();
    limiter.record(1);
    clock.pass(3_600_000);
    limiter.record(2);
    expect(delay()).toBe(500);
  });

  it("pauses for the requested time", () => {
    const { clock, limiter, delay } = givenLimiter();
    limiter.pause(7_000);
    expect(delay()).toBe(7_000);
    clock.pass(3_000);
    expect(delay()).toBe(4_000);
  });

  it("counts requests from the end of a pause", () => {
    const { limiter, delay } = givenLimiter();
    limiter.pause(3_000);
    limiter.record(2);
    expect(delay()).toBe(4_000);
  });

  it("keeps the longer of two pauses", () => {
    const { limiter, delay } = givenLimiter();
    limiter.pause(7_000);
    limiter.pause(1_000);
    expect(delay()).toBe(7_000);
  });

  it.each<[string, (limiter: RateLimiter) => void]>([
    ["requested pause", (limiter) => limiter.pause(3_600_000)],
    ["number of requests", (limiter) => limiter.record(1_000)],
  ])("pauses at most until its limit, for any %s", (_what, act) => {
    const { limiter, delay } = givenLimiter();
    act(limiter);
    expect(delay()).toBe(10_000);
  });
});
