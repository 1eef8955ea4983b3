/** Runs on many resources with shared lists that are killed at a random request. */
import { type Moment, momentOf } from "../support/harness/killedAt";
import { until } from "../support/harness/until";
import { inWorld, prepared } from "./cell";
import type { Ending } from "./fate";
import { CROWD_OPERATIONS, type Operation } from "./operations";
import { type Processes, SharedProcess } from "./processes";
import type { Place } from "./places";
import { recovered } from "./recovery";
import type { World } from "./world";

const TWENTY: Place = { kind: "IpsecSiteConnection", dialect: "neutron", count: 20 };

/** The minimal number of requests for VPN objects in each operation on twenty connections. */
const LEAST_REQUESTS: Readonly<Record<Operation["name"], number>> = {
  create: 24,
  read: 2,
  update: 24,
  replace: 62,
  delete: 40,
  adopt: 24,
  "take over": 3,
  ready: 24,
};

/** A run that is killed. */
export interface Kill {
  readonly operation: Operation;
  readonly seed: string;
  readonly at: Moment;
}

/** Several kills of each operation. */
export function killsOf(seed: string, each: number): Kill[] {
  return Array.from({ length: each }, (_, life) =>
    CROWD_OPERATIONS.map((operation): Kill => {
      const own = `${seed} ${operation.name} ${life}`;
      return { operation, seed: own, at: momentOf(own, LEAST_REQUESTS[operation.name]) };
    }),
  ).flat();
}

/** Kills the process at the given moment, then runs again and compares state and cloud. */
export async function tryKill(
  processes: Processes,
  { operation, at }: Kill,
  number: number,
): Promise<Ending> {
  return inWorld(TWENTY, number, async (world) => {
    const setting = await prepared(processes, world, operation, "2m");
    const victim = await SharedProcess.start(processes.door);
    try {
      const kill = killAt(world, at, victim);
      const errors = await victim.serve(world, (provider) =>
        operation.perform({ ...setting, provider }),
      );
      if (!kill.isDone || errors.length === 0) return { fate: "not tried", why: "not killed" };
    } finally {
      await victim.stop();
    }
    await until("the cloud's last answer", () => world.sim.inFlight.now === 0);
    const problem = await recovered(processes, { ...setting, operation, said: [] }, []);
    return problem ?? { fate: "next run" };
  });
}

/** Schedules a kill; the result states at any time whether the kill has happened. */
function killAt(
  { sim }: World,
  { change, isDone }: Moment,
  victim: SharedProcess,
): { readonly isDone: boolean } {
  let requests = 0;
  sim.script({
    path: /\/vpn\//,
    when: () => (requests += 1) === change,
    onRequest: () => {
      victim.kill();
      if (!isDone) throw new Error("never done");
    },
  });
  return {
    get isDone() {
      return requests >= change;
    },
  };
}
