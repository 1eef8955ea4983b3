import fc from "fast-check";

import { ApiError, TransportError, UnavailableError } from "../../../provider/errors";
import { Progress } from "../../../provider/wait/progress";
import { waitUntil, type PollRequest } from "../../../provider/wait/waiter";
import type { StatusSnapshot } from "../../../provider/wait/statusList";
import { MAX_REST_MS, MAX_UNSEEN_MS, StatusPoller } from "../../../provider/wait/statusPoller";
import { seed } from "../support/seed";
import { SimulatedClock } from "../support/simulatedClock";

/*
 * A model of every event for the poller: objects that change, disappear and reappear, lists and
 * polls that are slow, fail, are refused or ask for a pause, waits that begin and end at any time.
 * A simulated clock makes VPNAAS_SCHEDULES=100000 a matter of one or two minutes.
 */
const SCHEDULES = Number(process.env["VPNAAS_SCHEDULES"] ?? 1_000);

/** The outcome of one list. */
type ListFate =
  | {
      readonly kind: "given";
      readonly ms: number;
      readonly pages: number;
      readonly isEarly: boolean;
    }
  | { readonly kind: "lost"; readonly ms: number }
  | { readonly kind: "busy"; readonly ms: number; readonly retryAfterMs: number | undefined }
  | { readonly kind: "refused"; readonly ms: number };

interface ObjectPlan {
  readonly beginMs: number;
  readonly lastsMs: number;
  /** In this order; undefined for a deleted object. */
  readonly changes: readonly { readonly afterMs: number; readonly status: string | undefined }[];
  /** The first polls, which fail: the duration of each. */
  readonly failedLooks: readonly number[];
  readonly lookMs: number;
}

interface Schedule {
  readonly objects: readonly ObjectPlan[];
  /** The outcomes of the first lists; later ones succeed at once. */
  readonly lists: readonly ListFate[];
  readonly chances: readonly number[];
}

const ms = (max: number) => fc.oneof(fc.constant(0), fc.integer({ min: 0, max }));

const listFate: fc.Arbitrary<ListFate> = fc.oneof(
  fc.record({
    kind: fc.constant("given" as const),
    ms: fc.oneof(ms(300), ms(10_000)),
    pages: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 5 })),
    isEarly: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("lost" as const), ms: fc.oneof(ms(10_000), ms(300_000)) }),
  fc.record({
    kind: fc.constant("busy" as const),
    ms: ms(1_000),
    retryAfterMs: fc.oneof(fc.constant(undefined), ms(10_000), ms(3_600_000)),
  }),
  fc.record({ kind: fc.constant("refused" as const), ms: ms(1_000) }),
);

const objectPlan: fc.Arbitrary<ObjectPlan> = fc.record({
  beginMs: ms(20_000),
  lastsMs: fc.oneof(ms(5_000), fc.integer({ min: 0, max: 180_000 })),
  changes: fc.array(
    fc.record({
      afterMs: fc.oneof(ms(1_000), ms(90_000)),
      status: fc.constantFrom("PENDING_CREATE", "BUILD", "ACTIVE", undefined),
    }),
    { maxLength: 4 },
  ),
  failedLooks: fc.array(ms(2_000), { maxLength: 3 }),
  lookMs: ms(500),
});

const schedule: fc.Arbitrary<Schedule> = fc.record({
  objects: fc.array(objectPlan, { minLength: 1, maxLength: 7 }),
  lists: fc.oneof(
    { arbitrary: fc.constant([]), weight: 1 },
    { arbitrary: fc.array(listFate, { maxLength: 12 }), weight: 3 },
  ),
  chances: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 8 }),
});

