import {
  CanceledError,
  UnauthorizedError,
  UnavailableError,
  VpnaasError,
} from "../../../../provider/errors";
import { isUnanswered, QuestionCache } from "../../../../provider/lifecycle/preflight/question";
import { FakeClock } from "../../support/fakeClock";

const SERVICE_UNAVAILABLE = { status: 503, method: "GET", path: "/" };
const ROUTERS = { question: "routers", subject: "the routers" };

function setUp() {
  const clock = new FakeClock();
  const send = jest.fn(() => Promise.resolve("answer"));
  const cache = new QuestionCache(clock);
  return { clock, cache, send, ask: () => cache.ask("a", ROUTERS, send) };
}

describe("a question", () => {
  it("is sent once for callers at the same time and later", async () => {
    const { ask, send } = setUp();
    expect(await Promise.all([ask(), ask()])).toEqual([{ value: "answer" }, { value: "answer" }]);
    await ask();
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("is sent again after a refresh", async () => {
    const { ask, cache, clock, send } = setUp();
    await ask();
    await clock.sleep(1);
    cache.refresh();
    await ask();
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("without an answer names its subject and the error, and is repeated after a minute only", async () => {
    const { ask, clock, send } = setUp();
    send.mockRejectedValueOnce(new VpnaasError("refused"));
    const answer = await ask();
    expect(isUnanswered(answer) && answer.unanswered).toBe("the routers cannot be read (refused)");
    await clock.sleep(59_999);
    expect(isUnanswered(await ask())).toBe(true);
    await clock.sleep(1);
    expect(await ask()).toEqual({ value: "answer" });
  });

  it("without an answer is remembered for a minute from the end of its retries on", async () => {
    const { ask, clock, send } = setUp();
    send.mockImplementationOnce(async () => {
      await clock.sleep(60_000);
      throw new VpnaasError("refused");
    });
    await ask();
    expect(isUnanswered(await ask())).toBe(true);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it.each<[string, VpnaasError, number]>([
    ["a minute after another one was refused", new VpnaasError("refused"), 60_000],
    [
      "ten seconds after another one met a service that is unavailable",
      new UnavailableError("maintenance", SERVICE_UNAVAILABLE),
      10_000,
    ],
  ])("has %s", async (_time, error, budget) => {
    const { ask, cache, clock, send } = setUp();
    send.mockRejectedValueOnce(error);
    await ask();
    const deadlines: number[] = [];
    await cache.ask("b", ROUTERS, (deadline) => Promise.resolve(deadlines.push(deadline)));
    expect(deadlines).toEqual([clock.now() + budget]);
  });

  it("without an answer is repeated once for callers at the same time", async () => {
    const { ask, clock, send } = setUp();
    send.mockRejectedValueOnce(new VpnaasError("refused"));
    await ask();
    await clock.sleep(60_000);
    expect(await Promise.all([ask(), ask()])).toEqual([{ value: "answer" }, { value: "answer" }]);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("whose repetition has no answer either names its subject for each caller", async () => {
    const { ask, clock, send } = setUp();
    send.mockRejectedValueOnce(new VpnaasError("refused"));
    await ask();
    await clock.sleep(60_000);
    send.mockImplementationOnce(async () => {
      await clock.sleep(60_000);
      throw new VpnaasError("refused again");
    });
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map((one) => isUnanswered(one) && one.unanswered)).toEqual([
      "the routers cannot be read (refused again)",
      "the routers cannot be read (refused again)",
    ]);
  });

  it("throws if the login is refused", async () => {
    const { ask, send } = setUp();
    const refusal = { status: 401, method: "GET", path: "/" };
    send.mockRejectedValueOnce(new UnauthorizedError("no", refusal));
    await expect(ask()).rejects.toThrow(UnauthorizedError);
  });

  it("is sent again after a cancellation", async () => {
    const { ask, send } = setUp();
    send.mockRejectedValueOnce(CanceledError.unsent("GET"));
    await expect(ask()).rejects.toThrow(CanceledError);
    expect(await ask()).toEqual({ value: "answer" });
  });
});
