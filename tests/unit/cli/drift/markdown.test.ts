import fc from "fast-check";

import { markdownOf } from "../../../../cli/drift/render/markdown";
import { code, prose } from "../../../../cli/drift/render/markdownText";
import type { Report } from "../../../../provider/drift/report";
import { anyReport, anyText } from "../../support/anyReport";
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

/**
 * The structure that Markdown finds: a `·` for each code span of CommonMark, cells as GFM splits
 * them.
 */
function skeleton(markdown: string): string[] {
  return markdown
    .replace(/^(`{3,})text\n.*?^\1$/gms, "·")
    .split("\n")
    .map((line) =>
      line.startsWith("|")
        ? [...line.matchAll(/\|((?:\\.|[^|\\])*)/g)]
            .map(([, cell = ""]) => withoutCode(cell.replaceAll("\\|", "|")))
            .join("|")
        : withoutCode(line),
    );
}

function withoutCode(text: string): string {
  return text.replace(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g, "·");
}

const named = (name: string): Report =>
  reportWith({
    stacks: [{ name, project: name, resources: 1, secretsRead: true }],
    clouds: [
      { endpoint: OSAKA, names: [`c${name}`], lists: {}, gets: 0 },
      { endpoint: EAST, names: [], lists: {}, gets: 0 },
    ],
    resources: [
      resource({
        stack: name,
        name,
        cloudName: name,
        id: `i${name}`,
        verdict: "drifted",
        differences: [
          {
            property: `p${name}`,
            declared: name,
            actual: [name, name],
            hidden: false,
            because: "changed outside Pulumi",
          },
        ],
      }),
    ],
    unmanaged: [unmanaged({ name })],
    tunnels: [tunnel({ status: "DOWN", name, localAddress: name, peerAddress: name })],
    plan: [
      {
        method: "POST",
        path: "/v2.0",
        body: { [name]: name },
        urn: name,
        name,
        endpoint: OSAKA,
        because: name,
      },
    ],
  });

it.each(UNTAMED)(
  "the Markdown report has the same structure with the name %j as with any other",
  (name) => {
    expect(skeleton(markdownOf(named(name)))).toEqual(skeleton(markdownOf(named("office"))));
  },
);

it("the Markdown report has the same structure with any name", () => {
  const usual = skeleton(markdownOf(named("office")));
  fc.assert(
    fc.property(
      anyText.filter((text) => text !== ""),
      (name) => {
        expect(skeleton(markdownOf(named(name)))).toEqual(usual);
      },
    ),
  );
});

it.each(UNTAMED)("Markdown code shows the name %j as one code span", (name) => {
  expect(withoutCode(code(name))).toBe("·");
});

it.each([
  ["office", "`office`"],
  ["", ""],
  ["a`b", "``a`b``"],
  ["`a", "`` `a ``"],
  ["a|b", "`a\\|b`"],
  ["a\\|b", "`a\\\\\\|b`"],
  ["a\nb", "`a\\x0ab`"],
])("Markdown code writes %j as %s", (text, markdown) => {
  expect(code(text)).toBe(markdown);
});

it.each([
  ["It is gone, as of 16:40.", "It is gone, as of 16:40."],
  ["`pulumi up --refresh` sends it.", "`pulumi up --refresh` sends it."],
  ["See https://example.org/a, please.", "See `https://example.org/a`, please."],
  ["Ask @admin (or #12).", "Ask `@admin` (or `#12`)."],
  ["GH-12 <b>x</b> a_b_c *x*", "`GH-12` `<b>x</b>` `a_b_c` `*x*`"],
  ["1. first", "`1`. first"],
  ["`a``b` c`d", "```` `a``b` ```` ``c`d``".replaceAll("````", "```")],
])("Markdown prose writes the sentence %j as %s", (sentence, markdown) => {
  expect(prose(sentence)).toBe(markdown);
});

it("Markdown prose leaves only plain words and numbers outside code, for any sentence", () => {
  fc.assert(
    fc.property(anyText, (sentence) => {
      expect(withoutCode(prose(sentence))).toMatch(/^[\p{L}\p{N}\s·.,:;?()"'-]*$/u);
    }),
  );
});

it("the Markdown report begins with the marker and the outcome", () => {
  expect(markdownOf(reportWith()).split("\n").slice(0, 2)).toEqual([
    "<!-- pulumi-vpnaas drift -->",
    "### VPN: in step",
  ]);
});

it.each<[string, Partial<Report>]>([
  ["drift", { resources: [resource({ verdict: "gone" })] }],
  ["a tunnel is down", { tunnels: [tunnel({ status: "DOWN" })] }],
  ["in step", { tunnels: [tunnel({ status: "DOWN", adminStateUp: false })] }],
  ["not all could be read", { problems: ["It did not answer."] }],
])("the Markdown report has the heading: %s", (outcome, over) => {
  expect(markdownOf(reportWith(over))).toContain(`\n### VPN: ${outcome}\n`);
});

it("the Markdown report has one row for each difference, and one for a resource without differences", () => {
  const rows = markdownOf(sample).match(/^\| \*\*(?:gone|ERROR|drifted|not read)\*\* .*$/gm)!;
  expect(rows).toHaveLength(6);
  expect(rows[0]).toBe(
    "| **gone** | `IpsecSiteConnection kobe (prod)` | `kobe-1a2b3c4 (5a7e9c1b-2d4f-4a6b-9c8d-1e3f5a7b9c55)` at `osaka` |  |  |  | since 2026-02-11 08:00 UTC at the earliest |",
  );
  expect(rows[3]).toBe(
    "| **drifted** | `IpsecSiteConnection nagoya (prod)` | `nagoya-1a2b3c4 (4b1f0d6e-7a0f-4b59-9f0b-5f3f4a0c2d33)` at `osaka` | `peerCidrs` | `10.2.0.0/24, 10.3.0.0/24` | `10.9.0.0/24` | changed outside Pulumi, since 2026-02-20 16:41 UTC at the earliest |",
  );
});

it("the Markdown report shows no hidden value", () => {
  expect(markdownOf(sample)).toContain("| `psk` | `(hidden)` | `(hidden)` |");
});

it("the Markdown report lists problems before findings and folds unmanaged objects, advice, plan and notes", () => {
  const markdown = markdownOf(sample);
  const parts = [
    "**Problems**",
    "| **gone** |",
    "| DOWN | `factory` |",
    "<details><summary>2 unmanaged: in the cloud, in no stack given</summary>",
    "<details><summary>What to do</summary>",
    "<details><summary>Plan: 3 requests</summary>",
    "<details><summary>Notes</summary>",
    "8 list calls",
  ];
  const places = parts.map((part) => markdown.indexOf(part));
  expect(places).toEqual([...places].sort((left, right) => left - right));
  expect(places[0]).toBeGreaterThan(0);
});

it("the Markdown report closes every fold, with an empty line around Markdown", () => {
  const markdown = markdownOf(sample);
  expect(markdown.match(/^<details><summary>.*<\/summary>\n\n/gm)).toHaveLength(5);
  expect(markdown.match(/\n\n<\/details>\n/g)).toHaveLength(5);
});

it("the Markdown report names at most five of the resources that share an advice", () => {
  const resources = [...Array(7).keys()].map((i) =>
    resource({ name: `n${i}`, verdict: "gone", advice: "Do this." }),
  );
  expect(markdownOf(reportWith({ resources }))).toMatch(/^- Do this\. \(.*n4`, 2 more\)$/m);
});

it("the Markdown report shows the URN of findings only", () => {
  const [gone, well] = [resource({ verdict: "gone" }), resource({ name: "calm" })];
  const markdown = markdownOf(reportWith({ resources: [gone, well] }));
  expect(markdown).toContain(`\`IpsecSiteConnection office\`: \`${gone.urn}\``);
  expect(markdown).not.toContain(well.urn);
});

it("the Markdown report turns the further lines of a note into list items", () => {
  const notes = ["It is DOWN:\n- look here\n\n- and there"];
  expect(markdownOf(reportWith({ notes }))).toContain(
    "\n- It is DOWN:\n  - look here\n  - and there\n",
  );
});

it("the Markdown report states how many rows exceed the limit of a comment", () => {
  const resources = [...Array(2_000).keys()].map((i) =>
    resource({ name: `n${i}`, verdict: "gone", advice: `Do ${i}.` }),
  );
  const markdown = markdownOf(
    reportWith({ resources, unmanaged: Array(500).fill(unmanaged()), plan: sample.plan! }),
  );
  const kept = markdown.match(/^\| \*\*gone\*\*/gm)!.length;
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(kept).toBeGreaterThan(300);
  expect(markdown).toContain(
    `\n\n${2_000 - kept} more are left out, because the comment would be too long.\n`,
  );
  expect(markdown).toContain("0 in step, 2000 gone, 500 unmanaged");
  expect(markdown.match(/<details>/g)).toHaveLength(markdown.match(/<\/details>/g)!.length);
});

it("the Markdown report omits a row that would fill a comment alone and keeps the others", () => {
  const huge = unmanaged({ name: "x".repeat(70_000) });
  const markdown = markdownOf(reportWith({ unmanaged: [huge, unmanaged()] }));
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown).toContain("by-hand");
  expect(markdown).toContain("1 more are left out");
});

it("the Markdown form of any report contains no control character", () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(markdownOf(report).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
});
