import { watch } from "../../../../cli/drift/watch/watch";
import type { Report, ReportedResource } from "../../../../provider/drift/report";
import { FakeClock } from "../../support/fakeClock";
import { OSAKA, reportWith, resource, unmanaged } from "../../support/reports";

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
    today: () => new Date(clock.now()),
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

describe("while something cannot be read", () => {
  const answered503 = (id: string) =>
    `Could not list every IpsecSiteConnection: GET /v2.0/vpn/ipsec-site-connections answered 503, request id ${id}.`;
  const blind = (id: string) =>
    reportWith({
      resources: [resource({ verdict: "notRead" }), resource({ name: "kobe", verdict: "notRead" })],
      problems: [answered503(id)],
    });
  const two = (over: Partial<ReportedResource> = {}) =>
    reportWith({ resources: [resource(), resource({ name: "kobe", ...over })] });

  it("says the problem once, and nothing of the resources", async () => {
    const { lines } = await watching(two(), blind("req-1"), blind("req-2"), blind("req-3"), two());

    expect(lines).toEqual([
      expect.stringMatching(/problem: Could not list .* req-1\.$/),
      expect.stringMatching(/problem ended: Could not list .* req-3\.$/),
    ]);
  });

  it("knows what was before, and says afterwards what changed meanwhile", async () => {
    const drifted = two({ verdict: "drifted" });
    const { lines } = await watching(drifted, blind("req-1"), blind("req-2"), two());

    expect(lines.slice(2)).toEqual([expect.stringMatching(/connection kobe.*in step again$/i)]);
    expect((await watching(drifted, blind("req-1"), drifted)).lines).toHaveLength(2);
  });

  it("says of what is read for the first time only what is not in step", async () => {
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

  it("says of a stack the problem alone, neither its resources nor what would be unmanaged", async () => {
    const { lines } = await watching(whole(), oneStack, oneStack, whole());

    expect(lines).toEqual([
      expect.stringMatching(/problem: The state of the stack dev/),
      expect.stringMatching(/problem ended: The state of the stack dev/),
    ]);
  });

  it("says of a stack that is read for the first time only what is not in step", async () => {
    const { lines } = await watching(oneStack, whole({ unmanaged: [] }));

    expect(lines).toEqual([
      expect.stringMatching(/problem ended/),
      expect.stringMatching(/connection office \(dev\).*: drifted$/i),
    ]);
  });

  it("says of a stack that is there no more that its resources are not", async () => {
    const less = reportWith({ stacks: stacks.slice(0, 1), clouds, resources: [resource()] });
    const { lines } = await watching(whole({ unmanaged: [] }), less);

    expect(lines).toEqual([expect.stringMatching(/office.*not in the stack any more$/)]);
  });

  it("says afterwards what became unmanaged meanwhile", async () => {
    const unlisted = whole({ clouds: [], unmanaged: [], problems: ["It did not answer."] });
    const { lines } = await watching(whole({ unmanaged: [] }), unlisted, unlisted, whole());

    expect(lines.slice(2)).toEqual([expect.stringMatching(/by-hand.*newly unmanaged$/)]);
  });
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
    clock: { sleep: () => new Promise(() => undefined) },
    today: () => new Date(),
    end,
    look,
    print: () => undefined,
  });

  expect(last).toBe(inStep);
  expect(look).not.toHaveBeenCalled();
});
