import { ApiError, TransportError, UnavailableError } from "../../../provider/errors";
import { Watcher, type Glimpse, type Watched } from "../../../provider/wait/watcher";
import { FakeClock } from "../fakeClock";

/** A cloud whose objects are PENDING_CREATE until their time; `instead` makes a list of its own. */
function aWorld(
  settles: Readonly<Record<string, number>>,
  instead: (now: number, lists: number) => Glimpse | undefined = () => undefined,
) {
  const clock = new FakeClock(0);
  const lists: { at: number; ids: string[]; deadline: number }[] = [];
  const watcher = new Watcher({ clock, random: () => 0.5 }, (watched, deadline) => {
    lists.push({ at: clock.now(), ids: watched.map(({ id }) => id), deadline });
    return Promise.resolve().then(() => {
      const special = instead(clock.now(), lists.length);
      if (special !== undefined) return special;
      const statuses = watched.map(({ id }): [string, string] => [id, statusOf(id)]);
      return { statuses: new Map(statuses), requests: 1 };
    });
  });
  const statusOf = (id: string) => (clock.now() < settles[id]! ? "PENDING_CREATE" : "ACTIVE");
  const wait = (id: string, changes: Partial<Watched> = {}) =>
    watcher
      .stirred({ id, status: "PENDING_CREATE", since: 0, until: 600_000, ...changes })
      .then(() => ({ id, at: clock.now() }));
  return { clock, lists, wait, watcher };
}

const many = (count: number, settlesAt: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, settlesAt]));

const refusal = (status: number, retryAfterMs?: number) => ({
  ...{ status, method: "GET", path: "/", retryAfterMs },
});