/** A time in which an object differed from the last status of its wait, which was not woken. */
interface Unnoticed {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** Plays a schedule. `lastFaultAt`: the time when the last failed list ends. */
async function play({ objects, lists, chances }: Schedule) {
  const clock = new SimulatedClock();
  let [drawn, listed, lastFaultAt] = [0, 0, 0];
  const random = () => chances[(drawn += 1) % chances.length]!;

  const timelines = new Map(
    objects.map(({ changes }, i) => {
      let at = 0;
      const moves = changes.map(({ afterMs, status }) => ({ at: (at += afterMs), status }));
      return [`c${i}`, [{ at: 0, status: "PENDING_CREATE" }, ...moves]];
    }),
  );
  const statusOf = (id: string, at = clock.now()) =>
    timelines.get(id)!.findLast((move) => move.at <= at)!.status;

  const watcher = new StatusPoller({ clock, random }, async (watched): Promise<StatusSnapshot> => {
    const fate = lists[listed] ?? { kind: "given", ms: 20, pages: 1, isEarly: false };
    listed += 1;
    const glimpse = () => {
      const shown = watched.flatMap(({ id }) => {
        const status = statusOf(id);
        return status === undefined ? [] : [[id, status] as const];
      });
      return new Map(shown);
    };
    const early = glimpse();
    if (fate.kind !== "given") lastFaultAt = clock.now() + fate.ms;
    await clock.sleep(fate.ms);
    if (fate.kind === "given") {
      const statuses = fate.isEarly ? early : glimpse();
      return { statuses, requests: fate.pages, tookMs: fate.ms };
    }
    if (fate.kind === "lost") throw new TransportError("no answer", true);
    const refusal = { status: 403, method: "GET", path: "/" };
    if (fate.kind === "refused") throw new ApiError("no", refusal);
    const { retryAfterMs } = fate;
    throw new UnavailableError("busy", { ...refusal, status: 503, retryAfterMs });
  });

  const unnoticed: Unnoticed[] = [];
  const stirred = async (id: string, stir: PollRequest) => {
    const from = clock.now();
    await watcher.nextPoll({ id, ...stir });
    const isOther = (status: string | undefined) =>
      stir.status === undefined || status !== stir.status;
    const bounds = [...timelines.get(id)!.map(({ at }) => at), from, clock.now()];
    const times = bounds.filter((at) => at >= from && at <= clock.now()).sort((a, b) => a - b);
    let begin: number | undefined;
    for (const at of times) {
      const differs = at < clock.now() && isOther(statusOf(id, at));
      if (differs) begin ??= at;
      else if (begin !== undefined) {
        unnoticed.push({ id, from: begin, to: at });
        begin = undefined;
      }
    }
  };

  const progress = { begin: () => ({ see: () => undefined, end: () => undefined }) };
  const late: string[] = [];
  const waits = objects.map(async (plan, i) => {
    const id = `c${i}`;
    let looks = 0;
    await clock.sleep(plan.beginMs);
    const deadline = clock.now() + plan.lastsMs;
    const ended = waitUntil(
      { clock, random, progress: progress as unknown as Progress },
      {
        subject: id,
        condition: {
          goal: "to be gone",
          advice: () => "",
          confirmation: "",
          isMet: (seen: { readonly status: string }) =>
            seen.status === "gone" || seen.status === "ACTIVE",
        },
        deadline,
        observe: async () => {
          const failedMs = plan.failedLooks[looks];
          looks += 1;
          await clock.sleep(failedMs ?? plan.lookMs);
          if (failedMs !== undefined) throw new TransportError("no answer", true);
          return { status: statusOf(id) ?? "gone" };
        },
        status: (seen) => seen.status,
        nextPoll: (stir) => stirred(id, stir),
      },
    );
    await ended.catch(() => undefined);
    if (clock.now() > deadline + 2_000) late.push(id);
  });
  await clock.run(Promise.all(waits));
  return { unnoticed, late, lastFaultAt };
}

/**
 * The time in which a change is found while lists succeed: a list in flight, the pause, the next
 * list.
 */
function usualMs({ lists }: Schedule): number {
  const given = lists.flatMap((fate) => (fate.kind === "given" ? [fate] : []));
  const asked = lists.flatMap((fate) => (fate.kind === "busy" ? [fate.retryAfterMs ?? 0] : []));
  const slowest = Math.max(20, ...given.map((fate) => fate.ms));
  const pages = Math.max(2, ...given.map((fate) => fate.pages));
  const rest = Math.min(MAX_REST_MS, Math.max(5_000, 3 * slowest, 500 * pages, ...asked));
  return 2 * slowest + rest;
}

it(`StatusPoller wakes each wait whose object has changed, in ${SCHEDULES} random schedules`, async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async (one) => {
      const { unnoticed, late, lastFaultAt } = await play(one);
      for (const { id, from, to } of unnoticed) {
        const [whole, healthy] = [to - from, to - Math.max(from, lastFaultAt)];
        if (whole > MAX_UNSEEN_MS + 1) throw new Error(`${id} was not stirred for ${whole} ms`);
        if (healthy > usualMs(one) + 1) {
          throw new Error(`${id} was not stirred for ${healthy} ms though lists were given`);
        }
      }
      expect(late).toEqual([]);
    }),
    { numRuns: SCHEDULES, seed },
  );
}, 3_600_000);
