import { getEventListeners } from "node:events";

import { ConcurrencyLimit } from "../../../provider/http/concurrencyLimit";
import { FakeClock } from "../support/fakeClock";

const LIMITS = {
  tooLate: (ahead: number) => new Error(`too late behind ${ahead}`),
  canceled: () => new Error("canceled"),
};

/** Operations that run until the test ends them, and the names of those that have begun. */
function work(limit: ConcurrencyLimit) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const add = (name: string) =>
    limit.run(() => {
      begun.push(name);
      return new Promise<string>((resolve, reject) =>
        ends.set(name, (error) => (error ? reject(error) : resolve(name))),
      );
    }, LIMITS);
  return { begun, add, end: (name: string, error?: Error) => ends.get(name)!(error) };
}

/** Resolves after all pending callbacks have run. */
const soon = () => new Promise((resolve) => setImmediate(resolve));

it("ConcurrencyLimit: runs as many operations at once as its limit", async () => {
  const { begun, add } = work(new ConcurrencyLimit(2, new FakeClock()));
  for (const name of ["a", "b", "c"]) void add(name);
  await soon();
  expect(begun).toEqual(["a", "b"]);
});

it("ConcurrencyLimit: runs waiting operations in the order of their arrival", async () => {
  const { begun, add, end } = work(new ConcurrencyLimit(1, new FakeClock()));
  const all = ["a", "b", "c", "d"].map((name) => add(name));
  for (const name of ["a", "b", "c", "d"]) {
    await soon();
    end(name);
  }
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

it("ConcurrencyLimit: gives a free place to a waiting operation before a later one", async () => {
  const { begun, add, end } = work(new ConcurrencyLimit(1, new FakeClock()));
  void add("a");
  void add("waiting");
  await soon();
  end("a");
  void add("late");
  await soon();
  expect(begun).toEqual(["a", "waiting"]);
});

it("ConcurrencyLimit: continues after a failed operation, whose error reaches only its caller", async () => {
  const { begun, add, end } = work(new ConcurrencyLimit(1, new FakeClock()));
  const failing = add("a");
  const next = add("b");
  await soon();
  end("a", new Error("lost"));
  await expect(failing).rejects.toThrow("lost");
  await soon();
  end("b");
  expect(await next).toBe("b");
  expect(begun).toEqual(["a", "b"]);
});

it("ConcurrencyLimit: has all its places again after many operations", async () => {
  const { begun, add, end } = work(new ConcurrencyLimit(2, new FakeClock()));
  for (const name of ["a", "b", "c"]) void add(name);
  await soon();
  for (const name of ["a", "b"]) end(name);
  await soon();
  end("c");
  await soon();
  for (const name of ["d", "e", "f"]) void add(name);
  await soon();
  expect(begun).toEqual(["a", "b", "c", "d", "e"]);
});

describe("ConcurrencyLimit: an operation whose deadline comes before its turn", () => {
  function crowd() {
    const clock = new FakeClock(0);
    const limit = new ConcurrencyLimit(1, clock);
    const room = work(limit);
    const [first, second] = [room.add("first"), room.add("second")];
    const late = jest.fn(() => Promise.resolve("late"));
    const giving = limit.run(late, { ...LIMITS, deadline: 5_000 });
    return { ...room, clock, first, second, late, giving };
  }

  it("leaves the queue, never runs, and reports how many were ahead", async () => {
    const { clock, late, giving, first, end } = crowd();
    clock.pass(5_000);
    await expect(giving).rejects.toThrow("too late behind 2");
    await soon();
    end("first");
    await first;
    await soon();
    expect(late).not.toHaveBeenCalled();
  });

  it("delays no later operation", async () => {
    const { clock, giving, first, second, add, end } = crowd();
    const after = add("after");
    clock.pass(5_000);
    await expect(giving).rejects.toThrow("too late");
    for (const [name, one] of Object.entries({ first, second, after })) {
      await soon();
      end(name);
      expect(await one).toBe(name);
    }
  });

  it("runs if its turn comes before the deadline, regardless of its duration", async () => {
    const { clock, giving, first, second, end } = crowd();
    clock.pass(4_999);
    for (const [name, one] of Object.entries({ first, second })) {
      await soon();
      end(name);
      await one;
    }
    clock.pass(60_000);
    expect(await giving).toBe("late");
  });
});

describe("ConcurrencyLimit: an operation that is canceled in the queue", () => {
  function queue() {
    const abort = new AbortController();
    const clock = new FakeClock(0);
    const limit = new ConcurrencyLimit(1, clock);
    const operations = work(limit);
    const first = operations.add("first");
    const canceled = jest.fn(() => Promise.resolve("canceled"));
    const { signal } = abort;
    const result = limit.run(canceled, { ...LIMITS, deadline: 5_000, signal });
    return { ...operations, abort, clock, limit, first, canceled, result };
  }

  it("leaves the queue at once and never runs", async () => {
    const { abort, canceled, result, first, end } = queue();
    abort.abort();
    await expect(result).rejects.toThrow("canceled");
    end("first");
    await first;
    await soon();
    expect(canceled).not.toHaveBeenCalled();
  });

  it("leaves no alarm", async () => {
    const { abort, clock, result } = queue();
    const ring = jest.spyOn(LIMITS, "tooLate");
    abort.abort();
    await expect(result).rejects.toThrow("canceled");
    clock.pass(5_000);
    expect(ring).not.toHaveBeenCalled();
  });

  it("does not delay the operations after it", async () => {
    const { abort, result, first, add, end } = queue();
    const after = add("after");
    abort.abort();
    await expect(result).rejects.toThrow("canceled");
    end("first");
    await first;
    await soon();
    end("after");
    expect(await after).toBe("after");
  });

  it("does not wait if it was canceled before", async () => {
    const { limit } = queue();
    const late = jest.fn(() => Promise.resolve("late"));
    const signal = AbortSignal.abort();
    await expect(limit.run(late, { ...LIMITS, signal })).rejects.toThrow("canceled");
    expect(late).not.toHaveBeenCalled();
  });

  it("runs to its end if its turn has come", async () => {
    const { abort, result, first, end } = queue();
    end("first");
    await first;
    abort.abort();
    expect(await result).toBe("canceled");
  });

  it("leaves no listener at its signal once its turn has come", async () => {
    const { abort, result, first, end } = queue();
    end("first");
    await first;
    await result;
    expect(getEventListeners(abort.signal, "abort")).toEqual([]);
  });
});
