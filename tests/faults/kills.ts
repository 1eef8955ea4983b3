/** Runs that are killed at a request, and the runs after them. */
import { type Moment, momentOf } from "../support/harness/killedAt";
import { until } from "../support/harness/until";
import type { Call } from "./calls";
import { inWorld, leaksIn, learnCalls, prepared } from "./cell";
import type { Ending } from "./fate";
import { CROWD_OPERATIONS, type Operation, operationsOn } from "./operations";
import { type Place, titleOf } from "./places";
import { type Processes, SharedProcess } from "./processes";
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
  readonly place: Place;
  readonly operation: Operation;
  readonly title: string;
  /** Schedules the kill; the result states at any time whether the kill has happened. */
  readonly schedule: (world: World, victim: SharedProcess) => { readonly isDone: boolean };
}

/** Kills of each operation on twenty connections with shared lists, at random requests. */
export function randomKills(seed: string, each: number): Kill[] {
  return Array.from({ length: each }, (_, life) =>
    CROWD_OPERATIONS.map((operation): Kill => {
      const own = `${seed} ${operation.name} ${life}`;
      const at = momentOf(own, LEAST_REQUESTS[operation.name]);
      return {
        place: TWENTY,
        operation,
        title: `${operation.name} at request ${at.change}, ${doneOrNot(at)} (${own})`,
        schedule: (world, victim) => killAtRequest(world, at, victim),
      };
    }),
  ).flat();
}

/** The calls of one resource at which runs are killed, before the call's execution or after it. */
export type CallFilter = (call: Call, isDone: boolean) => boolean;

/** A kill of each operation on one resource at each call of a filter. */
export async function killsAtCalls(
  processes: Processes,
  places: readonly Place[],
  isTried: CallFilter,
): Promise<Kill[]> {
  const pairs = places.flatMap((place) =>
    operationsOn(place).map((operation) => ({ place, operation })),
  );
  const learned = await Promise.all(
    pairs.map((pair, number) => learnCalls(processes, pair, number)),
  );
  return pairs.flatMap(({ place, operation }, i) =>
    learned[i]!.calls.flatMap((call) =>
      [false, true]
        .filter((isDone) => isTried(call, isDone))
        .map((isDone): Kill => ({
          place,
          operation,
          title: `${titleOf(place)} ${operation.name} at ${call.name}, ${doneOrNot({ isDone })}`,
          schedule: (world, victim) => killAtCall(world, call, isDone, victim),
        })),
    ),
  );
}

/** Kills the process, then runs again and compares state and cloud. */
export async function tryKill(
  processes: Processes,
  { place, operation, schedule }: Kill,
  number: number,
): Promise<Ending> {
  return inWorld(place, number, async (world) => {
    const setting = await prepared(processes, world, operation, "2m");
    const victim = await SharedProcess.start(processes.door);
    try {
      const kill = schedule(world, victim);
      const errors = await victim.serve(world, (provider) =>
        operation.perform({ ...setting, provider }),
      );
      if (!kill.isDone || errors.length === 0) return { fate: "not tried", why: "not killed" };
      const leaks = leaksIn([...errors, victim.output].join("\n"));
      if (leaks.length > 0) return { fate: "leaked", why: leaks.join(", ") };
    } finally {
      await victim.stop();
    }
    await world.calm();
    await until("the cloud's last answer", () => world.sim.inFlight.now === 0);
    const problem = await recovered(processes, { ...setting, operation, said: [] }, []);
    return problem ?? { fate: "next run" };
  });
}

function killAtRequest({ sim }: World, { change, isDone }: Moment, victim: SharedProcess) {
  let requests = 0;
  sim.script({
    path: /\/vpn\//,
    when: () => (requests += 1) === change,
    onRequest: () => kill(victim, isDone),
  });
  return {
    get isDone() {
      return requests >= change;
    },
  };
}

function killAtCall(world: World, call: Call, isDone: boolean, victim: SharedProcess) {
  world.inject(call, { onRequest: () => kill(victim, isDone) });
  return {
    get isDone() {
      return world.isMet;
    },
  };
}

/** Kills a process; the cloud executes its current request only if `isDone`. */
function kill(victim: SharedProcess, isDone: boolean): void {
  victim.kill();
  if (!isDone) throw new Error("never done");
}

function doneOrNot({ isDone }: Pick<Moment, "isDone">): string {
  return isDone ? "done" : "not done";
}
