import { ApiError, TransportError } from "../../../provider/errors";
import type { WireObject } from "../../../provider/neutron/client";
import type { ReadCalls } from "../../../provider/neutron/bulkReader";
import { ObjectLoader } from "../../../provider/neutron/objectLoader";
import { WriteCounter } from "../../../provider/neutron/writeCounter";
import { wireObject } from "../support/builders";
import { FakeClock } from "../support/fakeClock";

/**
 * A collection of that many objects with its requests; `instead` replaces the list of the cloud.
 */
function aCollection(size: number, instead?: ReadCalls["list"]) {
  const rows = Array.from({ length: size }, (_, i) => wireObject({ id: `c${i}`, name: `${i}` }));
  const asked: string[] = [];
  const clock = new FakeClock(0);
  const calls: ReadCalls = {
    get: async (id) => {
      asked.push(`GET ${id}`);
      await new Promise(setImmediate);
      const row = rows.find((one) => one.id === id);
      if (row === undefined)
        throw new ApiError(`no ${id}`, { status: 404, method: "GET", path: "/" });
      return row;
    },
    list: async (query, deadline) => {
      asked.push(`LIST ${query.toString()}`);
      await new Promise(setImmediate);
      if (instead !== undefined) return instead(query, deadline);
      const [ids, limit] = [query.getAll("id"), Number(query.get("limit") ?? size)];
      const found = ids.length === 0 ? rows : rows.filter(({ id }) => ids.includes(id));
      return {
        rows: found.slice(0, limit),
        next: found.length >= limit ? new URLSearchParams({ marker: "x" }) : undefined,
      };
    },
    clock,
  };
  const pass = (ms: number) => clock.pass(ms);
  const writes = new WriteCounter();
  return { reads: new ObjectLoader(calls, writes), asked, rows, pass, writes };
}

const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `c${from + i}`);

/** Reads as the engine does, eight at a time. */
async function readAll(reads: ObjectLoader, all: readonly string[]): Promise<WireObject[]> {
  const found: WireObject[] = [];
  for (let at = 0; at < all.length; at += 8) {
    const some = all.slice(at, at + 8);
    found.push(...(await Promise.all(some.map((id) => reads.readRecent(id, Infinity)))));
  }
  return found;
}

/** On a busy machine, the reads that come first may be sent alone. */
const isList = (one: string): boolean => one.startsWith("LIST");

describe("ObjectLoader.read", () => {
  it("sends a GET for a single object", async () => {
    const { reads, asked } = aCollection(3);
    expect(await reads.read("c1", Infinity)).toMatchObject({ name: "1" });
    expect(asked).toEqual(["GET c1"]);
  });

  it("sends one list for all objects that are requested during another request", async () => {
    const { reads, asked } = aCollection(9);
    const found = await Promise.all(ids(0, 5).map((id) => reads.read(id, Infinity)));
    expect(found.map(({ id }) => id)).toEqual(ids(0, 5));
    expect(asked).toEqual(["GET c0", "LIST id=c1&id=c2&id=c3&id=c4"]);
  });

  it("sends a GET for an object that the list lacks, so that it gets its own error", async () => {
    const { reads, asked } = aCollection(3);
    const results = await Promise.allSettled(
      ["c0", "c1", "gone"].map((id) => reads.read(id, Infinity)),
    );
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(asked.at(-1)).toBe("GET gone");
  });

  it("lists the whole collection if much of it is requested at once", async () => {
    const { reads, asked } = aCollection(500);
    await Promise.all(ids(0, 401).map((id) => reads.read(id, Infinity)));
    expect(asked.filter(isList)).toEqual(["LIST limit=6400"]);
  });

  it("lists the objects by id if the collection is much larger", async () => {
    const { reads, asked, rows } = aCollection(9_000);
    const found = await Promise.all(ids(0, 401).map((id) => reads.read(id, Infinity)));
    expect(found).toEqual(rows.slice(0, 401));
    expect(asked.filter(isList).map((one) => one.split("?")[0]!.slice(0, 8))).toEqual([
      "LIST lim",
      "LIST id=",
      "LIST id=",
    ]);
  });

  it("sends a GET first, to know the attributes of an object", async () => {
    const { reads, asked } = aCollection(30);
    const first = reads.read("gone", Infinity).catch(() => undefined);
    await Promise.all([first, ...ids(0, 9).map((id) => reads.read(id, Infinity))]);
    expect(asked.map((one) => one.split("id=").length - 1)).toEqual([0, 0, 9]);
  });

  it("sends a GET for each object if the first one does not exist either", async () => {
    const { reads, asked } = aCollection(0);
    await Promise.allSettled(ids(0, 9).map((id) => reads.read(id, Infinity)));
    expect([...new Set(asked)]).toEqual(ids(0, 9).map((id) => `GET ${id}`));
  });

  it("returns no result of an earlier request", async () => {
    const { reads, asked } = aCollection(3);
    const first = reads.read("c1", Infinity);
    await Promise.all([first, reads.read("c1", Infinity)]);
    await reads.read("c1", Infinity);
    expect(asked).toEqual(["GET c1", "GET c1", "GET c1"]);
  });

  it("waits for the other requests only for a moment", async () => {
    const { reads, asked } = aCollection(2, () => new Promise(() => undefined));
    await reads.read("c0", Infinity);
    void Promise.all(["c0", "c1", "c0"].map((id) => reads.read(id, Infinity)));
    await new Promise((resolve) => setTimeout(resolve, 30));
    void reads.read("c1", Infinity);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(asked.at(-1)).toBe("GET c1");
  });
});

