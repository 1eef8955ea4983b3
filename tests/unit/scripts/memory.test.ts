import { growths, trendOf, type Sample } from "../../support/harness/soak/memory";

/** Two hours of samples, one a minute, of a heap that goes like this. */
const samples = (heap: (minute: number) => number): Sample[] =>
  Array.from({ length: 120 }, (_, minute) => {
    return { at: minute * 60_000, rss: 500, heap: heap(minute), files: 20 };
  });

it("finds by how much a minute a figure grows after the warm-up", () => {
  const { perMinute } = trendOf(
    samples((minute) => (minute < 30 ? 0 : 100 + 2 * minute)),
    "heap",
  );
  expect(perMinute).toBeCloseTo(2);
});

it("compares the last third with the middle one, whatever single samples are", () => {
  const { middle, last } = trendOf(
    samples((minute) => (minute % 10 === 0 ? 9_999 : minute < 80 ? 100 : 105)),
    "heap",
  );
  expect([middle, last]).toEqual([100, 105]);
});

it("calls what jumps in the warm-up and then stays flat", () => {
  expect(growths(samples((minute) => (minute < 30 ? minute : 100)))).toEqual([]);
});

it("calls what goes on growing by its name", () => {
  expect(growths(samples((minute) => 100 + minute))).toEqual(["heap grows: from 160 to 200."]);
});

it("does not take no samples for flat", () => {
  expect(growths([])).toHaveLength(3);
});
