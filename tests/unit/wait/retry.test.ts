import { ApiError, TransportError, UnavailableError } from "../../../provider/errors";
import { noAnswerError } from "../../../provider/http/noAnswer";
import {
  asLoginFailure,
  capPauseForAll,
  requestedPause,
  isTransient,
  isSafeToRetry,
  retry,
  type RetryOptions,
} from "../../../provider/wait/retry";
import { anEnvironment, FakeClock } from "../support/fakeClock";

const refusal = (status: number, retryAfterMs?: number) => ({
  status,
  method: "GET",
  path: "/v2.0/vpn/x",
  requestId: "req-1",
  retryAfterMs,
});
const away = new UnavailableError("away", refusal(503));
const busy = new UnavailableError("busy", refusal(429, 7_000));
const failed = new UnavailableError("failed", refusal(500));
const lost = new TransportError("GET http://x: no answer (ECONNRESET). Check it.", true);
const unheard = new TransportError("no answer (ECONNREFUSED)", false);
const refused = new ApiError("refused", refusal(409));

/** An operation that fails with those errors and then succeeds, with its calls. */
function failing(...errors: readonly Error[]) {
  const clock = new FakeClock();
  const lines: string[] = [];
  const left = [...errors];
  const operation = jest.fn(() => {
    const error = left.shift();
    return error === undefined ? Promise.resolve("done") : Promise.reject(error);
  });
  const run = (repetition: Partial<RetryOptions> = {}) =>
    retry(anEnvironment(clock, lines), { deadline: Infinity, ...repetition }, operation);
  return { clock, lines, operation, run };
}

it("retry: returns the result of the operation without a pause", async () => {
  const { clock, lines, run } = failing();
  await expect(run()).resolves.toBe("done");
  expect([clock.pauses, lines]).toEqual([[], []]);
});

it.each([
  ["no answer", lost],
  ["an internal error of the server", failed],
])("retry: stops at the fourth failure after %s", async (_what, error) => {
  const { operation, run } = failing(error, error, error, error);
  await expect(run()).rejects.toBe(error);
  expect(operation).toHaveBeenCalledTimes(4);
});

it("retry: continues while a service is unavailable for half a minute", async () => {
  const { clock, operation, run } = failing(...(Array(20) as Error[]).fill(away));
  const back = clock.now() + 30_000;
  operation.mockImplementation(() =>
    clock.now() < back ? Promise.reject(away) : Promise.resolve("done"),
  );
  await expect(run()).resolves.toBe("done");
  expect(operation.mock.calls.length).toBeGreaterThan(4);
});

it("retry: stops after a minute and a half of an unavailable service", async () => {
  const { clock, operation, run } = failing();
  const begin = clock.now();
  operation.mockRejectedValue(away);
  await expect(run()).rejects.toBe(away);
  const waited = clock.now() - begin;
  expect(waited).toBeGreaterThan(70_000);
  expect(waited).toBeLessThan(90_000);
});

it("retry: sends no second attempt if the first one used the whole time", async () => {
  const { clock, operation, run } = failing();
  operation.mockImplementation(() => {
    clock.pass(90_000);
    return Promise.reject(lost);
  });
  await expect(run()).rejects.toBe(lost);
  expect(operation).toHaveBeenCalledTimes(1);
});

it("retry: runs once with attempts 1, even if the service is unavailable", async () => {
  const { operation, run } = failing(away);
  await expect(run({ attempts: 1 })).rejects.toBe(away);
  expect(operation).toHaveBeenCalledTimes(1);
});

it("retry: throws any other error at once", async () => {
  const { clock, operation, run } = failing(refused);
  await expect(run()).rejects.toBe(refused);
  expect([operation.mock.calls.length, clock.pauses]).toEqual([1, []]);
});

it("retry: throws an error that the option after excludes", async () => {
  const { operation, run } = failing(lost);
  await expect(run({ after: isSafeToRetry })).rejects.toBe(lost);
  expect(operation).toHaveBeenCalledTimes(1);
});

it("retry: does not repeat a request whose certificate is refused", async () => {
  const refused = noAnswerError("GET /", "DEPTH_ZERO_SELF_SIGNED_CERT");
  const { operation, run } = failing(refused);
  await expect(run()).rejects.toBe(refused);
  expect(operation).toHaveBeenCalledTimes(1);
});

