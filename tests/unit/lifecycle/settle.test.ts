import { untilSettled } from "../../../provider/lifecycle/settle";
import { aConnection } from "../builders";
import { aContext, aLiveConnection } from "./aContext";

/** A wait after a PUT that shows those statuses one after the other; the last one repeats. */
function aWait(statuses: readonly string[], waitFor: string, seconds: number) {
  const left = [...statuses];
  const get = jest.fn(() => {
    const status = left.length > 1 ? left.shift() : left[0];
    return Promise.resolve(aLiveConnection({ status }));
  });
  const { context, clock } = aContext({ get });
  const within = { ...context, deadline: clock.now() + seconds * 1_000 };
  const done = { live: aLiveConnection({ status: statuses[0] }), changedAt: clock.now() };
  const run = () => untilSettled(within, aConnection({ waitFor }), done);
  return { get, clock, begin: clock.now(), run };
}

it.each(["accepted", "settled"])("reads once more after a PUT with waitFor %s", async (waitFor) => {
  const { get, run } = aWait(["ACTIVE"], waitFor, 600);
  expect(await run()).toMatchObject({ status: "ACTIVE" });
  expect(get).toHaveBeenCalledTimes(1);
});

it("believes an ACTIVE that was there before the PUT after 65 seconds", async () => {
  const { clock, begin, run } = aWait(["ACTIVE"], "active", 600);
  await run();
  expect(clock.now() - begin).toBeGreaterThanOrEqual(65_000);
});

it("believes an ACTIVE that comes after another status at once", async () => {
  const { clock, begin, run } = aWait(["ACTIVE", "DOWN", "ACTIVE"], "active", 600);
  await run();
  expect(clock.now() - begin).toBeLessThan(5_000);
});

describe("a wait whose time is up", () => {
  it.each([
    ["active", "ACTIVE"],
    ["settled", "ERROR"],
  ])("with waitFor %s at an unconfirmed %s asks for more than 65 s", async (waitFor, status) => {
    const { run } = aWait([status], waitFor, 60);
    await expect(run()).rejects.toThrow(/as old as a minute.*more than 65s/);
  });

  it("with waitFor active at an unconfirmed ACTIVE does not tell what a tunnel lacks", async () => {
    await expect(aWait(["ACTIVE"], "active", 60).run()).rejects.toThrow(/^(?!.*UDP 500)/s);
  });

  it("with waitFor active at DOWN tells what to check", async () => {
    await expect(aWait(["DOWN"], "active", 120).run()).rejects.toThrow(/still DOWN[^]*UDP 500/);
  });

  it.each(["active", "settled"])(
    "with waitFor %s at a pending status names timeouts",
    async (one) => {
      const { run } = aWait(["PENDING_UPDATE"], one, 120);
      await expect(run()).rejects.toThrow(/still PENDING_UPDATE.*Raise timeouts/);
    },
  );
});
