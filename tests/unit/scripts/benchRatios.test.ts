import type { Line, Measure, Requests, Workload } from "../../../bench/model";
import { ratiosOf, regressions } from "../../../bench/ratios";

const NONE: Requests = { login: 0, get: 0, list: 0, post: 0, put: 0, delete: 0 };

const measure = (
  line: Line,
  workload: Workload,
  cpuSeconds: number,
  more: Partial<Measure> = {},
): Measure => ({
  server: "simulator",
  size: 20,
  round: 1,
  line,
  workload,
  seconds: 1,
  cpuSeconds,
  requests: NONE,
  done: 20,
  ...more,
});

describe("bench:quick: the ratios", () => {
  it("compare the CPU time of both doors with that of an empty program", () => {
    const ratios = ratiosOf([
      measure("empty", "refresh", 2),
      measure("ours", "refresh", 5),
      measure("plugin", "refresh", 3.001),
    ]);
    expect(ratios).toEqual({
      "refresh, N = 20: dynamic / empty": 2.5,
      "refresh, N = 20: plugin / empty": 1.5,
    });
  });

  it("are those of the medians of all rounds", () => {
    const ratios = ratiosOf([
      ...[2, 1, 9].map((cpu) => measure("empty", "destroy", cpu)),
      ...[4, 3, 90].map((cpu) => measure("plugin", "destroy", cpu)),
    ]);
    expect(ratios).toEqual({ "destroy, N = 20: plugin / empty": 2 });
  });

  it("are missing for a line that did not complete its work", () => {
    expect(
      ratiosOf([measure("empty", "refresh", 2), measure("plugin", "refresh", 3, { done: 19 })]),
    ).toEqual({});
  });
});

describe("bench:quick: a regression", () => {
  it("is a ratio that is more than 15 % larger than on file", () => {
    const onFile = { refresh: 2, destroy: 2 };
    expect(regressions(onFile, { refresh: 2.3, destroy: 2.31 })).toEqual([
      "destroy: was 2, is 2.31",
    ]);
  });

  it("is a ratio that was not measured", () => {
    expect(regressions({ refresh: 2 }, {})).toEqual(["refresh: was 2, and was not measured"]);
  });

  it("is neither a smaller ratio nor one that is not on file", () => {
    expect(regressions({ refresh: 2 }, { refresh: 1, preview: 9 })).toEqual([]);
  });
});
