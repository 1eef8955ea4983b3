import { ApiError, TransportError } from "../../../provider/errors";
import { CircuitBreaker } from "../../../provider/wait/circuitBreaker";
import { FakeClock } from "../support/fakeClock";

const LOST = new TransportError("no answer", true);
const REFUSED = new ApiError("no", { status: 403, method: "GET", path: "/" });

/** A breaker that opens after two failures in a row, for ten seconds. */
function givenBreaker() {
  const clock = new FakeClock(0);
  const breaker = new CircuitBreaker(clock, { maxFailures: 2, pauseMs: 10_000 });
  const state = () => ({ isOpen: breaker.isOpen, allowsRequest: breaker.allowsRequest });
  return { breaker, clock, state };
}

const CLOSED = { isOpen: false, allowsRequest: true };
const OPEN = { isOpen: true, allowsRequest: false };
const HALF_OPEN = { isOpen: true, allowsRequest: true };

describe("a circuit breaker", () => {
  it("is closed at first", () => {
    expect(givenBreaker().state()).toEqual(CLOSED);
  });

  it("stays closed after one failure fewer than its limit", () => {
    const { breaker, state } = givenBreaker();
    breaker.fail(LOST);
    expect(state()).toEqual(CLOSED);
  });

  it("opens after its limit of failures in a row", () => {
    const { breaker, state } = givenBreaker();
    breaker.fail(LOST);
    breaker.fail(LOST);
    expect(state()).toEqual(OPEN);
  });

  it("counts only failures in a row", () => {
    const { breaker, state } = givenBreaker();
    breaker.fail(LOST);
    breaker.succeed();
    breaker.fail(LOST);
    expect(state()).toEqual(CLOSED);
  });

  it("allows another request exactly when its pause has ended", () => {
    const { breaker, clock, state } = givenBreaker();
    breaker.fail(LOST);
    breaker.fail(LOST);
    clock.pass(9_999);
    expect(state()).toEqual(OPEN);
    clock.pass(1);
    expect(state()).toEqual(HALF_OPEN);
  });

  it("pauses again if the request after its pause fails", () => {
    const { breaker, clock, state } = givenBreaker();
    breaker.fail(LOST);
    breaker.fail(LOST);
    clock.pass(10_000);
    breaker.fail(LOST);
    expect(state()).toEqual(OPEN);
  });

  it("closes if the request after its pause succeeds", () => {
    const { breaker, clock, state } = givenBreaker();
    breaker.fail(LOST);
    breaker.fail(LOST);
    clock.pass(10_000);
    breaker.succeed();
    expect(state()).toEqual(CLOSED);
  });

  it("continues its pause after the success of a request that was sent before", () => {
    const { breaker, state } = givenBreaker();
    breaker.fail(LOST);
    breaker.fail(LOST);
    breaker.succeed();
    expect(state()).toEqual({ isOpen: false, allowsRequest: false });
  });

  it("opens permanently at the first refusal", () => {
    const { breaker, clock, state } = givenBreaker();
    breaker.fail(REFUSED);
    clock.pass(3_600_000);
    expect(state()).toEqual(OPEN);
  });

  it("stays open after a refusal when other requests fail or succeed", () => {
    const { breaker, clock, state } = givenBreaker();
    breaker.refuse();
    breaker.fail(LOST);
    breaker.succeed();
    clock.pass(3_600_000);
    expect(state()).toEqual(OPEN);
  });
});
