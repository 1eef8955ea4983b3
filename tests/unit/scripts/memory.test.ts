import { growths, trendOf, type Sample } from "../../support/harness/soak/memory";

/** Two hours of samples, one a minute, with that heap. */
const samples = (heap: (minute: number) => number): Sample[] =>
  Array.from({ length: 120 }, (_, minute) => {
    return { at: minute * 60_000, rss: 500, heap: heap(minute), files: 20 };
  });

it("trendOf computes the growth of a figure per minute after the warm-up", () => {
  const { perMinute } = trendOf(
    samples((minute) => (minute < 30 ? 0 : 100 + 2 * minute)),
    "heap",
  );
  expect(perMinute).toBeCloseTo(2);
});

it("trendOf compares the last third with the middle one and ignores outliers", () => {
  const { middle, last } = trendOf(
    samples((minute) => (minute % 10 === 0 ? 9_999 : minute < 80 ? 100 : 105)),
    "heap",
  );
  expect([middle, last]).toEqual([100, 105]);
});

it("growths ignores a figure that grows only in the warm-up", () => {
  expect(growths(samples((minute) => (minute < 30 ? minute : 100)))).toEqual([]);
});

it("growths names a figure that keeps growing", () => {
  expect(growths(samples((minute) => 100 + minute))).toEqual(["heap grows: from 160 to 200."]);
});

it("growths does not count missing samples as flat", () => {
  expect(growths([])).toHaveLength(3);
});
