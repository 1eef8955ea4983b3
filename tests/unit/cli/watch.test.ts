import { watch } from "../../../cli/drift/watch";
import type { Report } from "../../../provider/drift/report";
import { FakeClock } from "../fakeClock";
import { reportWith, resource } from "./reports";

const inStep = reportWith({ resources: [resource()] });
const gone = reportWith({
  takenAt: "2026-03-02T09:16:02.500Z",
  resources: [resource({ verdict: "gone" })],
});

/** Watches until the looks are used up; an error is a look that fails. */
async function watching(first: Report, ...looks: (Report | Error)[]) {
  const end = new AbortController();
  const clock = new FakeClock(Date.parse("2026-03-02T09:15:00Z"));
  const lines: string[] = [];
  const last = await watch(first, {
    pauseMs: 60_000,
    clock,
    end: end.signal,
    look: () => {
      const next = looks.shift();
      if (next instanceof Error) return Promise.reject(next);
      if (next) return Promise.resolve(next);
      end.abort();
      return new Promise(() => undefined);
    },
    print: (line) => lines.push(line),
  });
  return { last, lines, pauses: clock.pauses };
}

it("prints nothing while nothing changes", async () => {
  const { lines, pauses } = await watching(inStep, inStep, inStep);

  expect(lines).toEqual([]);
  expect(pauses).toEqual([60_000, 60_000, 60_000]);
});

it("prints what changed, each line with the time of the look", async () => {
  const { lines } = await watching(inStep, gone, gone, inStep);

  expect(lines).toEqual([
    expect.stringMatching(/^2026-03-02 09:16:02 UTC {2}IpsecSiteConnection office.*gone/),
    expect.stringMatching(/^2026-03-02 09:15:00 UTC {2}IpsecSiteConnection office.*there again/),
  ]);
});

it("says once that a look failed, goes on, and says when that has ended", async () => {
  const down = new Error("no answer");
  const { lines } = await watching(inStep, down, new Error("no answer"), inStep);

  expect(lines).toEqual([
    "2026-03-02 09:16:00 UTC  problem: no answer",
    "2026-03-02 09:15:00 UTC  problem ended: no answer",
  ]);
});

it("compares with the last look that did not fail", async () => {
  const { lines } = await watching(inStep, new Error("no answer"), gone);

  expect(lines.join("\n")).toMatch(/problem ended[^]*gone/);
});

it("ends with the report of the last look", async () => {
  expect((await watching(inStep, gone)).last).toBe(gone);
  expect((await watching(gone, inStep)).last).toBe(inStep);
  expect((await watching(inStep, new Error("no answer"))).last.problems).toEqual(["no answer"]);
});

it("lets no text of an error steer the terminal", async () => {
  const { lines } = await watching(inStep, new Error("\u001b[2Jgone\nfar"));

  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\p{Cc}/u);
});

it("looks no more if it is ended before the first pause", async () => {
  const look = jest.fn();
  const end = AbortSignal.abort();

  const last = await watch(inStep, {
    pauseMs: 60_000,
    clock: { now: () => 0, sleep: () => new Promise(() => undefined) },
    end,
    look,
    print: () => undefined,
  });

  expect(last).toBe(inStep);
  expect(look).not.toHaveBeenCalled();
});
