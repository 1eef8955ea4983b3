import { watch } from "../../../../cli/drift/watch/watch";
import type { Report, ReportedResource } from "../../../../provider/drift/report";
import { FakeClock } from "../../support/fakeClock";
import { OSAKA, reportWith, resource, unmanaged } from "../../support/reports";

const inStep = reportWith({ resources: [resource()] });
const gone = reportWith({
  takenAt: "2026-03-02T09:16:02.500Z",
  resources: [resource({ verdict: "gone" })],
});

/** Watches until the given reports are used up; an error stands for a failed read. */
async function watching(first: Report, ...looks: (Report | Error)[]) {
  const end = new AbortController();
  const clock = new FakeClock(Date.parse("2026-03-02T09:15:00Z"));
  const lines: string[] = [];
  const last = await watch(first, {
    pauseMs: 60_000,
    clock,
    today: () => new Date(clock.now()),
    end: end.signal,
    readReport: () => {
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

it("watch prints nothing while nothing changes", async () => {
  const { lines, pauses } = await watching(inStep, inStep, inStep);

  expect(lines).toEqual([]);
  expect(pauses).toEqual([60_000, 60_000, 60_000]);
});

it("watch prints the changes, each line with the time of its report", async () => {
  const { lines } = await watching(inStep, gone, gone, inStep);

  expect(lines).toEqual([
    expect.stringMatching(/^2026-03-02 09:16:02 UTC {2}IpsecSiteConnection office.*gone/),
    expect.stringMatching(/^2026-03-02 09:15:00 UTC {2}IpsecSiteConnection office.*exists again/),
  ]);
});

it("watch prints a failed read once, continues, and prints the end of the failure", async () => {
  const down = new Error("no answer");
  const { lines } = await watching(inStep, down, new Error("no answer"), inStep);

  expect(lines).toEqual([
    "2026-03-02 09:16:00 UTC  problem: no answer",
    "2026-03-02 09:15:00 UTC  problem ended: no answer",
  ]);
});

it("watch compares with the last successful read", async () => {
  const { lines } = await watching(inStep, new Error("no answer"), gone);

  expect(lines.join("\n")).toMatch(/problem ended[^]*gone/);
});

describe("watch, while some objects cannot be read", () => {
  const answered503 = (id: string) =>
    `Could not list every IpsecSiteConnection: GET /v2.0/vpn/ipsec-site-connections answered 503, request id ${id}.`;
  const blind = (id: string) =>
    reportWith({
      resources: [resource({ verdict: "notRead" }), resource({ name: "kobe", verdict: "notRead" })],
      problems: [answered503(id)],
    });
  const two = (over: Partial<ReportedResource> = {}) =>
    reportWith({ resources: [resource(), resource({ name: "kobe", ...over })] });

  it("prints the problem once and no line about the resources", async () => {
    const { lines } = await watching(two(), blind("req-1"), blind("req-2"), blind("req-3"), two());

    expect(lines).toEqual([
      expect.stringMatching(/problem: Could not list .* req-1\.$/),
      expect.stringMatching(/problem ended: Could not list .* req-3\.$/),
    ]);
  });

  it("keeps the earlier findings and prints the changes afterwards", async () => {
    const drifted = two({ verdict: "drifted" });
    const { lines } = await watching(drifted, blind("req-1"), blind("req-2"), two());

    expect(lines.slice(2)).toEqual([expect.stringMatching(/connection kobe.*in step again$/i)]);
    expect((await watching(drifted, blind("req-1"), drifted)).lines).toHaveLength(2);
  });

  it("prints only the findings of objects that are read for the first time", async () => {
    const { lines } = await watching(blind("req-1"), two({ verdict: "gone" }));

    expect(lines).toEqual([
      expect.stringMatching(/problem ended/),
      expect.stringMatching(/connection kobe.*: gone$/i),
    ]);
  });

  const stacks = ["prod", "dev"].map((name) => {
    return { name, project: "offices", resources: 1, secretsRead: true };
  });
  const clouds = [{ endpoint: OSAKA, names: [], lists: { "ipsec-site-connections": 1 }, gets: 0 }];
  const whole = (over: Partial<Report> = {}) =>
    reportWith({
      stacks,
      clouds,
      unmanaged: [unmanaged()],
      resources: [resource(), resource({ stack: "dev", verdict: "drifted" })],
      ...over,
    });
  const oneStack = reportWith({
    stacks: stacks.slice(0, 1),
    clouds,
    resources: [resource()],
    problems: ["The state of the stack dev cannot be read: no such file"],
  });

  it("prints only the problem of an unread stack, neither its resources nor its unmanaged objects", async () => {
    const { lines } = await watching(whole(), oneStack, oneStack, whole());

    expect(lines).toEqual([
      expect.stringMatching(/problem: The state of the stack dev/),
      expect.stringMatching(/problem ended: The state of the stack dev/),
    ]);
  });

  it("prints only the findings of a stack that is read for the first time", async () => {
    const { lines } = await watching(oneStack, whole({ unmanaged: [] }));

    expect(lines).toEqual([
      expect.stringMatching(/problem ended/),
      expect.stringMatching(/connection office \(dev\).*: drifted$/i),
    ]);
  });

  it("prints the lost resources of a stack that no longer exists", async () => {
    const less = reportWith({ stacks: stacks.slice(0, 1), clouds, resources: [resource()] });
    const { lines } = await watching(whole({ unmanaged: [] }), less);

    expect(lines).toEqual([expect.stringMatching(/office.*no longer in the stack$/)]);
  });

  it("prints objects that became unmanaged after the problem has ended", async () => {
    const unlisted = whole({ clouds: [], unmanaged: [], problems: ["It did not answer."] });
    const { lines } = await watching(whole({ unmanaged: [] }), unlisted, unlisted, whole());

    expect(lines.slice(2)).toEqual([expect.stringMatching(/by-hand.*newly unmanaged$/)]);
  });
});

it("watch returns the last report", async () => {
  expect((await watching(inStep, gone)).last).toBe(gone);
  expect((await watching(gone, inStep)).last).toBe(inStep);
  expect((await watching(inStep, new Error("no answer"))).last.problems).toEqual(["no answer"]);
});

it("watch escapes control characters in the text of an error", async () => {
  const { lines } = await watching(inStep, new Error("\u001b[2Jgone\nfar"));

  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/\p{Cc}/u);
});

it("watch sends no read if it is aborted before the first pause", async () => {
  const readReport = jest.fn();
  const end = AbortSignal.abort();

  const last = await watch(inStep, {
    pauseMs: 60_000,
    clock: { sleep: () => new Promise(() => undefined) },
    today: () => new Date(),
    end,
    readReport,
    print: () => undefined,
  });

  expect(last).toBe(inStep);
  expect(readReport).not.toHaveBeenCalled();
});
