import { pauseBetweenPolls, pollUntil } from "../../../provider/wait/poll";
import { FakeClock } from "../support/fakeClock";

const BEGIN = 100_000;

/** Polls for at most ten seconds, with a pause of 4 seconds; the polls return those values. */
function givenPolls(...values: readonly (string | undefined)[]) {
  const clock = new FakeClock(BEGIN);
  const left = [...values];
  const times: number[] = [];
  const poll = () => {
    times.push(clock.now() - BEGIN);
    return Promise.resolve(left.shift());
  };
  const pause = () => clock.sleep(4_000);
  const run = () => pollUntil(clock, { deadline: BEGIN + 10_000, poll, pause });
  return { run, times };
}

describe("pollUntil", () => {
  it("returns the first value, without a pause", async () => {
    const { run, times } = givenPolls("a");
    expect([await run(), times]).toEqual(["a", [0]]);
  });

  it("pauses after each poll without a value", async () => {
    const { run, times } = givenPolls(undefined, undefined, "a");
    expect([await run(), times]).toEqual(["a", [0, 4_000, 8_000]]);
  });

  it("returns nothing when a poll at the deadline or later has no value", async () => {
    const { run, times } = givenPolls();
    expect([await run(), times]).toEqual([undefined, [0, 4_000, 8_000, 12_000]]);
  });

  it("returns a value after the deadline", async () => {
    const { run } = givenPolls(undefined, undefined, undefined, "a");
    expect(await run()).toBe("a");
  });

  it("polls once if its deadline is now", async () => {
    const poll = jest.fn(() => Promise.resolve(undefined));
    const pause = jest.fn(() => Promise.resolve());
    await pollUntil(new FakeClock(BEGIN), { deadline: BEGIN, poll, pause });
    expect([poll.mock.calls.length, pause.mock.calls.length]).toEqual([1, 0]);
  });
});

describe("pauseBetweenPolls", () => {
  /** The pause at a time of the wait, which may last a minute. */
  async function pauseAt(waitedMs: number, leastMs?: number): Promise<number | undefined> {
    const clock = new FakeClock(BEGIN);
    const wait = { since: BEGIN - waitedMs, deadline: BEGIN - waitedMs + 60_000 };
    await pauseBetweenPolls({ clock, random: () => 0.5 }, wait, leastMs);
    return clock.pauses[0];
  }

  it("begins with a quarter of a second", async () => {
    expect(await pauseAt(0)).toBe(250);
  });

  it("grows with the time of the wait", async () => {
    expect(await pauseAt(40_000)).toBe(3_000);
  });

  it("lasts at least as long as requested", async () => {
    expect(await pauseAt(0, 7_000)).toBe(7_000);
  });

  it("is not shortened by a request for less", async () => {
    expect(await pauseAt(40_000, 1_000)).toBe(3_000);
  });

  it("ends at the deadline", async () => {
    expect(await pauseAt(59_000, 7_000)).toBe(1_000);
  });

  it("passes the signal of its operation on to the clock", async () => {
    const sleep = jest.fn(() => Promise.resolve());
    const { signal } = new AbortController();
    const clock = Object.assign(new FakeClock(BEGIN), { sleep });
    const wait = { since: BEGIN, deadline: BEGIN + 60_000 };
    await pauseBetweenPolls({ clock, random: () => 0.5, signal }, wait);
    expect(sleep).toHaveBeenCalledWith(250, signal);
  });
});
