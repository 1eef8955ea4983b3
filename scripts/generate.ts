import { writeFileSync } from "node:fs";
import path from "node:path";

import { generateReadme } from "./generateDocs";
import { generateTypes } from "./generateTypes";

/** `npm run generate`: writes everything that is made from schema.json. A test finds what is stale. */
async function main(): Promise<void> {
  const root = path.dirname(__dirname);
  writeFileSync(path.join(root, "sdk", "types.ts"), await generateTypes());
  writeFileSync(path.join(root, "README.md"), generateReadme());
}

void main();
