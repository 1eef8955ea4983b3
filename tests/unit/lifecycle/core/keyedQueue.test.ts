import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { CanceledError } from "../../../../provider/errors";
import { KeyedQueue } from "../../../../provider/lifecycle/core/keyedQueue";

const settle = () => new Promise(setImmediate);

/** An operation that ends on demand. */
function anOperation(name: string, events: string[]) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const operation = async () => {
    events.push(`${name} begins`);
    await ended;
    events.push(`${name} ends`);
  };
  return { operation, end };
}

it("KeyedQueue: runs an operation after the one before it, even if earlier ones have ended already", async () => {
  const queue = new KeyedQueue();
  const events: string[] = [];
  const [first, second, third] = ["1", "2", "3"].map((name) => anOperation(name, events));
  const runs = [queue.run("a", first!.operation), queue.run("a", second!.operation)];
  first!.end();
  await settle();
  runs.push(queue.run("a", third!.operation));
  await settle();
  expect(events).toEqual(["1 begins", "1 ends", "2 begins"]);
  second!.end();
  third!.end();
  await Promise.all(runs);
  expect(events.slice(3)).toEqual(["2 ends", "3 begins", "3 ends"]);
});

it("KeyedQueue: runs operations of different keys concurrently", async () => {
  const queue = new KeyedQueue();
  const events: string[] = [];
  const [first, second] = ["1", "2"].map((name) => anOperation(name, events));
  const runs = [queue.run("a", first!.operation), queue.run("b", second!.operation)];
  await settle();
  expect(events).toEqual(["1 begins", "2 begins"]);
  first!.end();
  second!.end();
  await Promise.all(runs);
});

it("KeyedQueue: returns the result or the error of an operation and runs the next one in either case", async () => {
  const queue = new KeyedQueue();
  const runs = [
    queue.run("a", () => Promise.resolve("done")),
    queue.run("a", () => Promise.reject(new Error("no"))),
    queue.run("a", () => Promise.resolve("done again")),
  ];
  expect(await Promise.allSettled(runs)).toEqual([
    { status: "fulfilled", value: "done" },
    { status: "rejected", reason: new Error("no") },
    { status: "fulfilled", value: "done again" },
  ]);
});

it("KeyedQueue: keeps no memory of a key after its last operation", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const queue = new KeyedQueue();
  const results: WeakRef<object>[] = [];
  const run = async () => {
    const result = await queue.run("a", () => Promise.resolve({}));
    results.push(new WeakRef(result));
  };
  await run();
  await settle();
  collectGarbage();
  expect(results.map((result) => result.deref())).toEqual([undefined]);
  expect(queue).toBeInstanceOf(KeyedQueue);
});

it("KeyedQueue: forgets a key when its last operation has ended", async () => {
  const queue = new KeyedQueue();
  const [first, second] = ["1", "2"].map((name) => anOperation(name, []));
  const runs = [queue.run("a", first!.operation), queue.run("a", second!.operation)];
  first!.end();
  await runs[0];
  expect(queue.size).toBe(1);
  second!.end();
  await runs[1];
  expect(queue.size).toBe(0);
});

describe("KeyedQueue: an operation that is canceled before its turn", () => {
  function queueOfThree() {
    const queue = new KeyedQueue();
    const abort = new AbortController();
    const events: string[] = [];
    const [first, second, third] = ["1", "2", "3"].map((name) => anOperation(name, events));
    const runs = [
      queue.run("a", first!.operation),
      queue.run("a", second!.operation, abort.signal),
      queue.run("a", third!.operation),
    ] as const;
    return { abort, events, first: first!, third: third!, runs };
  }

  it("ends at once and never runs", async () => {
    const { abort, events, runs } = queueOfThree();
    abort.abort();
    await expect(runs[1]).rejects.toThrow(CanceledError);
    await expect(runs[1]).rejects.toThrow(
      /an earlier one .* It sent nothing\. Run the same command/,
    );
    expect(events).toEqual(["1 begins"]);
  });

  it("lets the next one wait for those ahead of it", async () => {
    const { abort, events, first, third, runs } = queueOfThree();
    abort.abort();
    await expect(runs[1]).rejects.toThrow(CanceledError);
    await settle();
    expect(events).toEqual(["1 begins"]);
    first.end();
    third.end();
    await Promise.all([runs[0], runs[2]]);
    expect(events).toEqual(["1 begins", "1 ends", "3 begins", "3 ends"]);
  });
});

it("KeyedQueue: an operation that is canceled after it has begun runs to its end", async () => {
  const abort = new AbortController();
  const events: string[] = [];
  const { operation, end } = anOperation("1", events);
  const run = new KeyedQueue().run("a", operation, abort.signal);
  await settle();
  abort.abort();
  end();
  await run;
  expect(events).toEqual(["1 begins", "1 ends"]);
});
