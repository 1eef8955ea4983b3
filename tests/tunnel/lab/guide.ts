import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { RunResult } from "../../support/harness/child";
import type { TestStack } from "../../support/harness/stack";
import type { Site } from "./site";

const REPOSITORY = join(__dirname, "..", "..", "..");

/** The code blocks of a page in docs/guides in one language, in their order. */
export function codeOf(page: string, language: "ts" | "sh"): string[] {
  const text = readFileSync(join(REPOSITORY, "docs", "guides", page), "utf8");
  const blocks = text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm);
  return [...blocks]
    .filter(([, , found]) => found === language)
    .map(([, indent, , code]) => code!.replaceAll(new RegExp(`^${indent!}`, "gm"), ""));
}

/**
 * Runs commands of a guide in the folder of a stack: `pulumi` asks no question, `gateway` is a site, and its journal
 * is the log of strongSwan.
 * @throws Error with the output if the exit status is not `code`
 */
export async function follow(
  commands: string,
  stack: TestStack,
  gateway: Site,
  code = 0,
): Promise<RunResult> {
  const command = join(REPOSITORY, "dist", "cli", "main.js");
  const result = await stack.bash(`
    npx() { shift; ${words([process.execPath, command])} "$@"; }
    pulumi() { case $1 in up) set -- "$@" --yes --skip-preview;; esac; command pulumi "$@"; }
    ssh() { shift; ${words(gateway.entry)} "$@"; }
    scp() { cat "$1" | ssh gateway tee "\${2#gateway:}" >/dev/null; }
    ${commands
      .replaceAll("--stack dev", "--stack test")
      .replace(/journalctl \S+ \S+/, "cat /run/charon.log")}`);
  if (result.code !== code) throw new Error(result.text);
  return result;
}

/** Words of a command of bash, each of which may contain spaces. */
function words(all: readonly string[]): string {
  return all.map((word) => `'${word}'`).join(" ");
}
