import { readFileSync } from "node:fs";
import { join } from "node:path";

import { REFUSALS, UNKNOWABLES } from "../../support/differential/differences";

const page = readFileSync(
  join(__dirname, "..", "..", "..", "docs", "reference", "validation.md"),
  "utf8",
);

it.each([
  ["Refused by the cloud only", UNKNOWABLES],
  ["Refused by the check only", REFUSALS],
])(
  "docs/reference/validation.md lists the deliberate differences of the tests under %s",
  (title, differences) => {
    const [, section = ""] = page.split(`## ${title}\n`);
    const rows = section
      .split("\n## ")[0]!
      .match(/^\|.*\|$/gm)!
      .slice(2);
    expect(rows).toEqual(differences.map(({ what, because }) => `| ${what} | ${because} |`));
  },
);
