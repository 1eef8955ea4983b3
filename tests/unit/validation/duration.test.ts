import { formatDuration, parseDuration } from "../../../provider/validation/duration";

it.each([
  ["1ms", 1],
  ["90s", 90_000],
  ["10m", 600_000],
  ["2h", 7_200_000],
  ["1h30m", 5_400_000],
  ["1m30s500ms", 90_500],
  ["1.5s", 1_500],
  ["0.5h", 1_800_000],
  ["1.25h", 4_500_000],
])("parseDuration reads %s as %d milliseconds", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(["", "10", "m", "10 m", " 10m", "10m ", "-10m", "1e3s", "10M", "1d", ".5s", "5.s", "10m5"])(
  "parseDuration refuses %j",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

it.each(["0s", "0h0m", "0.0s"])(
  "parseDuration refuses %s, because no wait can be that short",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

it("parseDuration refuses an infinite number", () => {
  expect(parseDuration(`${"9".repeat(400)}h`)).toBeUndefined();
});

it.each([
  [0, "0s"],
  [499, "0s"],
  [500, "1s"],
  [45_000, "45s"],
  [59_600, "1m00s"],
  [585_000, "9m45s"],
  [3_600_000, "1h00m"],
  [5_430_000, "1h30m"],
  [-5_000, "0s"],
])("formatDuration writes %d milliseconds as %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
