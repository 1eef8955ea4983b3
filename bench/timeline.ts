/** `npm run bench -- --timeline`: where the time of a small run goes. */
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

import type { RunResult } from "../tests/support/harness/child";
import { releasePlugin, type PluginRelease } from "../tests/support/harness/installedPlugin";
import { chartOf, type Span } from "./chart";
import type { DoorName } from "./model";
import { pulumiOn } from "./pulumi";
import { startServer } from "./servers";

const PRELOAD = join(__dirname, "timelinePreload.cjs");

/**
 * Plays create, preview, refresh and destroy on the simulator through a door.
 * @returns a chart for each command
 * @throws Error with the output of a command that fails
 */
export async function timelinesOf(door: DoorName, size: number): Promise<string[]> {
  const release = door === "plugin" ? await releasePlugin() : undefined;
  try {
    return await playTimelines(release, size);
  } finally {
    release?.remove();
  }
}

async function playTimelines(plugin: PluginRelease | undefined, size: number): Promise<string[]> {
  const server = await startServer("simulator", size);
  const file = join(dirname(PRELOAD), "..", ".cache", `timeline-${process.pid}.jsonl`);
  const env = { NODE_OPTIONS: `--require "${PRELOAD}"`, VPNAAS_TIMELINE: file };
  const tool = await pulumiOn(server, { checkpoints: true, plugin, env });
  const charts: string[] = [];
  try {
    for (const name of ["create", "preview", "refresh", "destroy"] as const) {
      rmSync(file, { force: true });
      const begin = Date.now();
      const { code, text, seconds } = await (tool.commands[name] as () => Promise<RunResult>)();
      if (code !== 0) throw new Error(text);
      const title = `${name}, N = ${size}, ${plugin ? "plugin" : "dynamic"}: ${seconds.toFixed(2)} s`;
      charts.push(chartOf(title, readSpans(file), begin, begin + seconds * 1_000));
    }
    return charts;
  } finally {
    rmSync(file, { force: true });
    await tool.dispose();
    await server.stop();
  }
}

function readSpans(file: string): Span[] {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Span);
}
