import { messageOf } from "../provider/errors";
import { releasePlugin } from "../tests/support/harness/installedPlugin";
import { findEngine } from "../scripts/engine";
import { bareOn } from "./bare";
import { emptyTool } from "./emptyProgram";
import type { DoorName, Line } from "./model";
import { pulumiOn } from "./pulumi";
import type { BenchServer } from "./servers";
import { findTerraform, terraformOn } from "./terraform";
import type { Tool } from "./tool";

/** The compared lines, each with its factory for a server, in the order of the first round. */
export type Lines = readonly (readonly [Line, (server: BenchServer) => Promise<Tool>])[];

type MutableLines = [Line, (server: BenchServer) => Promise<Tool>][];

/**
 * Finds the engine, and builds the plugin if its door is measured.
 * @param versions receives the version of the engine
 * @throws Error if the engine cannot be found or built
 */
export async function findOwnLines(
  doors: readonly DoorName[],
  versions: Record<string, string>,
): Promise<MutableLines> {
  const { bin, version } = await findEngine(console.log);
  process.env["VPNAAS_ENGINE_BIN"] = bin;
  versions["Pulumi"] = version;
  const lines: MutableLines = [["empty", emptyTool]];
  if (doors.includes("dynamic")) {
    lines.push(
      ["ours", (server) => pulumiOn(server, { checkpoints: true })],
      ["unchecked", (server) => pulumiOn(server, { checkpoints: false })],
    );
  }
  if (doors.includes("plugin")) {
    const plugin = await releasePlugin();
    process.on("exit", () => plugin.remove());
    const env = { PULUMI_DIY_BACKEND_ZSTD: "true" };
    lines.push(
      ["plugin", (server) => pulumiOn(server, { checkpoints: true, plugin })],
      ["compressed", (server) => pulumiOn(server, { checkpoints: true, plugin, env })],
    );
  }
  return lines;
}

/**
 * The lines of {@link findOwnLines}, the bare loop, and Terraform if it is found.
 * @param versions receives the version of each tool, or the reason why it is not measured
 */
export async function findLines(
  doors: readonly DoorName[],
  versions: Record<string, string>,
): Promise<Lines> {
  const lines: MutableLines = [["bare", bareOn], ...(await findOwnLines(doors, versions))];
  try {
    const terraform = await findTerraform(console.log);
    versions["Terraform"] = terraform.version;
    lines.push(["terraform", (server) => terraformOn(server, terraform)]);
  } catch (error) {
    versions["Terraform"] = `not measured: ${messageOf(error)}`;
  }
  return lines;
}
