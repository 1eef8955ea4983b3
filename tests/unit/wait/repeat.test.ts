import { repeat, type RepeatPolicy } from "../../../provider/wait/repeat";
import { FakeClock } from "../support/fakeClock";

const BEGIN = 100_000;
const BUSY = new Error("busy");

/** An operation that fails so often, repeated after a second for at most a minute. */
function givenOperation(failures: number, changes: Partial<RepeatPolicy> = {}) {
  const clock = new FakeClock(BEGIN);
  const events: string[] = [];
  let left = failures;
  const operation = () => {
    events.push(`run at ${clock.now() - BEGIN}`);
    left -= 1;
    return left < 0 ? Promise.resolve("done") : Promise.reject(BUSY);
  };
  const policy: RepeatPolicy = {
    deadline: BEGIN + 60_000,
    pauseAfter: () => 1_000,
    ready: () => undefined,
    ...changes,
  };
  const run = (signal?: AbortSignal) => repeat({ clock, signal }, policy, operation);
  return { clock, events, run };
}

describe("repeat", () => {
  it("returns the result of an operation that succeeds", async () => {
    const { events, run } = givenOperation(0);
    expect([await run(), events]).toEqual(["done", ["run at 0"]]);
  });

  it("repeats a failed operation after each pause", async () => {
    const { events, run } = givenOperation(2);
    expect([await run(), events]).toEqual(["done", ["run at 0", "run at 1000", "run at 2000"]]);
  });

  it("gives up with the error for which there is no pause", async () => {
    const pauseAfter = jest.fn(() => Promise.resolve(undefined));
    const { clock, run } = givenOperation(1, { pauseAfter });
    await expect(run()).rejects.toBe(BUSY);
    expect(pauseAfter).toHaveBeenCalledWith(BUSY);
    expect(clock.pauses).toEqual([]);
  });

  it("repeats an operation at once if the pause is zero", async () => {
    const { events, run } = givenOperation(1, { pauseAfter: () => 0 });
    await run();
    expect(events).toEqual(["run at 0", "run at 0"]);
  });

  it("gives up before a pause that would end at the deadline", async () => {
    const { clock, run } = givenOperation(1, { deadline: BEGIN + 1_000 });
    await expect(run()).rejects.toBe(BUSY);
    expect(clock.pauses).toEqual([]);
  });

  it("pauses if the pause ends before the deadline", async () => {
    const { run } = givenOperation(1, { deadline: BEGIN + 1_001 });
    expect(await run()).toBe("done");
  });

  it("announces each repetition before its pause", async () => {
    const { clock, events, run } = givenOperation(1, {
      announce: (error, pauseMs) =>
        events.push(`${String(error)} ${pauseMs} ${clock.now() - BEGIN}`),
    });
    await run();
    expect(events).toEqual(["run at 0", "Error: busy 1000 0", "run at 1000"]);
  });

  it("announces nothing when it gives up", async () => {
    const announce = jest.fn();
    await givenOperation(1, { announce, pauseAfter: () => undefined })
      .run()
      .catch(() => undefined);
    expect(announce).not.toHaveBeenCalled();
  });

  it("waits after the pause until the operation may be repeated", async () => {
    const { clock, events, run } = givenOperation(1, { ready: () => clock.sleep(5_000) });
    await run();
    expect(events).toEqual(["run at 0", "run at 6000"]);
  });

  it("ends with an error of the policy", async () => {
    const canceled = new Error("canceled");
    const ready = jest.fn(() => Promise.reject(canceled));
    const { events, run } = givenOperation(1, { ready });
    await expect(run()).rejects.toBe(canceled);
    expect(ready).toHaveBeenCalledWith(BUSY);
    expect(events).toEqual(["run at 0"]);
  });

  it("passes its signal on to the clock", async () => {
    const { clock, run } = givenOperation(1);
    const sleep = jest.spyOn(clock, "sleep");
    const { signal } = new AbortController();
    await run(signal);
    expect(sleep).toHaveBeenCalledWith(1_000, signal);
  });
});
