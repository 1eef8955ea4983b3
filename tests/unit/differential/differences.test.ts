import { readFileSync } from "node:fs";
import { join } from "node:path";

import { REFUSALS, UNKNOWABLES } from "../../support/differential/differences";

const page = readFileSync(
  join(__dirname, "..", "..", "..", "docs", "reference", "validation.md"),
  "utf8",
);

it.each([
  ["What only the cloud can know", UNKNOWABLES],
  ["What the check refuses though a Neutron takes it", REFUSALS],
])(
  "docs/reference/validation.md lists under %s what the tests take for meant so",
  (title, differences) => {
    const [, section = ""] = page.split(`## ${title}\n`);
    const rows = section
      .split("\n## ")[0]!
      .match(/^\|.*\|$/gm)!
      .slice(2);
    expect(rows).toEqual(differences.map(({ what, because }) => `| ${what} | ${because} |`));
  },
);
