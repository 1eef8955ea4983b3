import { startSimulator } from "../simulator";
import { cloudOf } from "../tests/support/harness/cloud";
import { pulumiOn } from "./pulumi";
import { LATENCY_MS } from "./servers";
import type { SettledUp } from "./model";

/**
 * Creates connections with `waitFor: "accepted"` and one resource that waits for them all, with the real
 * engine on the simulator; the same without any pending time, and both without checkpoints.
 * @throws Error with the engine's output if an `up` fails
 */
export async function measureSettledUp({ connections = 200, pendingSeconds = 20 } = {}): Promise<
  SettledUp[]
> {
  const rows: SettledUp[] = [];
  for (const checkpoints of [true, false]) {
    const secondsWithout = await timeOf(connections, 0, checkpoints);
    const seconds = await timeOf(connections, pendingSeconds, checkpoints);
    rows.push({ connections, pendingSeconds, checkpoints, seconds, secondsWithout });
  }
  return rows;
}

async function timeOf(size: number, pendingSeconds: number, checkpoints: boolean): Promise<number> {
  const pendingMs = pendingSeconds * 1_000;
  const cloud = await cloudOf(await startSimulator({ pendingMs, latencyMs: LATENCY_MS }));
  try {
    await cloud.clear();
    const tool = await pulumiOn({ cloud, size }, { checkpoints });
    try {
      const { code, seconds, text } = await tool.commands.create();
      if (code !== 0) throw new Error(text);
      return seconds;
    } finally {
      await tool.dispose();
    }
  } finally {
    await cloud.stop();
  }
}
