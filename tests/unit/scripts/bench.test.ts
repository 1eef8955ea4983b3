import type { Line, Measure, Requests, Workload } from "../../../bench/model";
import { optionsOf, roundsOf, sizesOf } from "../../../bench/options";
import { plotOf } from "../../../bench/plot";
import { report } from "../../../bench/report";
import { countOf, requestsSince } from "../../../bench/servers";
import { median, ratioOf, rowsOf, summariesOf } from "../../../bench/summary";

const NONE: Requests = { login: 0, get: 0, list: 0, post: 0, put: 0, delete: 0 };

function measure(
  line: Line,
  workload: Workload,
  seconds: number,
  more: Partial<Measure> = {},
): Measure {
  return {
    server: "simulator",
    size: 20,
    round: 1,
    line,
    workload,
    seconds,
    requests: NONE,
    done: 20,
    ...more,
  };
}

function rowOf(measures: readonly Measure[], title: string) {
  return rowsOf(summariesOf(measures)).find((row) => row.title === title)!;
}

const conditions = {
  date: "2026-01-01",
  cpu: "a processor",
  cores: 2,
  memoryGb: 8,
  versions: { Terraform: "not measured: there is no terraform on the PATH" },
};

describe("bench: the median", () => {
  it("is the middle of an odd number of values in any order", () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  it("is halfway between the two middle values of an even number", () => {
    expect(median([4, 1, 2, 30])).toBe(3);
  });
});

describe("bench: the counts of requests", () => {
  const id = "3f2c1f0e-1d3c-4b6a-9f2e-0a1b2c3d4e5f";
  const sent = [
    { method: "POST", path: "/identity/v3/auth/tokens" },
    { method: "GET", path: `/v2.0/vpn/ikepolicies/${id}` },
    { method: "GET", path: "/v2.0/vpn/ikepolicies" },
    { method: "POST", path: "/v2.0/vpn/ikepolicies" },
    { method: "PUT", path: `/v2.0/vpn/ikepolicies/${id}` },
    { method: "DELETE", path: `/v2.0/vpn/ikepolicies/${id}` },
  ];

  it("distinguish a login from other POSTs, and one object from a list", () => {
    expect(countOf(sent)).toEqual({ login: 1, get: 1, list: 1, post: 1, put: 1, delete: 1 });
  });

  it("exclude earlier requests", () => {
    const before = countOf(sent.slice(0, 3));
    expect(requestsSince(before, countOf(sent))).toEqual({ ...NONE, post: 1, put: 1, delete: 1 });
  });
});

describe("bench: the rounds of a line", () => {
  it("are summarized by their medians", () => {
    const [summary] = summariesOf([
      measure("ours", "create", 3, { settledSeconds: 3.5, usage: { peakMb: 90, cpuSeconds: 1 } }),
      measure("ours", "create", 9, { settledSeconds: 9.5, usage: { peakMb: 99, cpuSeconds: 5 } }),
      measure("ours", "create", 4, { settledSeconds: 4.5, usage: { peakMb: 95, cpuSeconds: 2 } }),
    ]);
    expect(summary).toMatchObject({ rounds: 3, seconds: 4, settledSeconds: 4.5 });
    expect(summary).toMatchObject({ usage: { peakMb: 95, cpuSeconds: 2 } });
  });

  it("have the smallest number of finished connections and all failed runs", () => {
    const failed = { done: 3, error: "Error: refused" };
    const [summary] = summariesOf([
      measure("terraform", "change", 1),
      measure("terraform", "change", 1, failed),
      measure("terraform", "change", 1),
    ]);
    expect(summary).toMatchObject({ done: 3, failures: 1 });
  });
});

describe("bench: the limit", () => {
  it("is the time of the bare loop", () => {
    const played = [measure("ours", "destroy", 5), measure("bare", "destroy", 2)];
    expect(rowOf(played, "destroy").limit).toBe(2);
  });

  it("of a change is at least the pending time of its connections", () => {
    const played = [
      measure("ours", "change", 21, { pendingSeconds: 19 }),
      measure("bare", "change", 2),
    ];
    expect(rowOf(played, "change right after").limit).toBe(19);
  });

  it("is unknown without the bare loop", () => {
    expect(rowOf([measure("ours", "destroy", 5)], "destroy").limit).toBeUndefined();
  });
});

describe("bench: a ratio", () => {
  it("compares the times of two complete lines", () => {
    const { cells } = rowOf(
      [measure("ours", "destroy", 3), measure("terraform", "destroy", 4)],
      "destroy",
    );
    expect(ratioOf(cells.ours, cells.terraform)).toBe(0.75);
  });

  it.each([
    ["did not finish every connection", { done: 19 }],
    ["failed", { error: "Error: refused" }],
  ])("is undefined for a line that %s", (_case, more) => {
    const { cells } = rowOf(
      [measure("ours", "destroy", 3), measure("terraform", "destroy", 4, more)],
      "destroy",
    );
    expect(ratioOf(cells.ours, cells.terraform)).toBeUndefined();
  });
});

describe("bench: the report", () => {
  it("shows for a creation the time of the command and the time until all connections have settled", () => {
    const text = report({
      conditions,
      measures: [
        measure("ours", "create", 4, { settledSeconds: 4 }),
        measure("terraform", "create", 2, { settledSeconds: 3.2 }),
      ],
    });
    expect(text).toContain("create, the command | 20 | 4.00 s | - | - | - | 2.00 s | - | - |");
    expect(text).toContain("create, all settled | 20 | 4.00 s | - | - | - | 3.20 s | - | - |");
    expect(text).toContain("create, the command | 20 | 2.00 | - | - | - | - | - | - | - |");
    expect(text).toContain("create, all settled | 20 | 1.25 | - | - | - | - | - | - | - |");
  });

  it("compares both doors with an empty program, and their CPU times with each other", () => {
    const text = report({
      conditions,
      measures: [
        measure("ours", "refresh", 6, { cpuSeconds: 2 }),
        measure("plugin", "refresh", 3, { cpuSeconds: 1.5 }),
        measure("empty", "refresh", 2, { cpuSeconds: 0.5 }),
      ],
    });
    expect(text).toContain("refresh | 20 | - | - | - | - | 3.00 | 1.50 | 0.50 | 0.75 |");
  });

  it("shows the seconds of each empty program by its language", () => {
    const programs = [
      { language: "checked", imports: "sdk", seconds: 3, cpuSeconds: 2.6 },
      { language: "javascript", imports: "plugin", seconds: 2 },
    ] as const;
    const text = report({ conditions, measures: [], programs });
    expect(text).toContain(
      "| TypeScript, checked by ts-node, with only Pulumi's SDK | 3.00 s | 2.6 |",
    );
    expect(text).toContain("| JavaScript, with this package, plugin | 2.00 s | - |");
  });

  it("shows for an incomplete line the number of finished connections", () => {
    const measures = [measure("terraform", "change", 0.8, { done: 0, error: "Error: refused" })];
    expect(report({ conditions, measures })).toContain("| 0.80 s, 0 of 20 |");
  });

  it("gives the reason for missing figures of Terraform", () => {
    const measures = [measure("ours", "destroy", 5)];
    expect(report({ conditions, measures })).toContain(
      "Terraform not measured: there is no terraform on the PATH",
    );
  });
});

describe("bench: the plot", () => {
  const played = [
    measure("ours", "destroy", 5),
    measure("ours", "destroy", 50, { size: 200, done: 200 }),
    measure("terraform", "destroy", 5, { size: 200, done: 7 }),
  ];
  const picture = plotOf(rowsOf(summariesOf(played)));
  const marksOf = (kind: string) =>
    [...picture.matchAll(new RegExp(`<circle class="${kind}" cx="([\\d.]+)" cy="([\\d.]+)"`, "g"))]
      .map(([, left, top]) => ({ left: Number(left), top: Number(top) }))
      // The first mark belongs to the legend.
      .slice(kind.endsWith("full") ? 1 : 0);

  it("has a mark for each time, farther right and higher for more", () => {
    const [small, large] = marksOf("ours full");
    expect(marksOf("ours full")).toHaveLength(2);
    expect(large!.left).toBeGreaterThan(small!.left);
    expect(large!.top).toBeLessThan(small!.top);
  });

  it("has a hollow mark for an incomplete line", () => {
    expect(marksOf("terraform hollow")).toHaveLength(1);
    expect(marksOf("terraform full")).toHaveLength(0);
  });

  it("draws equal times of two lines at the same height", () => {
    expect(marksOf("terraform hollow")[0]!.top).toBe(marksOf("ours full")[0]!.top);
  });

  it("has colors for a dark scheme", () => {
    expect(picture).toContain("@media(prefers-color-scheme:dark)");
  });
});

describe("bench: the command line", () => {
  it("runs every workload on both servers by default, with more rounds for small sizes", () => {
    const options = optionsOf([]);
    expect(options).toMatchObject({ servers: ["neutron", "simulator"], waiting: true });
    expect(options).toMatchObject({ doors: ["dynamic", "plugin"], programs: true });
    expect(sizesOf("neutron", options)).toEqual([1, 20, 200]);
    expect(sizesOf("simulator", options)).toEqual([1, 20, 200, 1_000]);
    expect([20, 200].map((size) => roundsOf(size, options))).toEqual([3, 1]);
  });

  it("accepts sizes and rounds for every server, and then excludes workloads with fixed sizes", () => {
    const options = optionsOf(["--size", "5", "--size", "7", "--rounds", "2"]);
    expect(sizesOf("neutron", options)).toEqual([5, 7]);
    expect(roundsOf(5, options)).toBe(2);
    expect(options.waiting).toBe(false);
  });

  it.each([
    [["--size", "many"], "--size many: a whole number from 1 to 10000"],
    [["--server", "devstack"], "--server devstack: it is neutron, simulator"],
    [["--door", "front"], "--door front: it is dynamic, plugin"],
    [["--workloads", "create,plan"], "--workloads plan: it is create, "],
  ])("refuses %j", (args, reason) => {
    expect(() => optionsOf(args)).toThrow(reason);
  });
});
