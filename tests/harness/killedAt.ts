/** Runs that are killed at a change of the cloud that is drawn by lot. */
import { createHash } from "node:crypto";

import { type CrashStage, providersOf } from "./crashes";
import { until } from "./until";

/** When a run is killed, and how. */
export interface Moment {
  /** The number of the POST, PUT or DELETE at which it is killed, from 1. */
  readonly change: number;
  /** Whether the cloud does what it was asked for then. */
  readonly isDone: boolean;
  /** The engine alone, so that its provider has to notice, or both. */
  readonly victims: "engine" | "both";
}

/** A moment among that many changes; always the same one for a seed. */
export function momentOf(seed: string, changes: number): Moment {
  const lot = createHash("sha256").update(seed).digest();
  return {
    change: 1 + (lot.readUInt32BE(0) % changes),
    isDone: lot.readUInt8(4) % 2 === 0,
    victims: lot.readUInt8(5) % 2 === 0 ? "engine" : "both",
  };
}

/** Runs until that moment, kills with SIGKILL, and returns when run and provider are gone. */
export async function killAt(
  { sim, program: { stack } }: CrashStage,
  operation: "up" | "destroy",
  { change, isDone, victims }: Moment,
): Promise<void> {
  let changes = 0;
  const run = stack.begin(operation);
  sim.script({
    path: /\/vpn\//,
    times: Infinity,
    when: ({ method }) => method !== "GET" && changes < change,
    onRequest: () => {
      changes += 1;
      if (changes < change) return;
      run.kill("SIGKILL");
      if (victims === "both") for (const pid of providersOf(stack)) process.kill(pid, "SIGKILL");
      if (!isDone) throw new Error("never done");
    },
  });
  const { code, text } = await run.done;
  if (changes < change) throw new Error(`${operation} ended after ${changes} changes:\n${text}`);
  await until("the provider's end", () => providersOf(stack).length === 0, 10_000);
  expect(code).not.toBe(0);
}
