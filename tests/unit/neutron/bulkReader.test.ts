import { ApiError, TransportError } from "../../../provider/errors";
import { BulkReader, type ReadCalls } from "../../../provider/neutron/bulkReader";
import { wireObject } from "../support/builders";
import { FakeClock } from "../support/fakeClock";

const idsOf = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`);

/**
 * A reader of that many objects, with its requests; `list` replaces the list of the cloud, and an
 * object of `lost` gets no answer.
 */
function givenReader(size: number, list?: ReadCalls["list"], lost: readonly string[] = []) {
  const clock = new FakeClock(0);
  const rows = idsOf(size).map((id) => wireObject({ id, name: `name of ${id}` }));
  const requests: string[] = [];
  const calls: ReadCalls = {
    clock,
    get: (id) => {
      requests.push(`GET ${id}`);
      if (lost.includes(id)) return new Promise(() => undefined);
      const row = rows.find((one) => one.id === id);
      return row === undefined ? Promise.reject(refusal(404)) : Promise.resolve(row);
    },
    list: (query, deadline) => {
      requests.push(`LIST ${[...query.keys()].length}`);
      if (list !== undefined) return list(query, deadline);
      const [ids, limit] = [query.getAll("id"), Number(query.get("limit") ?? size)];
      const found = ids.length === 0 ? rows : rows.filter(({ id }) => ids.includes(id));
      const next = found.length > limit ? new URLSearchParams({ marker: "x" }) : undefined;
      return Promise.resolve({ rows: found.slice(0, limit), next });
    },
  };
  return { clock, reader: new BulkReader(calls), requests, rows };
}

function refusal(status: number): ApiError {
  return new ApiError("no", { status, method: "GET", path: "/" });
}

describe("BulkReader.listByIds", () => {
  it("lists some objects in one request, after a first one has shown the attributes", async () => {
    const { reader, requests } = givenReader(5);
    const found = await reader.listByIds(["c1", "c3"], Infinity);
    expect([...found.keys()]).toEqual(["c1", "c3"]);
    expect(requests).toEqual(["GET c1", "LIST 2"]);
  });

  it("learns the attributes once", async () => {
    const { reader, requests } = givenReader(5);
    await reader.readSingle("c0", Infinity);
    await reader.listByIds(["c1", "c3"], Infinity);
    await reader.listByIds(["c2", "c4"], Infinity);
    expect(requests).toEqual(["GET c0", "LIST 2", "LIST 2"]);
  });

  it("lists the whole collection if a query by ids would be too long", async () => {
    const { reader, requests } = givenReader(450);
    const found = await reader.listByIds(idsOf(450), Infinity);
    expect(found.size).toBe(450);
    expect(requests).toEqual(["GET c0", "LIST 1"]);
  });

  it("sends no list if the attributes of an object stay unknown", async () => {
    const { reader, requests } = givenReader(5);
    expect((await reader.listByIds(["gone", "c1"], Infinity)).size).toBe(0);
    expect(requests).toEqual(["GET gone"]);
  });

  it("does not wait for its sample while another object shows the attributes", async () => {
    const { reader, requests } = givenReader(5, undefined, ["c1"]);
    const found = reader.listByIds(["c1", "c3"], Infinity);
    await reader.readSingle("c0", Infinity);
    expect([...(await found).keys()]).toEqual(["c1", "c3"]);
    expect(requests).toEqual(["GET c1", "GET c0", "LIST 2"]);
  });

  it("sends no list if its sample gets no answer in five seconds", async () => {
    const { clock, reader, requests } = givenReader(5, undefined, ["c1"]);
    let size: number | undefined;
    const found = reader.listByIds(["c1", "c3"], Infinity).then((all) => (size = all.size));
    clock.pass(4_999);
    await new Promise(setImmediate);
    expect(size).toBeUndefined();
    clock.pass(1);
    await found;
    expect(size).toBe(0);
    expect(requests).toEqual(["GET c1"]);
  });

  it("passes its deadline on to each request", async () => {
    const deadlines: number[] = [];
    const { reader } = givenReader(5, (_query, deadline) => {
      deadlines.push(deadline);
      return Promise.resolve({ rows: [], next: undefined });
    });
    await reader.listByIds(["c1", "c3"], 42);
    expect(deadlines).toEqual([42]);
  });
});

describe("BulkReader.listWhole", () => {
  it.each([
    ["lists a collection at most 16 times as large as the needed part", 32, 32],
    ["does not list a larger collection", 33, undefined],
  ])("%s", async (_what, size, expected) => {
    const { reader } = givenReader(size);
    const found = await reader.listWhole(2, "c0", Infinity);
    expect(found?.size).toBe(expected);
  });

  it("accepts a short page although it links to a next one", async () => {
    const { reader, rows } = givenReader(5, () =>
      Promise.resolve({ rows: rows.slice(0, 3), next: new URLSearchParams({ marker: "c2" }) }),
    );
    expect((await reader.listWhole(5, "c0", Infinity))?.size).toBe(3);
  });
});

describe("BulkReader: an unusable list", () => {
  const TWO = ["c0", "c1"];

  it("is not sent again if its rows lack attributes", async () => {
    const { clock, reader, requests } = givenReader(5, () =>
      Promise.resolve({ rows: [wireObject({ id: "c0" })], next: undefined }),
    );
    expect((await reader.listByIds(TWO, Infinity)).size).toBe(0);
    clock.pass(3_600_000);
    expect((await reader.listByIds(TWO, Infinity)).size).toBe(0);
    expect(requests).toEqual(["GET c0", "LIST 2"]);
  });

  it("is not sent again if it is refused", async () => {
    const { clock, reader, requests } = givenReader(5, () => Promise.reject(refusal(403)));
    expect((await reader.listByIds(TWO, Infinity)).size).toBe(0);
    clock.pass(3_600_000);
    expect((await reader.listByIds(TWO, Infinity)).size).toBe(0);
    expect(requests).toEqual(["GET c0", "LIST 2"]);
  });

  it("passes its transient error on and is sent again after ten seconds", async () => {
    const lost = new TransportError("no answer", true);
    const { clock, reader, requests } = givenReader(5, () => Promise.reject(lost));
    await expect(reader.listByIds(TWO, Infinity)).rejects.toBe(lost);
    clock.pass(9_999);
    expect((await reader.listByIds(TWO, Infinity)).size).toBe(0);
    expect(requests).toEqual(["GET c0", "LIST 2"]);
    clock.pass(1);
    await expect(reader.listByIds(TWO, Infinity)).rejects.toBe(lost);
  });
});
