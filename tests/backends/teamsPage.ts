import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(__dirname, "..", "..", "docs", "guides", "teams.md"), "utf8");

/**
 * The commands in docs/guides/teams.md for a purpose.
 * @param purpose The word in the comment `<!-- commands:WORD -->` above the block
 */
export function commandsFor(purpose: string): string {
  const [, commands] =
    new RegExp(`<!-- commands:${purpose} -->\\n+\`\`\`sh\\n([^]*?)\`\`\``).exec(page) ?? [];
  if (commands === undefined)
    throw new Error(`docs/guides/teams.md has no commands for ${purpose}`);
  return commands;
}
