import { nextPause, retryPause, statusBackoff } from "../../../provider/wait/backoff";

const even = () => 0.5;
const pauseAfter = (waitedMs: number, random = even) => nextPause(statusBackoff, waitedMs, random);

it("asks again after a quarter of a second at first", () => {
  expect(pauseAfter(0)).toBeCloseTo(250);
});

it("pauses for 7.5 % of the time that was waited already", () => {
  expect(pauseAfter(30_000)).toBeCloseTo(2_250);
});

it("spreads a pause by a fifth either way", () => {
  expect(pauseAfter(10_000, () => 0)).toBeCloseTo(600);
  expect(pauseAfter(10_000, () => 0.999_999)).toBeCloseTo(900, 1);
});

it.each([0, 0.5, 0.999_999])("never pauses longer than the ceiling (random %d)", (random) => {
  expect(pauseAfter(3_600_000, () => random)).toBeLessThanOrEqual(statusBackoff.ceilingMs);
});

it("spreads the longest pauses as well", () => {
  expect(pauseAfter(3_600_000, () => 0)).toBeLessThan(pauseAfter(3_600_000, even));
});

it("never grows shorter while time passes", () => {
  const pauses = [0, 1, 5, 10, 30, 60, 600].map((seconds) => pauseAfter(seconds * 1_000));
  expect(pauses).toEqual([...pauses].sort((left, right) => left - right));
});

describe("the pause before a repetition", () => {
  const low = () => 0;
  const high = () => 0.999_999;

  it("is anything from 300 to 600 ms at first", () => {
    expect(retryPause(0, low)).toBeCloseTo(300);
    expect(retryPause(0, high)).toBeCloseTo(600, 2);
  });

  it("is anything up to three times the pause before, then", () => {
    expect(retryPause(2_000, low)).toBeCloseTo(300);
    expect(retryPause(2_000, high)).toBeCloseTo(6_000, 1);
  });

  it("is never over 10 seconds", () => {
    expect(retryPause(9_000, high)).toBe(10_000);
  });
});
