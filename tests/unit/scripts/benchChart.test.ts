import { chartOf, type Span } from "../../../bench/chart";

const span = (kind: Span["kind"], name: string, begin: number, end: number, more = {}): Span => ({
  pid: 1,
  kind,
  name,
  begin,
  end,
  ...more,
});

const linesOf = (spans: readonly Span[]) => chartOf("up: 1 s", spans, 1_000, 2_000).split("\n");

describe("bench: the timeline of a command", () => {
  const provider: Span[] = [
    span("request", "POST /tokens", 1_750, 1_800),
    span("process", "plugin.cjs", 1_250, 1_300),
    span("load", "axios", 1_300, 1_500, { packages: { axios: 120, "form-data": 80 } }),
    span("exit", "", 1_900, 1_900, { cpuMs: 321 }),
  ];

  it("begins with its title", () => {
    expect(linesOf([])[0]).toBe("up: 1 s");
  });

  it("has a line for each process, with its begin, its duration until its last span, and its CPU time", () => {
    expect(linesOf(provider)[2]).toMatch(/^ +250 +650 \| {12}={31} {5}\| plugin\.cjs, 321 ms CPU$/);
  });

  it("has a line for each span of a process, in the order of their begin", () => {
    const rows = linesOf(provider).slice(3, 5);
    expect(rows[0]).toMatch(/^ +300 +200 \|.*\| {3}load axios$/);
    expect(rows[1]).toMatch(/^ +750 +50 \|.*\| {3}request POST \/tokens$/);
  });

  it("shows the spans of one process before those of the next", () => {
    const other = { pid: 2 };
    const rows = linesOf([
      ...provider,
      span("process", "run", 1_100, 1_110, other),
      span("load", "sdk", 1_400, 1_450, other),
    ]);
    const names = rows.slice(2, 7).map((row) => row.split("| ").at(-1)!.trim());
    expect(names).toEqual([
      "run",
      "load sdk",
      "plugin.cjs, 321 ms CPU",
      "load axios",
      "request POST /tokens",
    ]);
  });

  it("has a bar of at least one character for the shortest span", () => {
    expect(linesOf([span("process", "node -p", 2_000, 2_000)])[2]).toContain("=|");
  });

  it("ends with the packages that took the most time to load, by their own code", () => {
    const rest = linesOf(provider).slice(-3);
    expect(rest).toEqual(["Longest to load, in ms:", "    120 axios", "     80 form-data"]);
  });
});
