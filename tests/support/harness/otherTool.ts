import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { findEngine } from "../../../scripts/engine";
import type { Cloud } from "./cloud";
import { releasePlugin } from "./installedPlugin";
import { programOf } from "./pagePrograms";
import type { TestStack } from "./stack";
import { yamlStack, type YamlOptions } from "./yamlProgram";

const command = resolve(__dirname, "..", "..", "..", "dist", "cli", "main.js");

/** The program before its first resource. */
const EMPTY = "name: my-vpn\nruntime: yaml\n";

/** A stack without resources in an empty cloud, with the plugin installed; for {@link importByPage}. */
export async function stackToImport(
  cloud: Cloud,
  psk: string,
  options: Pick<YamlOptions, "env" | "path">,
): Promise<TestStack> {
  const release = await releasePlugin();
  try {
    return await yamlStack(cloud, release, psk, { ...options, program: EMPTY });
  } finally {
    release.remove();
  }
}

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
  stack.write("Pulumi.yaml", `${EMPTY}${program}`);
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
