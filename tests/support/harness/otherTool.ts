import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { findEngine } from "../../../scripts/engine";
import { programOf } from "./pagePrograms";
import type { TestStack } from "./stack";

const command = resolve(__dirname, "..", "..", "..", "dist", "cli", "main.js");

/**
 * Follows a part of the page about Terraform and @pulumi/openstack in the folder of a stack, and makes the printed
 * program that of the stack.
 * @returns The commands by which the other tool forgets its objects.
 * @throws Error with the output if a step fails
 */
export async function importByPage(stack: TestStack, part: string): Promise<string> {
  const steps = programOf("moveFromTerraform", part).replace(
    "npx pulumi-vpnaas",
    `node "${command}"`,
  );
  const text = await inShell(stack, steps);
  const program = readFileSync(join(stack.directory, "program.yaml"), "utf8");
  stack.write("Pulumi.yaml", `name: my-vpn\nruntime: yaml\n${program}`);
  return text.match(/^ {2}(?:terraform|pulumi) state .*$/gm)!.join("\n");
}

/**
 * Runs a script with the engine on its PATH, and returns its output.
 * @throws Error with the output if the script fails
 */
export async function inShell(stack: TestStack, script: string): Promise<string> {
  const engine = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
  const { code, text } = await stack.bash(`PATH="${engine}:$PATH"\n${script}`);
  if (code !== 0) throw new Error(text);
  return text;
}
