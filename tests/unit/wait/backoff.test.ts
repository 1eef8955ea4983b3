import { nextPause, retryPause, statusBackoff } from "../../../provider/wait/backoff";

const even = () => 0.5;
const pauseAfter = (waitedMs: number, random = even) => nextPause(statusBackoff, waitedMs, random);

it("statusBackoff: begins with a quarter of a second", () => {
  expect(pauseAfter(0)).toBeCloseTo(250);
});

it("statusBackoff: pauses for 7.5 % of the time of the wait", () => {
  expect(pauseAfter(30_000)).toBeCloseTo(2_250);
});

it("statusBackoff: spreads a pause by a fifth in both directions", () => {
  expect(pauseAfter(10_000, () => 0)).toBeCloseTo(600);
  expect(pauseAfter(10_000, () => 0.999_999)).toBeCloseTo(900, 1);
});

it.each([0, 0.5, 0.999_999])(
  "statusBackoff: never pauses longer than its ceiling (random %d)",
  (random) => {
    expect(pauseAfter(3_600_000, () => random)).toBeLessThanOrEqual(statusBackoff.ceilingMs);
  },
);

it("statusBackoff: spreads the longest pauses too", () => {
  expect(pauseAfter(3_600_000, () => 0)).toBeLessThan(pauseAfter(3_600_000, even));
});

it("statusBackoff: never becomes shorter while time passes", () => {
  const pauses = [0, 1, 5, 10, 30, 60, 600].map((seconds) => pauseAfter(seconds * 1_000));
  expect(pauses).toEqual([...pauses].sort((left, right) => left - right));
});

describe("retryPause", () => {
  const low = () => 0;
  const high = () => 0.999_999;

  it("is between 300 and 600 ms at first", () => {
    expect(retryPause(0, low)).toBeCloseTo(300);
    expect(retryPause(0, high)).toBeCloseTo(600, 2);
  });

  it("is then between 300 ms and three times the previous pause", () => {
    expect(retryPause(2_000, low)).toBeCloseTo(300);
    expect(retryPause(2_000, high)).toBeCloseTo(6_000, 1);
  });

  it("is never longer than 10 seconds", () => {
    expect(retryPause(9_000, high)).toBe(10_000);
  });
});
