import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { allResourceTypes } from "../../../provider/schema/resourceType";
import { fill, generateDocs, pageOf } from "../../../scripts/generateDocs";

const ROOT = path.join(__dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const kinds = allResourceTypes().map(({ kind }) => kind);

describe("a generated page", () => {
  const stale = "by hand\n<!-- reference:IkePolicy -->\nof yesterday\n<!-- end -->\nby hand too\n";

  it("gets a new generated part", () => {
    expect(fill(stale)).not.toContain("of yesterday");
    expect(fill(stale)).toContain("| `ikeVersion` | [IkeVersion](#ikeversion) | `v1` |");
  });

  it("keeps its handwritten parts", () => {
    expect(fill(stale)).toMatch(/^by hand\n<!-- reference:IkePolicy -->\n/);
    expect(fill(stale)).toMatch(/\n<!-- end -->\nby hand too\n$/);
  });

  it("stays unchanged when it is filled again", () => {
    expect(fill(fill(stale))).toBe(fill(stale));
  });

  it.each(Object.keys(generateDocs()))("%s matches schema.json and the examples", (page) => {
    expect(read(page)).toBe(generateDocs()[page]);
  });

  it("exists for each resource type and for no other name", () => {
    const pages = readdirSync(path.join(ROOT, "docs", "reference", "resources"));
    expect(pages.sort()).toEqual(kinds.map((kind) => path.basename(pageOf(kind))).sort());
  });
});

describe.each(kinds)("the page of %s", (kind) => {
  const text = read(pageOf(kind));

  it("describes every input and output", () => {
    const { fields } = allResourceTypes().find((one) => one.kind === kind)!;
    expect(fields.filter(({ name }) => !text.includes(`\n| \`${name}\` |`))).toEqual([]);
  });

  it("describes by hand the changes and the limits", () => {
    const byHand = text.slice(0, text.indexOf("<!-- reference"));
    for (const part of ["**Changes.**", "**Limits.**", "```ts"]) expect(byHand).toContain(part);
  });
});

it("the page of IkePolicy warns about deprecated values", () => {
  expect(read(pageOf("IkePolicy"))).toMatch(/- `group2`: .*\*\*Warned about:\*\* .*group14/);
});
