import { lackingStacks } from "../../../../cli/drift/unreadStacks";
import { concernsOf } from "../../../../provider/drift/report";
import { reportWith, resource, tunnel, unmanaged } from "../../support/reports";

const PROBLEM = "The state of the stack dev cannot be read: no such file";
const full = reportWith({
  resources: [resource()],
  unmanaged: [unmanaged()],
  tunnels: [tunnel(), tunnel({ id: "another", status: "DOWN", verdict: "unmanaged" })],
  notes: ["A note."],
  problems: ["It did not answer."],
});

it("is the same report where every stack was read", () => {
  expect(lackingStacks(full, [])).toBe(full);
});

it("has the problems of the stacks before those of the clouds", () => {
  expect(lackingStacks(full, [PROBLEM]).problems).toEqual([PROBLEM, "It did not answer."]);
});

it("calls nothing unmanaged that a stack may hold which was not read", () => {
  const report = lackingStacks(full, [PROBLEM]);

  expect(report.unmanaged).toEqual([]);
  expect(report.tunnels.map(({ verdict }) => verdict)).toEqual(["inStep", "notCompared"]);
  expect(concernsOf(report)).toEqual([]);
  expect(report.notes).toEqual([
    "A note.",
    expect.stringMatching(/^Unmanaged objects are not reported/),
  ]);
});

it("says no more where nothing was left out", () => {
  expect(lackingStacks({ ...full, unmanaged: [] }, [PROBLEM]).notes).toEqual(["A note."]);
});
