import fc from "fast-check";

import { changesBetween } from "../../../../cli/drift/watch/changes";
import type { Report, ReportedResource } from "../../../../provider/drift/report";
import { anyReport } from "../../support/anyReport";
import { OSAKA, reportWith, resource, sample, unmanaged } from "../../support/reports";

const OFFICE = "IpsecSiteConnection office, office-1a2b3c4 (f7cf7305-f491-45f4-ad9c-8e7240fe3d72)";

const difference = (actual: string) => ({
  property: "name",
  declared: "a",
  actual,
  hidden: false,
  because: "changed outside Pulumi",
});

/** The reported lines when one resource changes from one state to the other. */
function changed(was: Partial<ReportedResource>, is: Partial<ReportedResource>): string[] {
  return changesBetween(
    reportWith({ resources: [resource(was)] }),
    reportWith({ resources: [resource(is)] }),
  );
}

it("the changes between two equal reports are empty", () => {
  const later = { ...sample, takenAt: "2026-03-02T09:16:00.000Z", seconds: 0.3 };
  expect(changesBetween(sample, later)).toEqual([]);
});

it.each<[string, Partial<ReportedResource>, Partial<ReportedResource>]>([
  [
    "drifted; name: declared a, there is b (changed outside Pulumi)",
    {},
    { verdict: "drifted", differences: [difference("b")] },
  ],
  [
    "drifted in another way; name: declared a, there is c (changed outside Pulumi)",
    { verdict: "drifted", differences: [difference("b")] },
    { verdict: "drifted", differences: [difference("c")] },
  ],
  ["in step again", { verdict: "drifted", differences: [difference("b")] }, {}],
  ["gone", { status: "ACTIVE" }, { verdict: "gone" }],
  ["exists again; in step again; DOWN", { verdict: "gone" }, { status: "DOWN" }],
  ["ACTIVE -> DOWN", { status: "ACTIVE" }, { status: "DOWN" }],
  ["ACTIVE -> ERROR", { status: "ACTIVE" }, { status: "ERROR", verdict: "failed" }],
  ["in step again; ERROR -> ACTIVE", { status: "ERROR", verdict: "failed" }, { status: "ACTIVE" }],
])("a change of one resource is reported in one line: %s", (words, was, is) => {
  expect(changed(was, is)).toEqual([`${OFFICE}: ${words}`]);
});

it("a change names the stack if two stacks have a resource of the same name", () => {
  const [dev, prod] = [resource({ stack: "dev" }), resource({ stack: "prod" })];
  const stacks = ["dev", "prod"].map((name) => ({
    name,
    project: "p",
    resources: 1,
    secretsRead: true,
  }));
  const before = reportWith({ stacks, resources: [dev, prod] });
  const after = reportWith({ stacks, resources: [dev, { ...prod, verdict: "gone" }] });
  expect(changesBetween(before, after)).toEqual([
    expect.stringMatching(/^IpsecSiteConnection office \(prod\), .*: gone$/),
  ]);
});

it("a resource that the state gains or loses is reported", () => {
  const [empty, full] = [reportWith(), reportWith({ resources: [resource()] })];
  expect(changesBetween(empty, full)).toEqual([`${OFFICE}: new in the stack; in step`]);
  expect(changesBetween(full, empty)).toEqual([`${OFFICE}: no longer in the stack`]);
});

describe("changes of unmanaged objects", () => {
  const BY_HAND = `IpsecSiteConnection by-hand (c0ffee00-52aa-4f0c-8f43-6d5d1a3f9b11) at ${OSAKA}`;
  const clouds = [{ endpoint: OSAKA, names: [], lists: { "ipsec-site-connections": 1 }, gets: 0 }];
  const empty = reportWith({ clouds });
  const full = reportWith({ clouds, unmanaged: [unmanaged({ status: "DOWN" })] });

  it("report an object that appears or disappears", () => {
    expect(changesBetween(empty, full)).toEqual([`${BY_HAND}: newly unmanaged; DOWN`]);
    expect(changesBetween(full, empty)).toEqual([`${BY_HAND}: no longer unmanaged`]);
  });

  it("report a changed status", () => {
    const later = reportWith({ clouds, unmanaged: [unmanaged({ status: "ACTIVE" })] });
    expect(changesBetween(full, later)).toEqual([`${BY_HAND}: DOWN -> ACTIVE`]);
  });

  it.each<[string, Report]>([
    ["its cloud cannot be reached", reportWith({ clouds: [] })],
    ["its collection was not read", reportWith()],
  ])("omit an object while %s", (_why, blind) => {
    const about = (lines: string[]) => lines.filter((line) => line.startsWith(BY_HAND));
    expect(about(changesBetween(full, blind))).toEqual([]);
    expect(about(changesBetween(blind, full))).toEqual([]);
  });
});

it("a problem is reported when it begins and when it ends", () => {
  const [well, ill] = [reportWith(), reportWith({ problems: ["It did not answer."] })];
  expect(changesBetween(well, ill)).toEqual(["problem: It did not answer."]);
  expect(changesBetween(ill, well)).toEqual(["problem ended: It did not answer."]);
});

it.each([
  ["request id req-1a2b", "request id req-9z9z"],
  ["request id tx0001", "request id tx0002"],
  ["(Request-ID: req-1)", "(Request-ID: req-2)"],
  ["fault 5f0c1c52-52aa-4f0c-8f43-6d5d1a3f9b11", "fault c0ffee00-52aa-4f0c-8f43-6d5d1a3f9b11"],
  ["at 2026-03-02T09:15:00Z", "at 2026-03-02T09:16:00Z"],
  ["busy since 09:15:00", "busy since 09:16:00"],
  ["no answer after 1.5 s", "no answer after 20 s"],
])("a problem with %j counts as the same as one with %j", (was, is) => {
  const [before, after] = [was, is].map((text) =>
    reportWith({ problems: [`It failed, ${text}.`] }),
  );
  expect(changesBetween(before!, after!)).toEqual([]);
});

it.each([
  ["the stack dev-1", "the stack dev-2"],
  ["http://127.0.0.1:5000", "http://127.0.0.1:5001"],
  ["answered 500", "answered 503"],
])("a problem with %j differs from one with %j", (was, is) => {
  const [before, after] = [was, is].map((text) =>
    reportWith({ problems: [`It failed: ${text}.`] }),
  );
  expect(changesBetween(before!, after!)).toHaveLength(2);
});

it("the changes between any two reports contain no control character", () => {
  fc.assert(
    fc.property(anyReport, anyReport, (before, after) => {
      expect(changesBetween(before, after).join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
