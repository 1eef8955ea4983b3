import type { Connection, Service } from "./rows";
import type { Store } from "./store";
import type { Behavior } from "./types";

/**
 * Words in a connection's name or description that control its status:
 *
 * | word | meaning |
 * | --- | --- |
 * | `[pending 5s]` | its own pending time, decimals allowed |
 * | `[pending-update]` | a PUT turns it to PENDING_UPDATE first |
 * | `[settles DOWN]`, `[settles ERROR]` | the status that the agent reports |
 * | `[stuck]` | never reported: it stays pending |
 */
export interface BehaviorWords {
  pendingMs: number | undefined;
  pendingOnUpdate: boolean;
  settlesTo: Behavior["settlesTo"] | undefined;
  stuck: boolean;
}

/** Reads the {@link BehaviorWords} of a connection. */
export function behaviorWords(connection: Connection): BehaviorWords {
  const text = `${connection.name} ${connection.description}`;
  const seconds = /\[pending (\d+(?:\.\d+)?)s\]/.exec(text)?.[1];
  const state = /\[settles (ACTIVE|DOWN|ERROR)\]/.exec(text)?.[1];
  return {
    pendingMs: seconds === undefined ? undefined : Number(seconds) * 1000,
    pendingOnUpdate: text.includes("[pending-update]"),
    settlesTo: state as Behavior["settlesTo"] | undefined,
    stuck: text.includes("[stuck]"),
  };
}

/** Whether a status forbids a PUT. */
export const isPending = (status: string): boolean => status.startsWith("PENDING_");

interface Report {
  at: number;
  serviceId: string;
  connectionId: string | undefined;
}

/**
 * Simulates the VPN agent: some time after a change it reports the statuses of a service and its
 * connections. There is no timer; due reports take effect on {@link VpnAgent.catchUp}.
 * Source: neutron_vpnaas/services/vpn/plugin.py and db/vpn/vpn_db.py, update_status_by_agent.
 */
export class VpnAgent {
  private readonly due: Report[] = [];

  constructor(
    private readonly store: Store,
    private readonly behavior: Behavior,
  ) {}

  /** Schedules a report of a service, which ends the pending status of the given connection only. */
  notify(serviceId: string, connection?: Connection): void {
    const own = connection ? behaviorWords(connection).pendingMs : undefined;
    const at = Date.now() + (own ?? this.behavior.pendingMs);
    let place = this.due.length;
    while (place > 0 && (this.due[place - 1]?.at ?? 0) > at) {
      place -= 1;
    }
    this.due.splice(place, 0, { at, serviceId, connectionId: connection?.id });
  }

  /** Applies all reports that are due. */
  catchUp(): void {
    const now = Date.now();
    const waiting = this.due.findIndex((report) => report.at > now);
    for (const report of this.due.splice(0, waiting < 0 ? this.due.length : waiting)) {
      this.report(report);
    }
  }

  private report({ serviceId, connectionId }: Report): void {
    const service = this.store.get("vpnservice", serviceId);
    const connections = this.store.connectionsOf(serviceId);
    // The stock agent reports only services with connections; one without stays PENDING_CREATE.
    if (!service || connections.length === 0) {
      return;
    }
    const serving = service.admin_state_up && connections.some((each) => each.admin_state_up);
    service.status = serving ? "ACTIVE" : "DOWN";
    for (const connection of connections) {
      if (connection.id === connectionId || !isPending(connection.status)) {
        connection.status = this.reported(service, connection) ?? connection.status;
      }
    }
  }

  private reported(service: Service, connection: Connection): string | null {
    const words = behaviorWords(connection);
    if (words.stuck) {
      return null;
    }
    const state = words.settlesTo ?? this.behavior.settlesTo;
    const up = service.admin_state_up && connection.admin_state_up;
    return up || state === "ERROR" ? state : "DOWN";
  }
}