describe("retry: the failure of a login", () => {
  const loginFailure = () => asLoginFailure(new UnavailableError("away", refusal(503)));

  it("is not retried, because the login itself was retried", async () => {
    const error = loginFailure();
    const { operation, run } = failing(error);
    await expect(run()).rejects.toBe(error);
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it("is transient and proves that the request was not sent", () => {
    const error = loginFailure();
    expect([isTransient(error), isSafeToRetry(error)]).toEqual([true, true]);
  });

  it("stays a login failure when its pause is capped for several requests", async () => {
    const hour = asLoginFailure(new UnavailableError("busy", refusal(503, 3_600_000)));
    const { operation, run } = failing(capPauseForAll(hour) as Error);
    await expect(run()).rejects.toThrow("busy");
    expect(operation).toHaveBeenCalledTimes(1);
  });

  it.each([undefined, "away"])("may be any thrown value, such as %j", (value) => {
    const marked: unknown = asLoginFailure<unknown>(value);
    expect(marked).toBe(value);
  });
});

it("retry: pauses for the time that the server asks for", async () => {
  const { clock, run } = failing(busy);
  await run();
  expect(clock.pauses).toEqual([7_000]);
});

it("retry: fails instead of a retry sooner than the server asks for", async () => {
  const hour = new UnavailableError("busy", refusal(429, 3_600_000));
  const { clock, run } = failing(hour);
  await expect(run()).rejects.toBe(hour);
  expect(clock.pauses).toEqual([]);
});

it.each([6_999, 7_000])(
  "retry: does not begin a pause of 7 seconds with %d ms left, because no attempt could follow it",
  async (left) => {
    const { clock, run } = failing(busy);
    await expect(run({ deadline: clock.now() + left })).rejects.toBe(busy);
    expect(clock.pauses).toEqual([]);
  },
);

it("retry: prints one line for each reason of a retry, without the advice of the error", async () => {
  const { lines, run } = failing(busy, lost);
  await run();
  expect(lines).toEqual([
    "retry: GET /v2.0/vpn/x answered 429, request id req-1; tried again in 7.0s.",
    expect.stringMatching(
      /^retry: GET http:\/\/x: no answer \(ECONNRESET\); tried again in \d+\.\ds\.$/,
    ),
  ]);
});

it("retry: prints one line for retries with the same reason", async () => {
  const { lines, run } = failing(lost, lost, lost);
  await run();
  expect(lines).toHaveLength(1);
});

it("retry: omits the request id if the response had none", async () => {
  const bare = { status: 503, method: "GET", path: "/v2.0/vpn/x" };
  const { lines, run } = failing(new UnavailableError("away", bare));
  await run();
  expect(lines).toEqual([expect.stringMatching(/x answered 503; tried again in /)]);
});

it.each([
  ["no answer", lost, true, false, 0],
  ["a request that never arrived", unheard, true, true, 0],
  ["a rate limit of the server", busy, true, true, 7_000],
  ["an unavailable server", away, true, false, 0],
  ["a failed server", failed, true, false, 0],
  ["a refusal", refused, false, false, 0],
  ["an error of another class", new Error("boom"), false, false, 0],
])(
  "retry: classifies %s as transient and safe to retry, with its requested pause",
  (_what, error, passes, undone, pause) => {
    expect([isTransient(error), isSafeToRetry(error), requestedPause(error)]).toEqual([
      passes,
      undone,
      pause,
    ]);
  },
);

describe("capPauseForAll", () => {
  it("limits the requested pause to half a minute and keeps the error otherwise", () => {
    const hour = new UnavailableError("busy", refusal(503, 3_600_000));
    const capped = capPauseForAll(hour) as UnavailableError;
    expect(capped).toBeInstanceOf(UnavailableError);
    expect(capped.message).toBe("busy");
    expect(capped.refusal).toEqual(refusal(503, 30_000));
  });

  it.each([
    ["a short pause", busy],
    ["a pause of half a minute", new UnavailableError("busy", refusal(503, 30_000))],
    ["no pause", away],
    ["no answer", lost],
    ["an error of another class", new Error("boom")],
  ])("leaves an error unchanged for %s", (_what, error) => {
    expect(capPauseForAll(error)).toBe(error);
  });
});
