import type { TimedContext } from "../../../provider/lifecycle/context";
import { Log } from "../../../provider/log";
import type { NeutronClient, WireObject } from "../../../provider/neutron/client";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { Progress } from "../../../provider/wait/progress";
import { aWireConnection } from "../builders";
import { FakeClock } from "../fakeClock";

/** The calls of a client that an operation makes; one that is not given fails. */
type Calls = Partial<Pick<NeutronClient, "get" | "list" | "create" | "update" | "remove">>;

/** What an operation in the neutron dialect works with, on a fake clock, with ten minutes left. */
export function aContext(calls: Calls, changes: Partial<TimedContext> = {}) {
  const clock = new FakeClock();
  const lines: string[] = [];
  const log = new Log((line) => lines.push(line));
  const client = {
    endpoint: "http://network.example.org",
    within: () => client,
    ...calls,
  } as unknown as NeutronClient;
  const context: TimedContext = {
    resource: ipsecSiteConnection,
    dialect: "neutron",
    client,
    log,
    progress: new Progress((line) => log.info(line), clock),
    project: "network",
    takenOver: new Set(),
    clock,
    random: () => 0.5,
    deadline: clock.now() + 600_000,
    ...changes,
  };
  return { context, clock, lines };
}

/** A connection as the client gives it. */
export function aLiveConnection(changes: Record<string, unknown> = {}): WireObject {
  return aWireConnection(changes) as unknown as WireObject;
}
