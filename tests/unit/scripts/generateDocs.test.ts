import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { allResourceTypes } from "../../../provider/schema/resourceType";
import { fill, generateDocs, pageOf } from "../../../scripts/generateDocs";

const ROOT = path.join(__dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const kinds = allResourceTypes().map(({ kind }) => kind);

describe("a page", () => {
  const stale = "by hand\n<!-- reference:IkePolicy -->\nof yesterday\n<!-- end -->\nby hand too\n";

  it("gets its generated part made anew", () => {
    expect(fill(stale)).not.toContain("of yesterday");
    expect(fill(stale)).toContain("| `ikeVersion` | [IkeVersion](#ikeversion) | `v1` |");
  });

  it("keeps what is written by hand", () => {
    expect(fill(stale)).toMatch(/^by hand\n<!-- reference:IkePolicy -->\n/);
    expect(fill(stale)).toMatch(/\n<!-- end -->\nby hand too\n$/);
  });

  it("stays the same when it is filled again", () => {
    expect(fill(fill(stale))).toBe(fill(stale));
  });

  it.each(Object.keys(generateDocs()))(
    "%s is what schema.json and the examples say today",
    (page) => {
      expect(read(page)).toBe(generateDocs()[page]);
    },
  );

  it("belongs to a kind that there is", () => {
    const pages = readdirSync(path.join(ROOT, "docs", "reference", "resources"));
    expect(pages.sort()).toEqual(kinds.map((kind) => path.basename(pageOf(kind))).sort());
  });
});

describe.each(kinds)("the page of %s", (kind) => {
  const text = read(pageOf(kind));

  it("tells of every input and output", () => {
    const { fields } = allResourceTypes().find((one) => one.kind === kind)!;
    expect(fields.filter(({ name }) => !text.includes(`\n| \`${name}\` |`))).toEqual([]);
  });

  it("says by hand what a change does, and what is limited", () => {
    const byHand = text.slice(0, text.indexOf("<!-- reference"));
    for (const part of ["**Changes.**", "**Limits.**", "```ts"]) expect(byHand).toContain(part);
  });
});

it("warns of the values that should not be used", () => {
  expect(read(pageOf("IkePolicy"))).toMatch(/- `group2`: .*\*\*Warned about:\*\* .*group14/);
});
