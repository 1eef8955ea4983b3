import { PollInterval } from "../../../provider/wait/pollInterval";
import { FakeClock } from "../support/fakeClock";

/** An interval at the time 100,000 of its clock, without jitter. */
function givenInterval() {
  const clock = new FakeClock(100_000);
  return { clock, interval: new PollInterval({ clock, random: () => 0.5 }) };
}

describe("the interval between polls", () => {
  it("is a quarter of a second for a wait that begins", () => {
    const { clock, interval } = givenInterval();
    expect(interval.pauseFor(clock.now())).toBe(250);
  });

  it("grows with the age of the wait", () => {
    const { clock, interval } = givenInterval();
    expect(interval.pauseFor(clock.now() - 40_000)).toBe(3_000);
  });

  it("depends on the shortest wait that ended if the new wait is younger", () => {
    const { clock, interval } = givenInterval();
    interval.recordEnd(clock.now() - 40_000);
    interval.recordEnd(clock.now() - 20_000);
    interval.recordEnd(clock.now() - 50_000);
    expect(interval.pauseFor(clock.now())).toBe(1_500);
  });

  it("depends on the age of a wait that is older than those that ended", () => {
    const { clock, interval } = givenInterval();
    interval.recordEnd(clock.now() - 20_000);
    expect(interval.pauseFor(clock.now() - 40_000)).toBe(3_000);
  });

  it("is spread by its random numbers", () => {
    const clock = new FakeClock();
    const interval = new PollInterval({ clock, random: () => 0 });
    expect(interval.pauseFor(clock.now())).toBe(200);
  });
});
