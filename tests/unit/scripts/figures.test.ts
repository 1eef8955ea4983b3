import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { FIGURES_PAGES } from "../../../scripts/figures";

it.each(FIGURES_PAGES)("the page %s has the markers of its figures", (page) => {
  const text = readFileSync(join(__dirname, "..", "..", "..", "docs", `${page}.md`), "utf8");
  expect(text).toMatch(new RegExp(`<!-- ${basename(page)}:figures -->[^]*<!-- end -->`));
});
