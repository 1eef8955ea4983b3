/** Runs that are killed at a random request. */
import { createHash } from "node:crypto";

import type { RecordedRequest, Simulator } from "../../../simulator";
import { providersOf } from "./crashes";
import type { ResourceStack } from "./resources";
import { until } from "./until";

/** The moment and the manner of a kill. */
export interface Moment {
  /** The number of the request at the kill, from 1, among the counted ones. */
  readonly change: number;
  /** Whether the cloud executes this request. */
  readonly isDone: boolean;
  /** The engine alone, whose end the provider has to notice, or both. */
  readonly victims: "engine" | "both";
}

/** A random moment among `changes` requests, equal for equal seeds. */
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

/** Whether a request is a change. */
const changes = ({ method }: RecordedRequest): boolean => method !== "GET";

/**
 * Runs until the given moment, kills with SIGKILL, and returns when run and provider have ended. By
 * default only changes of VPN objects count.
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
