import { getEventListeners } from "node:events";

import { withDeadline, systemClock } from "../../../provider/wait/clock";
import { FakeClock } from "../support/fakeClock";

describe("the system clock", () => {
  it("continues unchanged when the machine's date changes", () => {
    const begin = systemClock.now();
    jest.useFakeTimers({ doNotFake: ["performance"], now: 0 });
    try {
      for (const date of ["1990-01-01", "2100-01-01"]) {
        jest.setSystemTime(new Date(date));
        const passed = systemClock.now() - begin;
        expect(passed).toBeGreaterThanOrEqual(0);
        expect(passed).toBeLessThan(60_000);
      }
    } finally {
      jest.useRealTimers();
    }
  });

  it("sleeps for the requested time", async () => {
    const begin = systemClock.now();
    await systemClock.sleep(30);
    expect(systemClock.now() - begin).toBeGreaterThanOrEqual(30);
  });

  it("ends a sleep at the abort signal, and leaves no timer", async () => {
    const call = new AbortController();
    const sleeping = systemClock.sleep(3_600_000, call.signal);
    call.abort();
    await sleeping;
  });

  it("removes its listener of the abort signal after the sleep", async () => {
    const { signal } = new AbortController();
    await systemClock.sleep(1, signal);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("rings an alarm not before its time", async () => {
    const at = systemClock.now() + 20;
    const rang = await new Promise<number>((resolve) =>
      systemClock.alarm(at, () => resolve(systemClock.now())),
    );
    expect(rang).toBeGreaterThanOrEqual(at);
  });
});

describe("an alarm of the system clock", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("does not ring at once for a time beyond the longest timer of Node.js", () => {
    const days = 24 * 3_600_000;
    const ring = jest.fn();
    systemClock.alarm(systemClock.now() + 60 * days, ring);
    jest.advanceTimersByTime(59 * days);
    expect(ring).not.toHaveBeenCalled();
    jest.advanceTimersByTime(2 * days);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it("rings in its exact millisecond", () => {
    const ring = jest.fn();
    systemClock.alarm(systemClock.now() + 1_000, ring);
    jest.advanceTimersByTime(1_000);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it("leaves no timer after its cancellation, or if its time is infinite", () => {
    systemClock.alarm(systemClock.now() + 1_000, jest.fn())();
    systemClock.alarm(Infinity, jest.fn());
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe("withDeadline", () => {
  const tooLate = () => new Error("too late");

  it("returns the result or the error of work before the deadline, and cancels the alarm", async () => {
    const clock = new FakeClock(0);
    expect(await withDeadline(clock, 10, Promise.resolve("done"), tooLate)).toBe("done");
    await expect(
      withDeadline(clock, 10, Promise.reject(new Error("lost")), tooLate),
    ).rejects.toThrow("lost");
    clock.pass(20);
  });

  it("fails at the deadline, while the work continues for other callers", async () => {
    const clock = new FakeClock(0);
    let end: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (end = resolve));
    const [early, late] = [10, 30].map((at) => withDeadline(clock, at, work, tooLate));
    clock.pass(10);
    await expect(early).rejects.toThrow("too late");
    end("done");
    expect(await late).toBe("done");
  });
});
