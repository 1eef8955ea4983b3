import { lackingStacks } from "../../../../cli/drift/unreadStacks";
import { concernsOf } from "../../../../provider/drift/concerns";
import { reportWith, resource, tunnel, unmanaged } from "../../support/reports";

const PROBLEM = "The state of the stack dev cannot be read: no such file";
const full = reportWith({
  resources: [resource()],
  unmanaged: [unmanaged()],
  tunnels: [tunnel(), tunnel({ id: "another", status: "DOWN", verdict: "unmanaged" })],
  notes: ["A note."],
  problems: ["It did not answer."],
});

it("lackingStacks returns the same report if every stack was read", () => {
  expect(lackingStacks(full, [])).toBe(full);
});

it("lackingStacks puts the problems of stacks before those of clouds", () => {
  expect(lackingStacks(full, [PROBLEM]).problems).toEqual([PROBLEM, "It did not answer."]);
});

it("lackingStacks reports no unmanaged object, because an unread stack may record it", () => {
  const report = lackingStacks(full, [PROBLEM]);

  expect(report.unmanaged).toEqual([]);
  expect(report.tunnels.map(({ verdict }) => verdict)).toEqual(["inStep", "notCompared"]);
  expect(concernsOf(report)).toEqual([]);
  expect(report.notes).toEqual([
    "A note.",
    expect.stringMatching(/^Unmanaged objects are not reported/),
  ]);
});

it("lackingStacks adds no note if nothing was omitted", () => {
  expect(lackingStacks({ ...full, unmanaged: [] }, [PROBLEM]).notes).toEqual(["A note."]);
});
