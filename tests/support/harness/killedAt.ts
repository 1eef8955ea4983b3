/** Runs that are killed at a request that is drawn by lot. */
import { createHash } from "node:crypto";

import type { RecordedRequest, Simulator } from "../../../simulator";
import { providersOf } from "./crashes";
import type { ResourceStack } from "./resources";
import { until } from "./until";

/** When a run is killed, and how. */
export interface Moment {
  /** The number of the request at which it is killed, from 1, of those that count. */
  readonly change: number;
  /** Whether the cloud does what it was asked for then. */
  readonly isDone: boolean;
  /** The engine alone, so that its provider has to notice, or both. */
  readonly victims: "engine" | "both";
}

/** A moment among that many requests; always the same one for a seed. */
export function momentOf(seed: string, changes: number): Moment {
  const lot = createHash("sha256").update(seed).digest();
  return {
    change: 1 + (lot.readUInt32BE(0) % changes),
    isDone: lot.readUInt8(4) % 2 === 0,
    victims: lot.readUInt8(5) % 2 === 0 ? "engine" : "both",
  };
}

/** A stack on a simulator. */
export interface Scene {
  readonly sim: Simulator;
  readonly program: Pick<ResourceStack, "stack">;
}

/** Requests that change something. */
const changes = ({ method }: RecordedRequest): boolean => method !== "GET";

/**
 * Runs until that moment, kills with SIGKILL, and returns when run and provider are gone. By default
 * changes alone count, of all requests about VPN objects.
 */
export async function killAt(
  { sim, program: { stack } }: Scene,
  operation: "up" | "destroy",
  { change, isDone, victims }: Moment,
  counts = changes,
): Promise<void> {
  let met = 0;
  const run = stack.begin(operation);
  sim.script({
    path: /\/vpn\//,
    times: Infinity,
    when: (request) => counts(request) && met < change,
    onRequest: () => {
      met += 1;
      if (met < change) return;
      run.kill("SIGKILL");
      if (victims === "both") for (const pid of providersOf(stack)) process.kill(pid, "SIGKILL");
      if (!isDone) throw new Error("never done");
    },
  });
  const { code, text } = await run.done;
  if (met < change) throw new Error(`${operation} ended after ${met} requests:\n${text}`);
  await until("the provider's end", () => providersOf(stack).length === 0, 10_000);
  expect(code).not.toBe(0);
}
