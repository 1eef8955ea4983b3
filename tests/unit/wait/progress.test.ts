import { Progress } from "../../../provider/wait/progress";
import { FakeClock } from "../support/fakeClock";

function aProgress() {
  const clock = new FakeClock();
  const lines: string[] = [];
  return { clock, lines, progress: new Progress((line) => lines.push(line), clock) };
}

it("Progress: has no line without a wait", () => {
  expect(aProgress().progress.line()).toBe("");
});

it("Progress: shows subject, status, duration and remaining time of one wait", () => {
  const { clock, progress } = aProgress();
  progress.begin("IpsecSiteConnection office", clock.now() + 600_000).update("PENDING_CREATE");
  clock.pass(15_000);
  expect(progress.line()).toBe(
    "Waiting: IpsecSiteConnection office is PENDING_CREATE for 15s, 9m45s left",
  );
});

it("Progress: shows that the status is unknown before the first poll", () => {
  const { clock, progress } = aProgress();
  progress.begin("office", clock.now() + 1_000);
  expect(progress.line()).toBe("Waiting: office is not seen yet for 0s, 1s left");
});

it("Progress: sums up many waits by status and names the longest", () => {
  const { clock, progress } = aProgress();
  progress.begin("oldest", clock.now() + 60_000).update("PENDING_CREATE");
  clock.pass(10_000);
  progress.begin("second", clock.now() + 600_000).update("PENDING_CREATE");
  progress.begin("third", clock.now() + 600_000).update("BUILD");
  expect(progress.line()).toBe(
    "Waiting for 3: 2 PENDING_CREATE, 1 BUILD; the longest, oldest, for 10s, 50s left",
  );
});

it("Progress: names the oldest wait, regardless of the order of ends", () => {
  const { clock, progress } = aProgress();
  const first = progress.begin("first", clock.now() + 1_000);
  clock.pass(10);
  progress.begin("second", clock.now() + 1_000);
  first.end();
  expect(progress.line()).toContain("second");
});

it("Progress: omits a wait that has ended", () => {
  const { clock, progress } = aProgress();
  progress.begin("office", clock.now()).end();
  expect(progress.line()).toBe("");
});

describe("Progress: while time passes,", () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it("prints its first line after 5 seconds and another one every 15 seconds", () => {
    const { clock, lines, progress } = aProgress();
    progress.begin("office", clock.now() + 600_000);
    const counts = [4_999, 1, 14_999, 1, 15_000].map((ms) => {
      jest.advanceTimersByTime(ms);
      return lines.length;
    });
    expect(counts).toEqual([0, 1, 1, 2, 3]);
  });

  it("prints one line for many waits", () => {
    const { clock, lines, progress } = aProgress();
    for (const name of ["a", "b", "c"]) progress.begin(name, clock.now() + 600_000);
    jest.advanceTimersByTime(5_000);
    expect(lines).toHaveLength(1);
  });

  it("prints no line for a short wait", () => {
    const { clock, lines, progress } = aProgress();
    const wait = progress.begin("office", clock.now() + 600_000);
    jest.advanceTimersByTime(4_000);
    wait.end();
    jest.advanceTimersByTime(60_000);
    expect(lines).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it("continues while one of several waits is open", () => {
    const { clock, lines, progress } = aProgress();
    const short = progress.begin("short", clock.now() + 600_000);
    progress.begin("long", clock.now() + 600_000);
    short.end();
    jest.advanceTimersByTime(5_000);
    expect(lines).toEqual([expect.stringContaining("long")]);
  });

  it("starts again for a wait after all others have ended", () => {
    const { clock, lines, progress } = aProgress();
    progress.begin("first", clock.now() + 600_000).end();
    progress.begin("second", clock.now() + 600_000);
    jest.advanceTimersByTime(5_000);
    expect(lines).toEqual([expect.stringContaining("second")]);
  });
});
