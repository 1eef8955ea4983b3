import {
  ApiError,
  NotSentError,
  TransportError,
  UnavailableError,
  WaitError,
} from "../../../provider/errors";
import type { Condition } from "../../../provider/wait/condition";
import { Progress } from "../../../provider/wait/progress";
import { waitUntil, type PollRequest, type Wait } from "../../../provider/wait/waiter";
import { FakeClock } from "../support/fakeClock";

interface Seen {
  readonly status: string;
}

/** The result of a poll: a status, or an error that it throws. The last one repeats. */
type Finding = string | Error;

function aWait(
  findings: readonly Finding[],
  changes: Partial<Wait<Seen>> = {},
  condition: Partial<Condition<Seen>> = {},
) {
  const clock = new FakeClock();
  const progress = new Progress(() => undefined, clock);
  const looks: number[] = [];
  const begin = clock.now();
  const wait: Wait<Seen> = {
    subject: "IpsecSiteConnection office (f7cf)",
    condition: {
      goal: "to settle",
      advice: () => "Ask the operator.",
      confirmation: "DELETE was accepted.",
      isMet: (seen) => seen.status === "ACTIVE",
      ...condition,
    },
    deadline: begin + 60_000,
    observe: () => {
      const finding = findings[Math.min(looks.length, findings.length - 1)]!;
      looks.push(clock.now() - begin);
      return finding instanceof Error
        ? Promise.reject(finding)
        : Promise.resolve({ status: finding });
    },
    status: (seen) => seen.status,
    ...changes,
  };
  const run = () => waitUntil({ clock, random: () => 0.5, progress }, wait);
  return { clock, progress, looks, begin, run };
}

const refusal = (status: number, retryAfterMs?: number) => ({
  status,
  method: "GET",
  path: "/",
  retryAfterMs,
});
const busy = (retryAfterMs?: number) =>
  new UnavailableError("the cloud is busy", refusal(503, retryAfterMs));
const lost = new TransportError("no answer (ECONNRESET)", true);

it("waitUntil: reports the last sent poll if the next one was too late", async () => {
  const { run } = aWait(["BUILD", NotSentError.for("DELETE /x")]);
  await expect(run()).rejects.toThrow(/is still BUILD\. Ask the operator\.$/);
});

it("waitUntil: reports the last failed poll if the next one was too late", async () => {
  const { run } = aWait([busy(), new NotSentError("DELETE /x")]);
  await expect(run()).rejects.toThrow(/The last poll failed: the cloud is busy Ask/);
});

it("waitUntil: polls at once and returns the result", async () => {
  const { looks, run } = aWait(["ACTIVE"]);
  await expect(run()).resolves.toEqual({ status: "ACTIVE" });
  expect(looks).toEqual([0]);
});

it("waitUntil: does not poll if the first observation is the end", async () => {
  const { looks, run } = aWait(["DOWN"], { first: { status: "ACTIVE" } });
  await expect(run()).resolves.toEqual({ status: "ACTIVE" });
  expect(looks).toEqual([]);
});

it("waitUntil: pauses before it polls again after the first observation", async () => {
  const { looks, run } = aWait(["ACTIVE"], { first: { status: "BUILD" } });
  await run();
  expect(looks).toEqual([250]);
});