describe("ObjectLoader: an unusable list", () => {
  it("is not used if its objects lack attributes of a single object", async () => {
    const { reads, asked, rows } = aCollection(20, () =>
      Promise.resolve({ rows: rows.map(({ id }) => wireObject({ id })), next: undefined }),
    );
    for (const round of [0, 1]) {
      const some = ids(0, 4);
      const found = await Promise.all(some.map((id) => reads.read(id, Infinity)));
      expect([round, ...found.map(({ name }) => name)]).toEqual([round, "0", "1", "2", "3"]);
    }
    expect(asked.filter((one) => one.startsWith("LIST"))).toHaveLength(1);
  });

  it("is not sent again if it was refused", async () => {
    const { reads, asked } = aCollection(20, () =>
      Promise.reject(new ApiError("no", { status: 403, method: "GET", path: "/" })),
    );
    for (const some of [ids(0, 4), ids(4, 8)]) {
      await Promise.all(some.map((id) => reads.read(id, Infinity)));
    }
    expect(asked.filter((one) => one.startsWith("LIST"))).toHaveLength(1);
  });

  it("is not sent for ten seconds after a failure, which is reported", async () => {
    const { reads, asked, pass } = aCollection(20, () =>
      Promise.reject(new TransportError("no answer", true)),
    );
    const lists = () => asked.filter((one) => one.startsWith("LIST")).length;
    const read = () => Promise.allSettled(ids(0, 4).map((id) => reads.read(id, Infinity)));
    expect((await read()).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "rejected",
    ]);
    pass(9_000);
    expect((await read()).every(({ status }) => status === "fulfilled")).toBe(true);
    expect(lists()).toBe(1);
    pass(1_001);
    await read();
    expect(lists()).toBe(2);
  });
});

describe("ObjectLoader.readRecent", () => {
  it("lists the whole collection once if many objects are read in a row", async () => {
    const { reads, asked } = aCollection(100);
    const found = await readAll(reads, ids(0, 100));
    expect(found.map(({ id }) => id)).toEqual(ids(0, 100));
    expect(asked.length).toBeLessThanOrEqual(6);
  });

  it("needs at most thirty requests for a thousand objects", async () => {
    const { reads, asked } = aCollection(1_000);
    await readAll(reads, ids(0, 1_000));
    expect(asked.length).toBeLessThanOrEqual(30);
  });

  it("does not list a collection that is much larger than the requested part", async () => {
    const { reads, asked } = aCollection(5_000);
    await readAll(reads, ids(0, 24));
    const limits = asked.flatMap((one) => /limit=(\d+)/.exec(one)?.[1] ?? []);
    expect(limits).toEqual(["336"]);
  });

  it("sends a new request after a second", async () => {
    const { reads, asked, pass } = aCollection(100);
    await readAll(reads, ids(0, 50));
    const before = asked.length;
    await reads.readRecent("c60", Infinity);
    expect(asked).toHaveLength(before);
    pass(1_001);
    await reads.readRecent("c60", Infinity);
    expect(asked.length).toBeGreaterThan(before);
  });

  it("ignores the list after a write", async () => {
    const { reads, asked, writes } = aCollection(100);
    await readAll(reads, ids(0, 50));
    const before = asked.length;
    writes.count += 1;
    await reads.readRecent("c60", Infinity);
    expect(asked.length).toBeGreaterThan(before);
  });

  it("returns each object of the list once, so that a second read gets its current value", async () => {
    const { reads, asked } = aCollection(100);
    await readAll(reads, ids(0, 50));
    const before = asked.length;
    await reads.readRecent("c60", Infinity);
    await reads.readRecent("c60", Infinity);
    expect(asked.slice(before)).toEqual(["GET c60"]);
  });

  it("sends no list if the reads come one after the other", async () => {
    const { reads, asked } = aCollection(100);
    for (const id of ids(0, 50)) await reads.readRecent(id, Infinity);
    expect(asked).toEqual(ids(0, 50).map((id) => `GET ${id}`));
  });

  it("sends a GET for an object that is not in the list", async () => {
    const { reads } = aCollection(100);
    await readAll(reads, ids(0, 50));
    await expect(reads.readRecent("gone", Infinity)).rejects.toThrow("no gone");
  });
});
