import fc from "fast-check";

import { TransportError } from "../../../provider/errors";
import type { WireObject } from "../../../provider/neutron/collection";
import type { Page } from "../../../provider/neutron/listQueries";
import { pagesOf } from "../../../provider/neutron/pages";
import { wireObject } from "../support/builders";

/** A collection with Neutron's pagination; `between` runs before each page except the first. */
class Paged {
  readonly asked: string[] = [];

  constructor(
    private ids: readonly string[],
    private readonly limit: number,
    private readonly between: (paged: Paged) => void = () => undefined,
  ) {}

  remove(...gone: readonly string[]): void {
    this.ids = this.ids.filter((id) => !gone.includes(id));
  }

  get left(): readonly string[] {
    return this.ids;
  }

  readonly page = (query: URLSearchParams): Promise<Page> => {
    if (this.asked.length > 0) this.between(this);
    this.asked.push(query.toString());
    const marker = query.get("marker");
    const at = marker === null ? -1 : this.ids.indexOf(marker);
    const isKnown = marker === null || at >= 0;
    const rows = isKnown ? this.ids.slice(at + 1, at + 1 + this.limit).map(row) : [];
    return Promise.resolve({ rows, next: nextOf(rows, this.limit) });
  };
}

const row = (id: string) => wireObject({ id });

function nextOf(rows: readonly WireObject[], limit: number): URLSearchParams | undefined {
  const last = rows.at(-1);
  return last === undefined || rows.length < limit
    ? undefined
    : new URLSearchParams({ marker: last.id });
}

/** The ids that a list shows, each once, in order of appearance. */
async function idsOf(
  ask: (query: URLSearchParams) => Promise<Page>,
  first = new URLSearchParams(),
): Promise<string[]> {
  const ids = new Set<string>();
  for await (const { rows } of pagesOf("IkePolicy", first, ask)) {
    for (const { id } of rows) ids.add(id);
  }
  return [...ids];
}

describe("pagesOf: a list in pages", () => {
  it("continues after a marker that is deleted between two pages", async () => {
    const paged = new Paged(["a", "b", "c", "d", "e"], 2, (one) => one.remove("b"));
    expect(await idsOf(paged.page)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("starts again if every object that it returned is deleted", async () => {
    const paged = new Paged(["a", "b", "c", "d", "e"], 2, (one) => one.remove("a", "b"));
    expect(await idsOf(paged.page)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("costs one more page if its last page is full, to verify its last object", async () => {
    const paged = new Paged(["a", "b", "c", "d"], 2);
    expect(await idsOf(paged.page)).toEqual(["a", "b", "c", "d"]);
    expect(paged.asked).toEqual(["", "marker=b", "marker=d", "marker=c"]);
  });

  it("is complete with pages of one object", async () => {
    const paged = new Paged(["a", "b", "c"], 1);
    expect(await idsOf(paged.page)).toEqual(["a", "b", "c"]);
    expect(paged.asked).toHaveLength(5);
  });

  it("goes back in growing steps, so that a few pages find a remaining object", async () => {
    const ids = Array.from({ length: 300 }, (_, i) => `id-${i}`);
    const paged = new Paged(ids, 100, (one) => {
      if (one.asked.length === 2) one.remove(...ids.slice(10, 200));
    });
    expect(await idsOf(paged.page)).toEqual(ids);
    expect(paged.asked.length).toBeLessThan(15);
  });

  it("keeps the filters when it goes back", async () => {
    const paged = new Paged(["a", "b", "c"], 2, (one) => one.remove("b"));
    const first = new URLSearchParams({ name: "office" });
    const ask = (query: URLSearchParams) =>
      paged.page(query).then(({ rows, next }) => {
        next?.set("name", "office");
        return { rows, next };
      });
    expect(await idsOf(ask, first)).toEqual(["a", "b", "c"]);
    expect(paged.asked.every((query) => query.includes("name=office"))).toBe(true);
  });

  it("contains every object that exists all the time, for any concurrent deletions", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.array(fc.nat(24), { maxLength: 6 }), { maxLength: 40 }),
        async (count, limit, deletions) => {
          const ids = Array.from({ length: count }, (_, i) => `id-${i}`);
          let round = 0;
          const paged = new Paged(ids, limit, (one) => {
            one.remove(...(deletions[round++] ?? []).map((i) => `id-${i}`));
          });
          const shown = await idsOf(paged.page);
          expect(shown).toEqual(expect.arrayContaining([...paged.left]));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("pagesOf: a list without an end", () => {
  it.each<[string, (count: number) => Page]>([
    ["links to the same page", () => link(["a", "b"], "b")],
    ["links to the same rows under new markers", (count) => link(["a", "b"], `m-${count}`)],
    ["goes in a circle", (count) => link([`id-${count % 5}`], `id-${count % 5}`)],
  ])("ends if the server %s", async (_what, page) => {
    let count = 0;
    const ids = await idsOf(() => Promise.resolve(page(count++)));
    expect(ids.length).toBeGreaterThan(0);
    expect(count).toBeLessThan(10);
  });

  it("fails if new objects appear forever", async () => {
    let count = 0;
    const ids = idsOf(() => Promise.resolve(link([`id-${(count += 1)}`], `id-${count}`)));
    const error: unknown = await ids.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(TransportError);
    expect((error as Error).message).toMatch(/list of every IkePolicy does not end/);
  });
});

it("pagesOf: a list fails if each marker is deleted, so that it cannot continue", async () => {
  const ids = Array.from({ length: 200 }, (_, i) => `id-${i}`);
  const paged = new Paged(ids, 1);
  const vanishing = (query: URLSearchParams) => {
    // All are returned once; from then on each object is deleted as soon as it is the marker.
    if (paged.asked.length > 200) paged.remove(query.get("marker") ?? "");
    return paged.page(query);
  };
  await expect(idsOf(vanishing)).rejects.toThrow(/could not be read to its end/);
});

function link(ids: readonly string[], marker: string): Page {
  return { rows: ids.map(row), next: new URLSearchParams({ marker }) };
}
