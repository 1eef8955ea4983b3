import { Limit } from "../../../provider/http/limit";

/** Operations that run until they are told to end, and the names of those that have begun. */
function work(limit: Limit) {
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
  const { begun, add } = work(new Limit(2));
  for (const name of ["a", "b", "c"]) void add(name);
  await soon();
  expect(begun).toEqual(["a", "b"]);
});

it("lets the others go in the order in which they came", async () => {
  const { begun, add, end } = work(new Limit(1));
  const all = ["a", "b", "c", "d"].map((name) => add(name));
  for (const name of ["a", "b", "c", "d"]) {
    await soon();
    end(name);
  }
  expect(await Promise.all(all)).toEqual(["a", "b", "c", "d"]);
  expect(begun).toEqual(["a", "b", "c", "d"]);
});

it("lets nobody in who comes when somebody else's turn has come", async () => {
  const { begun, add, end } = work(new Limit(1));
  void add("a");
  void add("waiting");
  await soon();
  end("a");
  void add("late");
  await soon();
  expect(begun).toEqual(["a", "waiting"]);
});

it("goes on after one that fails, which fails alone", async () => {
  const { begun, add, end } = work(new Limit(1));
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
  const { begun, add, end } = work(new Limit(2));
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