it("waitUntil: polls often at first and less and less often later, up to the ceiling", async () => {
  const { clock, begin, run } = aWait(["BUILD"], { deadline: Infinity });
  clock.sleep = ((sleep) => (ms: number) => {
    if (clock.now() - begin > 300_000) throw new Error("long enough");
    return sleep.call(clock, ms);
  })(clock.sleep.bind(clock));
  await expect(run()).rejects.toThrow("long enough");
  const { pauses } = clock;
  expect(pauses[0]).toBeCloseTo(250);
  expect(pauses).toEqual([...pauses].sort((left, right) => left - right));
  expect(pauses.at(-1)).toBeGreaterThan(4_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(5_000);
});

it("waitUntil: polls a last time at the timeout", async () => {
  const { looks, run } = aWait(["BUILD"]);
  await expect(run()).rejects.toThrow(WaitError);
  expect(looks.at(-1)).toBe(60_000);
});

it("waitUntil: returns the result of the last poll if that is the end", async () => {
  const { clock, begin, run } = aWait(
    ["BUILD"],
    {},
    { isMet: () => clock.now() - begin >= 60_000 },
  );
  await expect(run()).resolves.toEqual({ status: "BUILD" });
});

it("waitUntil: polls once even if its deadline has passed before", async () => {
  const { looks, clock, run } = aWait(["BUILD"], { deadline: 0 });
  await expect(run()).rejects.toThrow(WaitError);
  expect([looks, clock.pauses]).toEqual([[0], []]);
});

it("waitUntil: reports at the timeout its subject, duration, goal, last status and advice", async () => {
  const { run } = aWait(["PENDING_CREATE", "BUILD"]);
  await expect(run()).rejects.toEqual(
    new WaitError(
      "Waited 1m00s for IpsecSiteConnection office (f7cf) to settle, but it is still BUILD. Ask the operator.",
    ),
  );
});

it.each([
  ["no answer", lost],
  ["an error of the server", busy()],
])("waitUntil: continues after %s", async (_what, error) => {
  const { looks, run } = aWait(["BUILD", error, error, "ACTIVE"]);
  await expect(run()).resolves.toEqual({ status: "ACTIVE" });
  expect(looks).toHaveLength(4);
});

it("waitUntil: reports the last failed poll at the timeout", async () => {
  const { run } = aWait(["BUILD", lost]);
  await expect(run()).rejects.toThrow(
    "but it is still BUILD. The last poll failed: no answer (ECONNRESET) Ask the operator.",
  );
});

it("waitUntil: does not report a failed poll before a successful one", async () => {
  const { run } = aWait([lost, "BUILD"]);
  await expect(run()).rejects.toThrow(/it is still BUILD\. Ask the operator\.$/);
});

it("waitUntil: reports that no status was ever observed", async () => {
  const { run } = aWait([lost]);
  await expect(run()).rejects.toThrow(
    "but its status was never seen. The last poll failed: no answer (ECONNRESET) Ask the operator.",
  );
});

it.each([
  ["the last observed status", ["PENDING_CREATE", "DOWN"], "DOWN"],
  ["an unknown status", [lost], undefined],
] as [string, Finding[], string | undefined][])(
  "waitUntil: derives the advice from %s",
  async (_w, all, last) => {
    const advice = jest.fn(() => "Ask the operator.");
    await expect(aWait(all, {}, { advice }).run()).rejects.toThrow("Ask the operator.");
    expect(advice.mock.calls).toEqual([[last]]);
  },
);

it("waitUntil: does not end with an observation before a failed poll, while time passes", async () => {
  const { clock, begin, run } = aWait(
    ["ACTIVE", lost],
    {},
    { isMet: () => clock.now() - begin >= 10_000 },
  );
  await expect(run()).rejects.toThrow("it is still ACTIVE. The last poll failed");
});

it("waitUntil: pauses for the time that a busy server asks for", async () => {
  const { looks, run } = aWait([busy(7_000), "ACTIVE"]);
  await run();
  expect(looks).toEqual([0, 7_000]);
});

it("waitUntil: does not pause beyond the deadline, even if a server asks for that", async () => {
  const { looks, run } = aWait([busy(7_000)], { deadline: 1_700_000_001_000 });
  await expect(run()).rejects.toThrow(WaitError);
  expect(looks).toEqual([0, 1_000]);
});

it("waitUntil: throws every other error at once", async () => {
  const error = new ApiError("bad request", refusal(400));
  const { looks, run } = aWait(["BUILD", error]);
  await expect(run()).rejects.toBe(error);
  expect(looks).toHaveLength(2);
});

it.each([
  ["success", ["BUILD", "ACTIVE"]],
  ["a timeout", ["BUILD"]],
  ["an error", [new Error("boom")]],
] as [string, Finding[]][])(
  "waitUntil: removes its wait from the progress after %s",
  async (_how, all) => {
    const { progress, run } = aWait(all);
    await run().catch(() => undefined);
    expect(progress.line()).toBe("");
  },
);

it("waitUntil: updates the progress with each observation", async () => {
  const lines: string[] = [];
  const { progress, run } = aWait(
    ["BUILD", "ACTIVE"],
    {},
    {
      isMet: (seen) => {
        lines.push(progress.line());
        return seen.status === "ACTIVE";
      },
    },
  );
  await run();
  expect(lines).toEqual([
    expect.stringContaining("is not seen yet"),
    expect.stringContaining("is BUILD"),
  ]);
});

it("waitUntil: reports the first poll at the timeout even if it was never sent", async () => {
  const { run } = aWait([NotSentError.for("GET /x")]);
  await expect(run()).rejects.toThrow(/its status was never seen\. The last poll failed: /);
});

describe("waitUntil: a condition that an object can no longer meet", () => {
  const failure = ({ status }: Seen) => (status === "ERROR" ? "ended in ERROR." : undefined);
  const isMet = () => true;

  it("ends the wait at once with its reason", async () => {
    const { looks, run } = aWait(["BUILD", "ERROR"], {}, { failure });
    await expect(run()).rejects.toEqual(
      new WaitError("IpsecSiteConnection office (f7cf) ended in ERROR."),
    );
    expect(looks).toHaveLength(2);
  });

  it("ends the wait without a poll if the first object shows it", async () => {
    const { looks, run } = aWait(["ACTIVE"], { first: { status: "ERROR" } }, { failure });
    await expect(run()).rejects.toThrow("ended in ERROR.");
    expect(looks).toEqual([]);
  });

  it("counts before the condition itself", async () => {
    await expect(aWait(["ERROR"], {}, { failure, isMet }).run()).rejects.toThrow(WaitError);
  });

  it("does not prevent the end of the wait for other objects", async () => {
    const { run } = aWait(["DOWN"], {}, { failure, isMet });
    await expect(run()).resolves.toEqual({ status: "DOWN" });
  });
});

describe("waitUntil with a shared poller", () => {
  function aTimedWait(findings: readonly Finding[], condition: Partial<Condition<Seen>> = {}) {
    const asked: PollRequest[] = [];
    const nextPoll = (stir: PollRequest) => {
      asked.push(stir);
      return Promise.resolve();
    };
    return { asked, ...aWait(findings, { nextPoll }, condition) };
  }

  it("passes the last status, its begin and its deadline on, and does not pause itself", async () => {
    const { asked, begin, clock, run } = aTimedWait(["BUILD", "ACTIVE"]);
    await run();
    expect(asked).toEqual([{ status: "BUILD", since: begin, until: begin + 60_000 }]);
    expect(clock.pauses).toEqual([]);
  });

  it.each([
    ["before the deadline", 30_000, 30_000],
    ["after the deadline", 90_000, 60_000],
    ["already over", -1, 60_000],
  ])("polls at the latest when the verdict may change: %s", async (_when, changesMs, untilMs) => {
    const now = new FakeClock().now();
    const { asked, begin, run } = aTimedWait(["BUILD", "ACTIVE"], { changesAt: now + changesMs });
    await run();
    expect(asked.map(({ until }) => until - begin)).toEqual([untilMs]);
  });

  it("passes on that no status is known yet", async () => {
    const { asked, run } = aTimedWait([lost, "ACTIVE"]);
    await run();
    expect(asked.map(({ status }) => status)).toEqual([undefined]);
  });

  it("pauses itself for the time that a busy server asks for", async () => {
    const { asked, looks, run } = aTimedWait([busy(7_000), "ACTIVE"]);
    await run();
    expect([looks, asked]).toEqual([[0, 7_000], []]);
  });
});
