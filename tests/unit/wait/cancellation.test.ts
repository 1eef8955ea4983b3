import { getEventListeners } from "node:events";

import { CanceledError, TransportError, UnavailableError } from "../../../provider/errors";
import { onAbort, withSignal } from "../../../provider/wait/cancellation";
import { systemClock } from "../../../provider/wait/clock";
import { Progress } from "../../../provider/wait/progress";
import { isSafeToRetry, isTransient, retry } from "../../../provider/wait/retry";
import { StatusPoller } from "../../../provider/wait/statusPoller";
import { waitUntil, type Wait } from "../../../provider/wait/waiter";
import { anEnvironment, FakeClock } from "../support/fakeClock";
import { SimulatedClock } from "../support/simulatedClock";

const canceled = () => new Error("canceled");

describe("onAbort", () => {
  it("calls the listener at once if the signal is already aborted", () => {
    const listener = jest.fn();
    onAbort(AbortSignal.abort(), listener);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it("does not call a removed listener", () => {
    const abort = new AbortController();
    const listener = jest.fn();
    onAbort(abort.signal, listener)();
    abort.abort();
    expect(listener).not.toHaveBeenCalled();
  });

  it("accepts more listeners than Node.js allows without a warning", async () => {
    const warn = jest.spyOn(process, "emitWarning").mockImplementation();
    const { signal } = new AbortController();
    for (let count = 0; count < 20; count += 1) onAbort(signal, () => undefined);
    await new Promise(setImmediate);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe("withSignal", () => {
  it("settles as the work settles, and leaves no listener", async () => {
    const { signal } = new AbortController();
    expect(await withSignal(signal, () => Promise.resolve("done"), canceled)).toBe("done");
    const failing = withSignal(signal, () => Promise.reject(new Error("lost")), canceled);
    await expect(failing).rejects.toThrow("lost");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("rejects at the cancellation, while the work continues for other callers", async () => {
    const abort = new AbortController();
    let end: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (end = resolve));
    const [one, other] = [abort.signal, undefined].map((signal) =>
      withSignal(signal, () => work, canceled),
    );
    abort.abort();
    await expect(one).rejects.toThrow("canceled");
    end("done");
    expect(await other).toBe("done");
  });

  it("does not begin the work after a cancellation", async () => {
    const work = jest.fn(() => Promise.resolve());
    await expect(withSignal(AbortSignal.abort(), work, canceled)).rejects.toThrow("canceled");
    expect(work).not.toHaveBeenCalled();
  });
});

it("systemClock.sleep: does not begin after a cancellation", async () => {
  await systemClock.sleep(3_600_000, AbortSignal.abort());
});

it("CanceledError: is neither transient nor safe to retry", () => {
  const error = CanceledError.unsent("POST /x");
  expect([isTransient(error), isSafeToRetry(error)]).toEqual([false, false]);
});

describe("retry", () => {
  const lost = new TransportError("GET http://x: no answer (ECONNRESET).", true);

  it("ends in its pause when the operation is canceled, with the last error", async () => {
    const clock = new SimulatedClock();
    const abort = new AbortController();
    const refusal = { status: 503, method: "GET", path: "/", retryAfterMs: 60_000 };
    const operation = jest.fn(() => Promise.reject(new UnavailableError("away", refusal)));
    const environment = { ...anEnvironment(new FakeClock()), clock, signal: abort.signal };
    const running = retry(environment, { deadline: Infinity }, operation);
    clock.alarm(5_000, () => abort.abort());
    await expect(clock.run(running)).rejects.toThrow(
      /^away It was not tried again, since the operation was canceled\. Run the same command again/,
    );
    expect([clock.now(), operation.mock.calls.length, clock.timers]).toEqual([5_000, 1, 0]);
  });

  it("does not announce another attempt if the operation was canceled meanwhile", async () => {
    const lines: string[] = [];
    const abort = new AbortController();
    const environment = { ...anEnvironment(new FakeClock(), lines), signal: abort.signal };
    const operation = () => {
      abort.abort();
      return Promise.reject(lost);
    };
    const running = retry(environment, { deadline: Infinity }, operation);
    await expect(running).rejects.toThrow(CanceledError);
    expect(lines).toEqual([]);
  });

  it("does not retry an operation that was canceled itself", async () => {
    const error = CanceledError.unsent("GET /x");
    const operation = jest.fn(() => Promise.reject(error));
    const environment = anEnvironment(new FakeClock());
    await expect(retry(environment, { deadline: Infinity }, operation)).rejects.toBe(error);
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it("returns a result that arrives after the cancellation", async () => {
    const environment = { ...anEnvironment(new FakeClock()), signal: AbortSignal.abort() };
    const done = () => Promise.resolve("done");
    expect(await retry(environment, { deadline: Infinity }, done)).toBe("done");
  });
});

describe("waitUntil", () => {
  interface Seen {
    readonly status: string;
  }

  /** A wait for an object that never settles. */
  function wait(changes: Partial<Wait<Seen>> = {}) {
    const clock = new SimulatedClock();
    const abort = new AbortController();
    const { signal } = abort;
    const observe = jest.fn(() => Promise.resolve<Seen>({ status: "PENDING_CREATE" }));
    const progress = new Progress(() => undefined, clock);
    const run = () =>
      waitUntil<Seen>(
        { clock, random: () => 0.5, progress, signal },
        {
          subject: "IpsecSiteConnection office (f7cf)",
          condition: {
            goal: "to settle",
            isMet: ({ status }) => status === "ACTIVE",
            confirmation: "No change is left to be sent.",
            advice: () => "Ask the operator.",
          },
          deadline: 600_000,
          observe,
          status: ({ status }) => status,
          ...changes,
        },
      );
    return { abort, clock, observe, progress, run };
  }

  it("ends at once when the operation is canceled, and states the last status", async () => {
    const { abort, clock, progress, run } = wait();
    clock.alarm(3_000, () => abort.abort());
    const error: unknown = await clock.run(run()).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(CanceledError);
    expect((error as Error).message).toBe(
      "The operation was canceled after 3s of waiting for IpsecSiteConnection office (f7cf) to settle: " +
        "it is still PENDING_CREATE. No change is left to be sent. Run the same command again to continue.",
    );
    expect([clock.now(), clock.timers, progress.line()]).toEqual([3_000, 0, ""]);
  });

  it("does not poll after the cancellation", async () => {
    const { abort, observe, run } = wait();
    abort.abort();
    await expect(run()).rejects.toThrow(/its status was never seen/);
    expect(observe).not.toHaveBeenCalled();
  });

  it("states the error of the last poll as well", async () => {
    const { abort, clock, run } = wait({
      observe: () => Promise.reject(new TransportError("no answer (ECONNRESET).", true)),
    });
    clock.alarm(3_000, () => abort.abort());
    await expect(clock.run(run())).rejects.toThrow(
      /never seen\. The last poll failed: no answer \(ECONNRESET\)\. No change is left/,
    );
  });

  it("replaces the error of a poll that was canceled by its own", async () => {
    const { run } = wait({ observe: () => Promise.reject(CanceledError.unsent("DELETE /x")) });
    await expect(run()).rejects.toThrow(/^The operation was canceled after 0s of waiting for /);
  });

  it("succeeds if the last poll before the cancellation shows the end", async () => {
    const { abort, run } = wait({
      observe: () => {
        abort.abort();
        return Promise.resolve({ status: "ACTIVE" });
      },
    });
    expect(await run()).toEqual({ status: "ACTIVE" });
  });
});

describe("StatusPoller: a canceled wait", () => {
  /** Three waits, the first of them cancelable, and the number of lists so far. */
  function poll() {
    const clock = new SimulatedClock();
    const abort = new AbortController();
    let lists = 0;
    const poller = new StatusPoller({ clock, random: () => 0.5 }, (watched) => {
      lists += 1;
      const status = clock.now() < 5_000 ? "BUILD" : "ACTIVE";
      const statuses = new Map(watched.map(({ id }) => [id, status]));
      return Promise.resolve({ statuses, requests: 1, tookMs: 0 });
    });
    const wait = async (id: string, signal?: AbortSignal) => {
      await poller.nextPoll({ id, status: "BUILD", since: 0, until: 600_000, signal });
      return clock.now();
    };
    return { clock, abort, wait, lists: () => lists };
  }

  it("ends at once, while the others go on", async () => {
    const { clock, abort, wait } = poll();
    const waits = [wait("a", abort.signal), wait("b"), wait("c"), wait("d")];
    clock.alarm(100, () => abort.abort());
    const [first, ...others] = await clock.run(Promise.all(waits));
    expect(first).toBe(100);
    for (const at of others) expect(at).toBeGreaterThanOrEqual(5_000);
  });

  it("leaves no list and no timer if it was the last one", async () => {
    const { clock, abort, wait, lists } = poll();
    const waits = ["a", "b", "c"].map((id) => wait(id, abort.signal));
    clock.alarm(100, () => abort.abort());
    expect(await clock.run(Promise.all(waits))).toEqual([100, 100, 100]);
    await new Promise(setImmediate);
    expect([lists(), clock.timers]).toEqual([0, 0]);
  });

  it("ends at once if it was canceled before it began", async () => {
    const { wait } = poll();
    expect(await wait("a", AbortSignal.abort())).toBe(0);
  });

  it("leaves no listener at its signal after its end", async () => {
    const { clock, abort, wait } = poll();
    const { signal } = abort;
    await clock.run(Promise.all(["a", "b", "c"].map((id) => wait(id, signal))));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
