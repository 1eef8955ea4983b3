import { systemClock } from "../../../provider/wait/clock";

it("tells the machine's time", () => {
  const before = Date.now();
  const now = systemClock.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

it("sleeps as long as it is told, give or take a millisecond", async () => {
  const begin = Date.now();
  await systemClock.sleep(30);
  expect(Date.now() - begin).toBeGreaterThanOrEqual(29);
});
