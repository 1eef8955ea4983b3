import { ApiError, TransportError, UnavailableError } from "../../../provider/errors";
import { statusBackoff } from "../../../provider/wait/backoff";
import type { StatusSnapshot, PolledObject } from "../../../provider/wait/statusList";
import { StatusPoller } from "../../../provider/wait/statusPoller";
import { SimulatedClock } from "../support/simulatedClock";

/** A cloud whose objects are PENDING_CREATE until their time; `instead` replaces its list. */
function aWorld(
  settles: Readonly<Record<string, number>>,
  instead: (now: number, lists: number) => StatusSnapshot | undefined = () => undefined,
) {
  const clock = new SimulatedClock();
  const lists: { at: number; ids: string[]; deadline: number }[] = [];
  const watcher = new StatusPoller({ clock, random: () => 0.5 }, (watched, { deadline }) => {
    lists.push({ at: clock.now(), ids: watched.map(({ id }) => id), deadline });
    return Promise.resolve().then(() => {
      const special = instead(clock.now(), lists.length);
      if (special !== undefined) return special;
      const statuses = watched.map(({ id }): [string, string] => [id, statusOf(id)]);
      return { statuses: new Map(statuses), requests: 1, tookMs: 0 };
    });
  });
  const statusOf = (id: string) => (clock.now() < settles[id]! ? "PENDING_CREATE" : "ACTIVE");
  const wait = (id: string, changes: Partial<PolledObject> = {}) =>
    watcher
      .nextPoll({ id, status: "PENDING_CREATE", since: 0, until: 600_000, ...changes })
      .then(() => ({ id, at: clock.now() }));
  const all = <T>(waits: readonly Promise<T>[]) => clock.run(Promise.all(waits));
  return { all, clock, lists, wait, watcher };
}

const many = (count: number, settlesAt: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, settlesAt]));

const refusal = (status: number, retryAfterMs?: number) => ({
  status,
  method: "GET",
  path: "/",
  retryAfterMs,
});

