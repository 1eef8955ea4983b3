import { ConcurrencyLimit } from "../../../provider/http/concurrencyLimit";
import { FakeClock } from "../support/fakeClock";

/** Operations that run until they are told to end, and the names of those that have begun. */
function work(limit: ConcurrencyLimit) {
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const add = (name: string) =>
    limit.run(() => {
      begun.push(name);
      return new Promise<string>((resolve, reject) =>
        ends.set(name, (error) => (error ? reject(error) : resolve(name))),
      );
    });
  return { begun, add, end: (name: string, error?: Error) => ends.get(name)!(error) };
}

/** What is due has then been done. */
const soon = () => new Promise((resolve) => setImmediate(resolve));

it("runs as many at once as it allows", async () => {
  const { begun, add } = work(new ConcurrencyLimit(2, new FakeClock()));
  for (const name of ["a", "b", "c"]) void add(name);
  await soon();
  expect(begun).toEqual(["a", "b"]);
});

it("lets the others go in the order in which they came", async () => {
  const { begun, add, end } = work(new ConcurrencyLimit(1, new FakeClock()));
  const all = ["a", "b", "c", "d"].map((name) => add(name));
  for (const name of ["a", "b", "c", "d"]) {
    await soon();
    end(name);
  }
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

it("lets nobody in who comes when somebody else's turn has come", async () => {
  const { begun, add, end } = work(new ConcurrencyLimit(1, new FakeClock()));
  void add("a");
  void add("waiting");
  await soon();
  end("a");
  void add("late");
  await soon();
  expect(begun).toEqual(["a", "waiting"]);
});

it("goes on after one that fails, which fails alone", async () => {
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

it("has all its places again after a rush", async () => {
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

describe("an operation whose deadline comes before its turn", () => {
  const tooLate = (inFront: number) => new Error(`too late behind ${inFront}`);

  function crowd() {
    const clock = new FakeClock(0);
    const limit = new ConcurrencyLimit(1, clock);
    const room = work(limit);
    const [first, second] = [room.add("first"), room.add("second")];
    const late = jest.fn(() => Promise.resolve("late"));
    const giving = limit.run(late, 5_000, tooLate);
    return { ...room, clock, first, second, late, giving };
  }

  it("gives up its place, is not run, and says how many were in front", async () => {
    const { clock, late, giving, first, end } = crowd();
    clock.pass(5_000);
    await expect(giving).rejects.toThrow("too late behind 2");
    await soon();
    end("first");
    await first;
    await soon();
    expect(late).not.toHaveBeenCalled();
  });

  it("holds up nobody who comes after it", async () => {
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

  it("is run where its turn comes in time, however long it then lasts", async () => {
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
