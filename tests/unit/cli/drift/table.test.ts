import { stripVTControlCharacters } from "node:util";

import fc from "fast-check";

import { tableOf } from "../../../../cli/drift/render/table";
import type { Report, ReportedResource } from "../../../../provider/drift/report";
import { anyReport } from "../../support/anyReport";
import {
  EAST,
  OSAKA,
  reportWith,
  resource,
  sample,
  tunnel,
  unmanaged,
} from "../../support/reports";
import { UNTAMED } from "../../support/hostileNames";

const plain = (over: Partial<Report>): string => tableOf(reportWith(over), { color: false });
const lines = (over: Partial<Report>): string[] => plain(over).split("\n");

const drifted = (over: Partial<ReportedResource> = {}): ReportedResource =>
  resource({
    verdict: "drifted",
    differences: [
      {
        property: "peerAddress",
        declared: "203.0.113.7",
        actual: "203.0.113.8",
        hidden: false,
        because: "changed outside Pulumi",
      },
    ],
    ...over,
  });

it("the table has three lines if everything is in step", () => {
  const clouds = [{ endpoint: OSAKA, names: ["osaka"], lists: { vpnservices: 1 }, gets: 0 }];
  expect(plain({ clouds, resources: [resource()], tunnels: [tunnel()] })).toBe(
    [
      `Stack prod, cloud osaka (${OSAKA}): 1 resource`,
      "1 in step; tunnels: 1 ACTIVE",
      `1 list call (1 at ${OSAKA}), 1.2 s`,
      "",
    ].join("\n"),
  );
});

it("the table shows a difference in columns", () => {
  const { differences } = drifted();
  const psk = { property: "psk", hidden: true, because: "changed outside Pulumi" };
  expect(lines({ resources: [drifted({ differences: [...differences, psk] })] })).toEqual(
    expect.arrayContaining([
      "drifted  IpsecSiteConnection office  office-1a2b3c4 (f7cf7305-f491-45f4-ad9c-8e7240fe3d72)",
      "    peerAddress  declared 203.0.113.7  there is 203.0.113.8  changed outside Pulumi",
      "    psk          differs (hidden)                            changed outside Pulumi",
    ]),
  );
});

it("the table shows the URN below each finding and none below an unread resource", () => {
  const [gone, unread] = [resource({ verdict: "gone" }), resource({ verdict: "notRead" })];
  const urns = (one: ReportedResource) =>
    lines({ resources: [one] }).filter((line) => line.trim() === one.urn);
  expect([urns(gone).length, urns(unread).length]).toEqual([1, 0]);
});

it("the table continues a value on the next line if it is wider than its column", () => {
  const peerCidrs = ["10.2.0.0/24", "10.3.0.0/24", "10.4.0.0/24"];
  const difference = { property: "peerCidrs", declared: peerCidrs, hidden: false, because: "x" };
  expect(plain({ resources: [drifted({ differences: [difference] })] })).toContain(
    [
      "    peerCidrs  declared 10.2.0.0/24,     there is nothing  x",
      "               10.3.0.0/24, 10.4.0.0/24",
    ].join("\n"),
  );
});

it("the table lists deleted resources first, then those in ERROR, drifted and unread ones", () => {
  const resources = (["notRead", "drifted", "inStep", "failed", "gone"] as const).map((verdict) =>
    resource({ verdict, name: verdict }),
  );
  expect(plain({ resources }).match(/^\S.*? IpsecSiteConnection \w+/gm)).toEqual([
    "gone      IpsecSiteConnection gone",
    "ERROR     IpsecSiteConnection failed",
    "drifted   IpsecSiteConnection drifted",
    "not read  IpsecSiteConnection notRead",
  ]);
});

it("the table shows the earlier status of a resource in ERROR", () => {
  const resources = [resource({ verdict: "failed", status: "ERROR", recordedStatus: "ACTIVE" })];
  expect(plain({ resources })).toMatch(/^ERROR .* was ACTIVE$/m);
});

it("the table shows the earliest time of a difference and the properties that were not compared", () => {
  const recordedAt = "2026-02-20T16:40:12.000Z";
  expect(lines({ resources: [drifted({ recordedAt, notCompared: ["psk", "name"] })] })).toEqual(
    expect.arrayContaining([
      "    not compared: psk, name",
      "    since 2026-02-20 16:40 UTC at the earliest",
    ]),
  );
});

it("the table lists problems before findings", () => {
  const text = plain({ problems: ["The cloud lab did not answer."], resources: [drifted()] });
  expect(text.indexOf("problem  The cloud lab")).toBeGreaterThan(0);
  expect(text.indexOf("problem  The cloud lab")).toBeLessThan(text.indexOf("drifted "));
});

it("the table prints an advice below its resource, and a shared advice once at the end", () => {
  const resources = [
    drifted({ name: "a", advice: "Do this." }),
    drifted({ name: "b", advice: "Do this." }),
    resource({ name: "c", verdict: "gone", advice: "Do that." }),
  ];
  const all = lines({ resources });
  expect(all.filter((line) => line.includes("Do "))).toEqual([
    "    Do that.",
    "2 drifted: Do this.",
  ]);
});

it("the table omits the advice of an unread resource, because its problem is listed", () => {
  const advice = "It was not found: the login failed.";
  const resources = [resource({ verdict: "notRead", advice })];
  expect(plain({ resources, problems: ["Stack prod: the login failed."] })).not.toContain(advice);
});