describe("StatusPoller with many objects", () => {
  it("sends one list for all of them in each interval", async () => {
    const world = aWorld(many(1_000, 1_000));
    await world.all(Object.keys(many(1_000, 0)).map((id) => world.wait(id)));
    expect(world.lists.length).toBeLessThanOrEqual(4);
    expect(world.lists.every(({ ids }) => ids.length === 1_000)).toBe(true);
  });

  it("begins after a quarter of a second", async () => {
    const world = aWorld(many(3, 0));
    await world.all(["c0", "c1", "c2"].map((id) => world.wait(id)));
    expect(world.lists.map(({ at }) => at)).toEqual([250]);
  });

  it("wakes only the waits whose status has changed", async () => {
    const world = aWorld({ a: 0, b: 0, c: 5_000, d: 5_000, e: 5_000 });
    const ended = await world.all(["a", "b", "c", "d", "e"].map((id) => world.wait(id)));
    expect(ended.filter(({ at }) => at === 250).map(({ id }) => id)).toEqual(["a", "b"]);
  });

  it("wakes the wait for an object that the list lacks", async () => {
    const world = aWorld(many(3, 60_000), () => ({
      statuses: new Map([["c0", "PENDING_CREATE"]]),
      requests: 1,
      tookMs: 0,
    }));
    const waits = ["c0", "c1", "c2"].map((id) => world.wait(id));
    const first = await world.clock.run(Promise.race(waits));
    expect(first).toEqual({ id: "c1", at: 250 });
  });

  it("sends at most two requests a second in the long run, for any number of new waits", async () => {
    const world = aWorld(many(400, 400_000));
    const waits = Array.from({ length: 400 }, async (_, i) => {
      await world.clock.sleep(i * 100);
      return world.wait(`c${i}`, { since: world.clock.now(), until: 40_000 });
    });
    await world.all(waits);
    expect(world.lists.length).toBeGreaterThan(20);
    expect(world.lists.length).toBeLessThanOrEqual(4 + 2 * 40);
  });

  it("counts every page as a request", async () => {
    const world = aWorld(many(3, 0), (now) => ({
      statuses: new Map(
        Object.keys(many(3, 0)).map((id) => [id, now < 20_000 ? "PENDING_CREATE" : "ACTIVE"]),
      ),
      requests: 4,
      tookMs: 0,
    }));
    await world.all(Object.keys(many(3, 0)).map((id) => world.wait(id)));
    expect(world.lists.length).toBeLessThanOrEqual(2 + 20 / 2);
  });

  it("finds the end of a long wait within a tenth of its duration", async () => {
    const world = aWorld(many(5, 30_000));
    const [first] = await world.all(Object.keys(many(5, 0)).map((id) => world.wait(id)));
    expect(first!.at - 30_000).toBeLessThanOrEqual(3_300);
    expect(world.lists.length).toBeLessThan(40);
  });

  it("sends fewer lists from the beginning if all earlier waits were long", async () => {
    const world = aWorld({ ...many(3, 20_000), x: 40_000, y: 40_000, z: 40_000 });
    await world.all(["c0", "c1", "c2"].map((id) => world.wait(id)));
    const before = world.lists.length;
    const since = world.clock.now();
    await world.all(["x", "y", "z"].map((id) => world.wait(id, { since })));
    expect(world.lists.length - before).toBeLessThanOrEqual(14);
  });

  it("never pauses longer than 5 seconds", async () => {
    const world = aWorld(many(3, 300_000));
    await world.all(Object.keys(many(3, 0)).map((id) => world.wait(id)));
    const gaps = world.lists.slice(1).map(({ at }, i) => at - world.lists[i]!.at);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(5_000);
  });

  it.each([0, 100])(
    "does not change the time of its lists for a wait that ends at %d ms",
    async (until) => {
      const world = aWorld(many(4, 300));
      const hurried = world.wait("c3", { until });
      await world.all([hurried, ...["c0", "c1", "c2"].map((id) => world.wait(id))]);
      expect(world.lists.map(({ at }) => at)).toEqual([250, 500]);
    },
  );

  it("sends no second list during a list", async () => {
    const { all, clock } = aWorld({});
    const begins: number[] = [];
    const slow = new StatusPoller({ clock, random: () => 0.5 }, async () => {
      begins.push(clock.now());
      await clock.sleep(3_000);
      return { statuses: new Map(), requests: 1, tookMs: 3_000 };
    });
    const polls = [1_000, 10_000, 10_000, 10_000].map((until, i) =>
      slow.nextPoll({ id: `c${i}`, status: "PENDING_CREATE", since: 0, until }),
    );
    await all(polls);
    expect(begins).toEqual([250]);
  });

  it("leaves a slow cloud without a list for three quarters of the time", async () => {
    const world = aWorld(many(3, 60_000));
    const slow = new StatusPoller({ clock: world.clock, random: () => 0.5 }, async (watched) => {
      world.lists.push({ at: world.clock.now(), ids: [], deadline: 0 });
      await world.clock.sleep(2_000);
      const status = world.clock.now() < 60_000 ? "PENDING_CREATE" : "ACTIVE";
      return {
        statuses: new Map(watched.map(({ id }) => [id, status])),
        requests: 1,
        tookMs: 2_000,
      };
    });
    const asked = { status: "PENDING_CREATE", since: 0, until: 600_000 };
    await world.all(["a", "b", "c"].map((id) => slow.nextPoll({ id, ...asked })));
    const begins = world.lists.map(({ at }) => at);
    const gaps = begins.slice(1).map((at, i) => at - begins[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(8_000);
  });
});

describe("the interval of StatusPoller", () => {
  /**
   * The pauses between lists that each wait `waitsMs` for a queue or a login and then take `tookMs`
   * of the cloud.
   */
  async function gapsOf(waitsMs: number, tookMs: number): Promise<number[]> {
    const { clock } = aWorld({});
    const begins: number[] = [];
    const watcher = new StatusPoller({ clock, random: () => 0.5 }, async (watched) => {
      begins.push(clock.now());
      await clock.sleep(waitsMs + tookMs);
      const statuses = new Map(watched.map(({ id }) => [id, "PENDING_CREATE"]));
      return { statuses, requests: 1, tookMs };
    });
    const asked = { status: "PENDING_CREATE", since: 0, until: 100_000 };
    await clock.run(Promise.all(["a", "b", "c"].map((id) => watcher.nextPoll({ id, ...asked }))));
    return begins.slice(1).map((at, i) => at - begins[i]! - waitsMs - tookMs);
  }

  it("depends on the youngest wait, with two requests a second after the first two", async () => {
    const world = aWorld(many(3, 102_000));
    await world.clock.run(world.clock.sleep(100_000));
    const old = world.wait("c0");
    const young = ["c1", "c2"].map((id) => world.wait(id, { since: 100_000 }));
    await world.all([old, ...young]);
    const begins = world.lists.map(({ at }) => at - 100_000);
    expect(begins).toEqual([250, 500, 750, 1_250, 1_750, 2_250]);
  });

  it.each([1, 2])(
    "allows at most two requests a second for the number of waits %d",
    async (count) => {
      const world = aWorld(many(count, Infinity));
      const requestsOf = async (id: string) => {
        let requests = 0;
        for (; world.clock.now() < 20_000; requests += 1) {
          await world.wait(id, { since: world.clock.now() });
        }
        return requests;
      };
      const requests = await world.all(Object.keys(many(count, 0)).map(requestsOf));
      const sum = requests.reduce((one, other) => one + other, 0);
      expect(sum).toBeGreaterThanOrEqual(40);
      expect(sum).toBeLessThanOrEqual(42);
    },
  );

  it("does not grow with the number of waits if the cloud refuses the list", async () => {
    const world = aWorld(many(20, 0), () => {
      throw new ApiError("no", refusal(403));
    });
    const ends: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const [first] = await world.all(Object.keys(many(20, 0)).map((id) => world.wait(id)));
      ends.push(first!.at);
    }
    expect(ends).toEqual([250, 500, 750]);
  });

  it("begins with the pause of the shortest wait that ended with a changed status", async () => {
    const world = aWorld({ ...many(3, 30_000), x: 0, y: 0, z: 0 });
    await world.clock.run(world.clock.sleep(20_000));
    const ids = ["c0", "c1", "c2"];
    const [first] = await world.all(ids.map((id) => world.wait(id, { since: 20_000 })));
    await world.clock.run(world.clock.sleep(5_000));
    const since = world.clock.now();
    await world.all(["x", "y", "z"].map((id) => world.wait(id, { since })));
    const pause = (first!.at - 20_000) * statusBackoff.share;
    expect(world.lists.at(-1)!.at - since).toBeCloseTo(pause, 3);
  });

  it.each([
    ["whose object the list lacks", "PENDING_CREATE", []],
    ["whose status was unknown", undefined, ["c0", "c1", "c2"]],
  ])("does not depend on the duration of a wait %s", async (_what, status, listed) => {
    const world = aWorld(many(3, 0), () => ({
      statuses: new Map(listed.map((id) => [id, "ACTIVE"])),
      requests: 1,
      tookMs: 0,
    }));
    const waits = (since: number) =>
      world.all(["c0", "c1", "c2"].map((id) => world.wait(id, { status, since })));
    await world.clock.run(world.clock.sleep(20_000));
    await waits(0);
    await world.clock.run(world.clock.sleep(5_000));
    const since = world.clock.now();
    await waits(since);
    expect(world.lists.at(-1)!.at - since).toBe(250);
  });

  it("does not count the time of a queue or a login as slowness of the cloud", async () => {
    expect(Math.max(...(await gapsOf(8_000, 10)))).toBeLessThanOrEqual(5_000);
  });

  it("is at most half a minute, even for a very slow cloud", async () => {
    expect(Math.max(...(await gapsOf(0, 20_000)))).toBe(30_000);
  });
});

describe("a wait with StatusPoller", () => {
  it("is woken at its deadline, regardless of the list", async () => {
    const world = aWorld(many(3, 600_000));
    const ended = await world.all(["c0", "c1", "c2"].map((id) => world.wait(id, { until: 700 })));
    expect(ended.map(({ at }) => at)).toEqual([700, 700, 700]);
  });

  it("limits the list to the latest deadline of all waits", async () => {
    const world = aWorld(many(3, 300));
    await world.all(["c0", "c1", "c2"].map((id, i) => world.wait(id, { until: 1_000 + i })));
    expect(world.lists[0]!.deadline).toBe(1_002);
  });

  it("is woken at its deadline, also during a list", async () => {
    const world = aWorld(many(3, 0));
    const silent = new StatusPoller({ clock: world.clock, random: () => 0.5 }, async () => {
      await world.clock.sleep(3_000);
      return { statuses: new Map(), requests: 1, tookMs: 3_000 };
    });
    const asked = { status: "PENDING_CREATE", since: 0, until: 1_000 };
    await world.all(["a", "b", "c"].map((id) => silent.nextPoll({ id, ...asked })));
    expect(world.clock.now()).toBe(1_000);
  });

  it("is woken by a list that lacks its object, if it has never observed the object", async () => {
    const world = aWorld(many(3, 0), () => ({ statuses: new Map(), requests: 1, tookMs: 0 }));
    const three = ["c0", "c1", "c2"];
    const ended = await world.all(three.map((id) => world.wait(id, { status: undefined })));
    expect(ended.map(({ at }) => at)).toEqual([250, 250, 250]);
  });

  it("is woken after a minute if the list gets no response", async () => {
    const { all, clock } = aWorld({});
    const deaf = new StatusPoller({ clock, random: () => 0.5 }, () => new Promise(() => undefined));
    const asked = { status: "PENDING_CREATE", since: 0, until: 600_000 };
    await all(["a", "b", "c"].map((id) => deaf.nextPoll({ id, ...asked })));
    expect(clock.now()).toBe(60_000);
  });

  it("polls alone, without a list, if there are only one or two waits", async () => {
    const world = aWorld(many(2, 600_000));
    const [one] = await world.all(["c0", "c1"].map((id) => world.wait(id)));
    expect(one!.at).toBe(250);
    expect(world.lists).toEqual([]);
  });

  it("leaves no timer after its end", async () => {
    const world = aWorld(many(3, 0));
    await world.all(["c0", "c1", "c2"].map((id) => world.wait(id)));
    expect(world.clock.timers).toBe(0);
  });
});

describe("a failed list of StatusPoller", () => {
  const fail = (error: Error) => (): StatusSnapshot => {
    throw error;
  };
  const three = ["c0", "c1", "c2"];

  it("is sent again, and the waits continue", async () => {
    const lost = new TransportError("no answer", true);
    const world = aWorld(many(3, 0), (_now, lists) => (lists <= 2 ? fail(lost)() : undefined));
    const ended = await world.all(three.map((id) => world.wait(id)));
    expect(world.lists).toHaveLength(3);
    expect(new Set(ended.map(({ at }) => at))).toEqual(new Set([world.lists[2]!.at]));
  });

  it("makes all waits poll alone after three failures in a row", async () => {
    const world = aWorld(many(3, 0), fail(new TransportError("no answer", true)));
    await world.all(three.map((id) => world.wait(id)));
    expect(world.lists).toHaveLength(3);
  });

  it("makes all waits poll alone at once if it is refused, and is not sent again", async () => {
    const world = aWorld(many(3, 0), fail(new ApiError("no", refusal(403))));
    await world.all(three.map((id) => world.wait(id)));
    await world.all(three.map((id) => world.wait(id)));
    expect(world.lists).toHaveLength(1);
  });

  it("is not sent before the time that the server asks for, not even for new waits", async () => {
    const busy = new UnavailableError("busy", refusal(429, 7_000));
    const world = aWorld(many(4, 0), (_now, lists) => (lists === 1 ? fail(busy)() : undefined));
    const waits = three.map((id) => world.wait(id));
    await world.clock.run(world.clock.sleep(300));
    const late = world.wait("c3", { since: 300 });
    await world.all([...waits, late]);
    expect(world.lists.map(({ at }) => at)).toEqual([250, 7_250]);
  });

  it("is sent again after half a minute, even if the server asks for a longer pause", async () => {
    const busy = new UnavailableError("busy", refusal(503, 3_600_000));
    const world = aWorld(many(3, 0), (_now, lists) => (lists === 1 ? fail(busy)() : undefined));
    const ended = await world.all(three.map((id) => world.wait(id)));
    expect(world.lists.map(({ at }) => at)).toEqual([250, 30_250]);
    expect(ended.map(({ at }) => at)).toEqual([30_250, 30_250, 30_250]);
  });
});
