import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { generateDocs } from "./generateDocs";
import { generatePluginSchema } from "./generatePluginSchema";
import { generateProviderArgs } from "./generateProviderArgs";
import { generateTypes } from "./generateTypes";

/**
 * `npm run generate`: writes everything that is made from schema.json and the examples. With
 * `--check` it writes nothing, and fails when something is stale.
 */
async function main(): Promise<void> {
  const made = {
    "sdk/providerArgs.ts": await generateProviderArgs(),
    "sdk/types.ts": await generateTypes(),
    "provider/doors/plugin/schema.json": await generatePluginSchema(),
    ...generateDocs(),
  };
  for (const [name, text] of Object.entries(made)) {
    const file = path.join(path.dirname(__dirname), name);
    if (existsSync(file) && readFileSync(file, "utf8") === text) continue;
    if (process.argv.includes("--check")) {
      console.error(`${name} is stale: run \`npm run generate\` and commit the result.`);
      process.exitCode = 1;
    } else {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

void main();
