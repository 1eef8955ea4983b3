import { TransportError, UnavailableError } from "../../../provider/errors";
import { BatchLoader } from "../../../provider/neutron/batchLoader";
import { requestedPause } from "../../../provider/wait/retry";
import { FakeClock } from "../support/fakeClock";

/** Loads that are answered on demand. */
function aGathering() {
  const clock = new FakeClock(0);
  const asked: { keys: readonly string[]; deadline: number }[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const gather = new BatchLoader<string>(clock, (keys, deadline) => {
    asked.push({ keys, deadline });
    return new Promise((resolve, reject) =>
      ends.push((error) => (error ? reject(error) : resolve(keys.map((key) => `about ${key}`)))),
    );
  });
  const soon = () => new Promise(setImmediate);
  return { clock, asked, gather, end: (at: number, error?: Error) => ends[at]!(error), soon };
}

describe("BatchLoader: the keys of one batch", () => {
  it("share the latest deadline, and each load ends at its own", async () => {
    const { clock, asked, gather, end, soon } = aGathering();
    const first = gather.load("a", 60_000);
    const [short, long] = [gather.load("b", 5_000), gather.load("c", 30_000)];
    end(0);
    expect(await first).toBe("about a");
    await soon();
    expect(asked[1]).toEqual({ keys: ["b", "c"], deadline: 30_000 });
    clock.pass(5_100);
    await expect(short).rejects.toThrow(TransportError);
    end(1);
    expect(await long).toBe("about c");
  });

  it("are paused for at most half a minute after one response", async () => {
    const { gather, end, soon } = aGathering();
    const refusal = { status: 503, method: "GET", path: "/", retryAfterMs: 3_600_000 };
    const busy = new UnavailableError("busy", refusal);
    const alone = gather.load("a", Infinity);
    const together = [gather.load("b", Infinity), gather.load("c", Infinity)];
    const pauses = [alone, ...together].map((one) => one.catch(requestedPause));
    end(0, busy);
    await soon();
    end(1, busy);
    expect(await Promise.all(pauses)).toEqual([3_600_000, 30_000, 30_000]);
  });
});
