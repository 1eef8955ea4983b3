import { setTimeout as sleep } from "node:timers/promises";

import type { ApiObject } from "../tests/support/harness/api";
import type { RunResult } from "../tests/support/harness/child";
import { childrenCpuSeconds } from "./childrenCpu";
import type { Line, Measure, ServerName, Workload } from "./model";
import { requestsSince, startServer, type BenchServer } from "./servers";
import type { Tool } from "./tool";
import { watchUsage } from "./usage";

/** The line, server and workloads of a turn. */
export interface Turn {
  readonly server: ServerName;
  readonly size: number;
  readonly round: number;
  readonly line: Line;
  readonly workloads: readonly Workload[];
}

type Figures = Omit<Measure, keyof Turn | "workload">;
type Keep = (workload: Workload, figures: Figures) => void;

/** A tool with a server of its own. */
interface Place {
  readonly server: BenchServer;
  readonly tool: Tool;
}

/**
 * Plays the workloads that a turn names: create, refresh, preview and destroy on one set of
 * connections, change on another; each set on a server of its own, which is empty at first.
 * @param open Creates the tool on a server.
 * @throws Error if a server misbehaves; a failure of a tool is a figure.
 */
export async function playTurn(
  { server, size, round, line, workloads }: Turn,
  open: (server: BenchServer) => Promise<Tool>,
): Promise<Measure[]> {
  const measures: Measure[] = [];
  const keep: Keep = (workload, figures) => {
    if (!workloads.includes(workload)) return;
    measures.push({ server, size, round, line, workload, ...figures });
  };
  const play = async (work: (place: Place, keep: Keep) => Promise<void>): Promise<void> => {
    const there = await startServer(server, size);
    let tool: Tool | undefined;
    try {
      tool = await open(there);
      await work({ server: there, tool }, keep);
    } finally {
      await tool?.dispose();
      await there.stop();
    }
  };
  const hasChange = workloads.includes("change");
  // Only a tool that waits, or fails, may meet pending connections.
  if (line === "bare" || workloads.some((workload) => workload !== "change")) await play(playLife);
  if (line !== "bare" && hasChange) await play(playChange);
  return measures;
}

async function playLife(place: Place, keep: Keep): Promise<void> {
  const { server, tool } = place;
  const { create, refresh, preview, change, destroy } = tool.commands;
  const active = async (): Promise<number> =>
    tool.isEmpty
      ? server.size
      : (await server.connections()).filter(({ status }) => status === "ACTIVE").length;

  const begin = performance.now();
  const created = await measured(place, create);
  await untilSettled(server);
  const settledSeconds = (performance.now() - begin) / 1_000;
  keep("create", { ...created, settledSeconds, done: await active() });

  const refreshed = await measured(place, refresh);
  keep("refresh", { ...refreshed, done: await active() });
  keep("preview", {
    ...(preview ? await measured(place, preview) : refreshed),
    done: await active(),
  });

  if (!tool.prepare) keep("change", await changed(place, change));
  const destroyed = await measured(place, destroy);
  keep("destroy", { ...destroyed, done: server.size - (await server.connections()).length });
}

/** Changes all as soon as they are created, while they are pending. */
async function playChange(place: Place, keep: Keep): Promise<void> {
  const { server, tool } = place;
  const prepared = await tool.prepare!(`[pending ${server.pendingSeconds}s]`);
  const since = performance.now();
  if (prepared.code !== 0) throw new Error(`Nothing to change was made:\n${prepared.text}`);
  const pending = (await server.connections()).filter(isPending).length;
  const pendingSeconds = server.pendingSeconds - (performance.now() - since) / 1_000;
  const figures = await changed(place, tool.commands.change);
  keep("change", { ...figures, pending, pendingSeconds });
}

async function changed(place: Place, change: Tool["commands"]["change"]): Promise<Figures> {
  const text = "changed right after";
  const figures = await measured(place, () => change(text));
  const all = await place.server.connections();
  return { ...figures, done: all.filter(({ description }) => description === text).length };
}

async function measured(
  { server, tool }: Place,
  command: () => Promise<RunResult>,
): Promise<Omit<Figures, "done">> {
  const before = await server.requests();
  const usageOf = tool.provider ? watchUsage(tool.provider) : () => undefined;
  const cpuBefore = childrenCpuSeconds();
  const { code, seconds, text } = await command();
  const cpuAfter = childrenCpuSeconds();
  const usage = usageOf();
  const requests = requestsSince(before, await server.requests());
  return {
    seconds,
    ...(cpuBefore !== undefined && cpuAfter !== undefined && { cpuSeconds: cpuAfter - cpuBefore }),
    requests,
    ...(usage && { usage }),
    ...(code !== 0 && { error: firstError(text) }),
  };
}

function firstError(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find((line) => line !== "") ?? "?";
}

function isPending({ status }: ApiObject): boolean {
  return String(status).startsWith("PENDING");
}

async function untilSettled(server: BenchServer): Promise<void> {
  const deadline = Date.now() + 120_000;
  while ((await server.connections()).some(isPending)) {
    if (Date.now() > deadline) throw new Error("The connections do not settle.");
    await sleep(100);
  }
}