it("the table lists unmanaged objects with their status", () => {
  expect(lines({ unmanaged: [unmanaged({ status: "DOWN" })] })).toContain(
    "unmanaged  IpsecSiteConnection  by-hand (c0ffee00-52aa-4f0c-8f43-6d5d1a3f9b11)  DOWN",
  );
});

it.each([
  ["was ACTIVE", { recordedStatus: "ACTIVE" }, {}],
  ["switched off", { recordedStatus: "DOWN" }, { adminStateUp: false }],
  ["unmanaged", {}, { id: "another", verdict: "unmanaged" }],
  ["not compared", {}, { id: "another", verdict: "notCompared" }],
] as const)("the table annotates a tunnel that is DOWN: %s", (words, ofResource, ofTunnel) => {
  const text = plain({
    resources: [resource({ status: "DOWN", ...ofResource })],
    tunnels: [tunnel({ status: "DOWN", ...ofTunnel })],
  });
  expect(text).toMatch(
    new RegExp(`^DOWN  tunnel office  198.51.100.10 to 203.0.113.7  ${words}$`, "m"),
  );
});

it("the table lists a pending tunnel and omits an ACTIVE one", () => {
  const tunnels = [tunnel({ name: "one", status: "PENDING_CREATE" }), tunnel({ name: "two" })];
  const text = plain({ tunnels });
  expect(text).toMatch(/^PENDING_CREATE {2}tunnel one /m);
  expect(text).not.toContain("tunnel two");
});

it("the table names stack and cloud in each row if there are several", () => {
  const text = tableOf(sample, { color: false });
  expect(text).toMatch(/^gone .* kobe \(prod\) .* osaka$/m);
  expect(text).toMatch(/^unmanaged .* east\/east-reader$/m);
  expect(text).toMatch(/^PENDING_UPDATE .* east\/east-reader$/m);
});

it("the table has a head line for every stack and cloud", () => {
  const text = tableOf(sample, { color: false });
  expect(text.split("\n").slice(0, 2)).toEqual([
    `Stack prod, cloud osaka (${OSAKA}): 8 resources`,
    `Stack branches (secrets not read), cloud east/east-reader (${EAST}): 4 resources`,
  ]);
});

it("the table names a stack without resources and a cloud without a stack", () => {
  expect(lines({}).slice(0, 2)).toEqual([
    "Stack prod: no resources",
    `No stack, cloud osaka (${OSAKA})`,
  ]);
});

it("the table ends with the counts and the requests", () => {
  expect(tableOf(sample, { color: false }).split("\n").slice(-3)).toEqual([
    "8 in step, 1 gone, 1 ERROR, 2 drifted, 1 not read, 2 unmanaged; tunnels: 3 ACTIVE, 1 ERROR, 3 DOWN, 1 PENDING_UPDATE; not compared: psk of 1; 1 problem",
    `8 list calls (6 at ${OSAKA}, 2 at ${EAST}), 1 single GET, 2.4 s`,
    "",
  ]);
});

it("the table indents the further lines of a note", () => {
  expect(plain({ notes: ["It is DOWN:\n- look here"] })).toContain(
    "note  It is DOWN:\n      - look here\n",
  );
});

it("the table aligns names of other scripts by their display width", () => {
  const names = ["東京支店", "e\u0301tage", "zz"];
  const objects = names.map((name) => unmanaged({ id: "1", name, status: "DOWN" }));
  expect(lines({ unmanaged: objects }).filter((line) => line.endsWith("DOWN"))).toEqual([
    "unmanaged  IpsecSiteConnection  東京支店 (1)  DOWN",
    "unmanaged  IpsecSiteConnection  e\u0301tage (1)     DOWN",
    "unmanaged  IpsecSiteConnection  zz (1)        DOWN",
  ]);
});

it("the table shifts only the row of a very long name", () => {
  const names = ["x".repeat(200), "short"];
  const objects = names.map((name) => unmanaged({ id: "1", name, status: "DOWN" }));
  const [long, short] = lines({ unmanaged: objects }).filter((line) => line.endsWith("DOWN"));
  expect(long).toContain(`${names[0]!} (1)  DOWN`);
  expect(short!.length).toBeLessThan(120);
});

it("the table colors verdicts and has the same text without colors", () => {
  const text = tableOf(sample, { color: true });
  expect(text).toContain("\x1b[31mgone\x1b[39m ");
  expect(text).toContain("\x1b[33mdrifted\x1b[39m ");
  expect(stripVTControlCharacters(text)).toBe(tableOf(sample, { color: false }));
});

it("the table shows control characters from the cloud escaped", () => {
  const text = plain({ resources: [drifted({ cloudName: "\x1b[2J\u202ex" })] });
  expect(text).toContain("\\x1b[2J\\u{202e}x (f7cf");
});

it.each(UNTAMED)("the table has exactly one line for an object with the name %j", (name) => {
  const over = { clouds: [], unmanaged: [unmanaged({ name })] };
  expect(lines(over)).toHaveLength(lines({ clouds: [], unmanaged: [unmanaged()] }).length);
});

it("the table of any report contains no control character", () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(tableOf(report, { color: false }).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});

it("the table of a stack without resources reports an unfinished run", () => {
  const stack = { name: "prod", project: "offices", resources: 0, secretsRead: true };
  const text = plain({ stacks: [{ ...stack, unfinished: { pending: [] } }], resources: [] });
  expect(text).toContain("Stack prod: no resources in the state yet\n");
  expect(text).toContain("; a run on prod has not ended\n");
});
