import { TtlCache } from "../../../provider/neutron/ttlCache";
import { FakeClock } from "../support/fakeClock";

/** A cache with the entries a and b, which live for a second. */
function givenCache() {
  const clock = new FakeClock(0);
  const source = { version: 7 };
  const cache = new TtlCache<string>(clock, () => source.version);
  const fill = (entries: Record<string, string>, version = source.version) =>
    cache.fill(new Map(Object.entries(entries)), { ttlMs: 1_000, version });
  fill({ a: "A", b: "B" });
  return { cache, clock, fill, source };
}

describe("TtlCache", () => {
  it("is empty at first", () => {
    const cache = new TtlCache<string>(new FakeClock(0), () => 0);
    expect(cache.take("a")).toBeUndefined();
  });

  it("returns its entries", () => {
    const { cache } = givenCache();
    expect([cache.take("b"), cache.take("a")]).toEqual(["B", "A"]);
  });

  it("returns no other entries", () => {
    expect(givenCache().cache.take("c")).toBeUndefined();
  });

  it("returns each entry once", () => {
    const { cache } = givenCache();
    cache.take("a");
    expect(cache.take("a")).toBeUndefined();
  });

  it("returns entries until their time to live has passed", () => {
    const { cache, clock } = givenCache();
    clock.pass(999);
    expect(cache.take("a")).toBe("A");
    clock.pass(1);
    expect(cache.take("b")).toBeUndefined();
  });

  it("returns no entry after a change of the source", () => {
    const { cache, source } = givenCache();
    source.version += 1;
    expect(cache.take("a")).toBeUndefined();
  });

  it("returns no entry that was requested before a change of the source", () => {
    const { cache, fill, source } = givenCache();
    source.version += 1;
    fill({ a: "old" }, 7);
    expect(cache.take("a")).toBeUndefined();
  });

  it("replaces all entries when it is filled again", () => {
    const { cache, clock, fill } = givenCache();
    clock.pass(900);
    fill({ a: "new" });
    clock.pass(900);
    expect([cache.take("a"), cache.take("b")]).toEqual(["new", undefined]);
  });

  it("does not change the entries that it was filled with", () => {
    const { cache } = givenCache();
    const entries = new Map([["a", "A"]]);
    cache.fill(entries, { ttlMs: 1_000, version: 7 });
    cache.take("a");
    expect(entries.get("a")).toBe("A");
  });
});