describe("a watcher of many objects", () => {
  it("asks for all of them with one list a tick", async () => {
    const world = aWorld(many(1_000, 1_000));
    await Promise.all(Object.keys(many(1_000, 0)).map((id) => world.wait(id)));
    expect(world.lists.length).toBeLessThanOrEqual(4);
    expect(world.lists.every(({ ids }) => ids.length === 1_000)).toBe(true);
  });

  it("begins after a quarter of a second", async () => {
    const world = aWorld(many(3, 0));
    await Promise.all(["c0", "c1", "c2"].map((id) => world.wait(id)));
    expect(world.lists.map(({ at }) => at)).toEqual([250]);
  });

  it("stirs those alone whose status has moved", async () => {
    const world = aWorld({ a: 0, b: 0, c: 5_000, d: 5_000, e: 5_000 });
    const ended = await Promise.all(["a", "b", "c", "d", "e"].map((id) => world.wait(id)));
    expect(ended.filter(({ at }) => at === 250).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("stirs what no list has", async () => {
    const world = aWorld(many(3, 60_000), () => ({
      statuses: new Map([["c0", "PENDING_CREATE"]]),
      requests: 1,
    }));
    const first = await Promise.race(
      ["c0", "c1"].map((id) => world.wait(id)).concat(world.wait("c2")),
    );
    expect(first).toEqual({ id: "c1", at: 250 });
  });

  it("makes two requests a second at most in the long run, however often somebody begins to wait", async () => {
    const world = aWorld(many(400, 400_000));
    const waits = Array.from({ length: 400 }, async (_, i) => {
      while (world.clock.now() < i * 100) await Promise.resolve();
      return world.wait(`c${i}`, { since: world.clock.now(), until: 40_000 });
    });
    await Promise.all(waits);
    expect(world.lists.length).toBeGreaterThan(20);
    expect(world.lists.length).toBeLessThanOrEqual(4 + 2 * 40);
  });

  it("counts every page as a request", async () => {
    const world = aWorld(many(3, 0), (now) => ({
      statuses: new Map(
        Object.keys(many(3, 0)).map((id) => [id, now < 20_000 ? "PENDING_CREATE" : "ACTIVE"]),
      ),
      requests: 4,
    }));
    await Promise.all(Object.keys(many(3, 0)).map((id) => world.wait(id)));
    expect(world.lists.length).toBeLessThanOrEqual(2 + 20 / 2);
  });

  it("notices the end of a long wait within a tenth of it", async () => {
    const world = aWorld(many(5, 30_000));
    const [first] = await Promise.all(Object.keys(many(5, 0)).map((id) => world.wait(id)));
    expect(first!.at - 30_000).toBeLessThanOrEqual(3_300);
    expect(world.lists.length).toBeLessThan(40);
  });

  it("looks more seldom from the beginning where all had to wait for long before", async () => {
    const world = aWorld({ ...many(3, 20_000), x: 40_000, y: 40_000, z: 40_000 });
    await Promise.all(["c0", "c1", "c2"].map((id) => world.wait(id)));
    const before = world.lists.length;
    const since = world.clock.now();
    await Promise.all(["x", "y", "z"].map((id) => world.wait(id, { since })));
    expect(world.lists.length - before).toBeLessThanOrEqual(14);
  });

  it("never pauses for longer than 5 seconds", async () => {
    const world = aWorld(many(3, 300_000));
    await Promise.all(Object.keys(many(3, 0)).map((id) => world.wait(id)));
    expect(Math.max(...world.clock.pauses)).toBeLessThanOrEqual(5_000);
  });

  it("leaves a slow cloud three quarters of the time for itself", async () => {
    const world = aWorld(many(3, 60_000));
    const slow = new Watcher({ clock: world.clock, random: () => 0.5 }, (watched) => {
      world.lists.push({ at: world.clock.now(), ids: [], deadline: 0 });
      world.clock.pass(2_000);
      const status = world.clock.now() < 60_000 ? "PENDING_CREATE" : "ACTIVE";
      return Promise.resolve({
        statuses: new Map(watched.map(({ id }) => [id, status])),
        requests: 1,
      });
    });
    const asked = { status: "PENDING_CREATE", since: 0, until: 600_000 };
    await Promise.all(["a", "b", "c"].map((id) => slow.stirred({ id, ...asked })));
    const begins = world.lists.map(({ at }) => at);
    const gaps = begins.slice(1).map((at, i) => at - begins[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(8_000);
  });
});

describe("a wait that is watched", () => {
  it("is stirred when its time has come, whatever the list says", async () => {
    const world = aWorld(many(3, 600_000));
    const ended = await Promise.all(["c0", "c1", "c2"].map((id) => world.wait(id, { until: 700 })));
    expect(ended.map(({ at }) => at)).toEqual([700, 700, 700]);
  });

  it("gives no list longer than it has time itself", async () => {
    const world = aWorld(many(3, 300));
    await Promise.all(["c0", "c1", "c2"].map((id, i) => world.wait(id, { until: 1_000 + i })));
    expect(world.lists[0]!.deadline).toBe(1_000);
  });

  it("is paced alone where only one or two are waited for: no list is made", async () => {
    const world = aWorld(many(2, 600_000));
    const [one] = await Promise.all(["c0", "c1"].map((id) => world.wait(id)));
    expect(one!.at).toBe(250);
    expect(world.lists).toEqual([]);
  });

  it("leaves no timer behind when it ends", async () => {
    const world = aWorld(many(3, 0));
    await Promise.all(["c0", "c1", "c2"].map((id) => world.wait(id)));
    const { length } = world.clock.pauses;
    await new Promise(setImmediate);
    expect(world.clock.pauses).toHaveLength(length);
  });
});

describe("a list that is not given", () => {
  const fail = (error: Error) => (): Glimpse => {
    throw error;
  };
  const three = ["c0", "c1", "c2"];

  it("is asked for again, and the waits go on", async () => {
    const lost = new TransportError("no answer", true);
    const world = aWorld(many(3, 0), (_now, lists) => (lists <= 2 ? fail(lost)() : undefined));
    const ended = await Promise.all(three.map((id) => world.wait(id)));
    expect(world.lists).toHaveLength(3);
    expect(new Set(ended.map(({ at }) => at))).toEqual(new Set([world.lists[2]!.at]));
  });

  it("lets all look for themselves when it failed three times running", async () => {
    const world = aWorld(many(3, 0), fail(new TransportError("no answer", true)));
    await Promise.all(three.map((id) => world.wait(id)));
    expect(world.lists).toHaveLength(3);
  });

  it("lets all look for themselves at once when it is refused, and is not asked for again", async () => {
    const world = aWorld(many(3, 0), fail(new ApiError("no", refusal(403))));
    await Promise.all(three.map((id) => world.wait(id)));
    await Promise.all(three.map((id) => world.wait(id)));
    expect(world.lists).toHaveLength(1);
  });

  it("is not asked for before the server wants it, also for those that begin to wait meanwhile", async () => {
    const busy = new UnavailableError("busy", refusal(429, 7_000));
    const world = aWorld(many(4, 0), (_now, lists) => (lists === 1 ? fail(busy)() : undefined));
    const waits = three.map((id) => world.wait(id));
    while (world.lists.length === 0) await Promise.resolve();
    await Promise.resolve();
    const late = world.wait("c3", { since: 250 });
    await Promise.all([...waits, late]);
    expect(world.lists.map(({ at }) => at)).toEqual([250, 7_250]);
  });
});
