import { getEventListeners } from "node:events";

import { withDeadline, systemClock } from "../../../provider/wait/clock";
import { FakeClock } from "../support/fakeClock";

describe("the machine's own time", () => {
  it("goes on as it did when somebody sets the machine's date", () => {
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

  it("sleeps as long as it is told", async () => {
    const begin = systemClock.now();
    await systemClock.sleep(30);
    expect(systemClock.now() - begin).toBeGreaterThanOrEqual(30);
  });

  it("wakes a sleeper who is called, and leaves no timer", async () => {
    const call = new AbortController();
    const sleeping = systemClock.sleep(3_600_000, call.signal);
    call.abort();
    await sleeping;
  });

  it("listens for no call after the sleep", async () => {
    const { signal } = new AbortController();
    await systemClock.sleep(1, signal);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("rings an alarm when its time has come, and not before", async () => {
    const at = systemClock.now() + 20;
    const rang = await new Promise<number>((resolve) =>
      systemClock.alarm(at, () => resolve(systemClock.now())),
    );
    expect(rang).toBeGreaterThanOrEqual(at);
  });
});

describe("an alarm of the machine's time", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("does not ring at once for a time that is longer away than any timer of Node.js", () => {
    const days = 24 * 3_600_000;
    const ring = jest.fn();
    systemClock.alarm(systemClock.now() + 60 * days, ring);
    jest.advanceTimersByTime(59 * days);
    expect(ring).not.toHaveBeenCalled();
    jest.advanceTimersByTime(2 * days);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it("rings in the very millisecond that it is set to", () => {
    const ring = jest.fn();
    systemClock.alarm(systemClock.now() + 1_000, ring);
    jest.advanceTimersByTime(1_000);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it("leaves no timer when it is taken back, or never to ring", () => {
    systemClock.alarm(systemClock.now() + 1_000, jest.fn())();
    systemClock.alarm(Infinity, jest.fn());
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe("work that is waited for by a deadline", () => {
  const tooLate = () => new Error("too late");

  it("ends as it ends when it is in time, and the alarm is taken back", async () => {
    const clock = new FakeClock(0);
    expect(await withDeadline(clock, 10, Promise.resolve("done"), tooLate)).toBe("done");
    await expect(
      withDeadline(clock, 10, Promise.reject(new Error("lost")), tooLate),
    ).rejects.toThrow("lost");
    clock.pass(20);
  });

  it("is given up at the deadline, while it goes on for others", async () => {
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
