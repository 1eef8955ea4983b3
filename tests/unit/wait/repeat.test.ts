import { ApiError, TransportError, UnavailableError } from "../../../provider/errors";
import { askedPause, isPassing, repeated } from "../../../provider/wait/repeat";
import { FakeClock } from "../fakeClock";

const refusal = (status: number, retryAfterMs?: number) => ({
  status,
  method: "GET",
  path: "/",
  retryAfterMs,
});
const busy = new UnavailableError("busy", refusal(503, 7_000));
const failed = new UnavailableError("failed", refusal(500));
const lost = new TransportError("no answer", true);
const refused = new ApiError("refused", refusal(400));

/** An operation that fails so and then succeeds, and how often it was run. */
function failing(...errors: readonly Error[]) {
  const clock = new FakeClock();
  const left = [...errors];
  const operation = jest.fn(() => {
    const error = left.shift();
    return error === undefined ? Promise.resolve("done") : Promise.reject(error);
  });
  const run = (attempts: number, deadline = Infinity) =>
    repeated(clock, attempts, deadline, operation);
  return { clock, operation, run };
}

it("gives back what the operation gives, without a pause", async () => {
  const { clock, run } = failing();
  await expect(run(3)).resolves.toBe("done");
  expect(clock.pauses).toEqual([]);
});

it("repeats what fails for a passing reason, with longer and longer pauses", async () => {
  const { clock, operation, run } = failing(lost, failed, lost);
  await expect(run(4)).resolves.toBe("done");
  expect(operation).toHaveBeenCalledTimes(4);
  expect(clock.pauses[0]).toBeGreaterThanOrEqual(400);
  expect(clock.pauses[2]).toBeGreaterThan(clock.pauses[0]!);
});

it("throws the last error when no attempt is left", async () => {
  const { operation, run } = failing(lost, lost, failed);
  await expect(run(3)).rejects.toBe(failed);
  expect(operation).toHaveBeenCalledTimes(3);
});

it("throws any other error at once", async () => {
  const { clock, operation, run } = failing(refused);
  await expect(run(3)).rejects.toBe(refused);
  expect([operation.mock.calls.length, clock.pauses]).toEqual([1, []]);
});

it("pauses as long as the server asks", async () => {
  const { clock, run } = failing(busy);
  await run(2);
  expect(clock.pauses).toEqual([7_000]);
});

it("does not begin a pause that the deadline would cut", async () => {
  const { clock, run } = failing(busy);
  await expect(run(2, clock.now() + 6_999)).rejects.toBe(busy);
  expect(clock.pauses).toEqual([]);
});

it.each([
  ["no answer", lost, true, 0],
  ["a busy server", busy, true, 7_000],
  ["a failed server", failed, true, 0],
  ["a refusal", refused, false, 0],
  ["an error of another kind", new Error("boom"), false, 0],
])("knows for %s whether it passes and what was asked", (_what, error, passes, pause) => {
  expect([isPassing(error), askedPause(error)]).toEqual([passes, pause]);
});
