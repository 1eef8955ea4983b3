import type { Settings } from "./config/settings";
import { type Request, Transport } from "./http/transport";
import { Session } from "./identity/session";
import type { Log } from "./log";
import { NeutronClient } from "./neutron/client";
import type { WriteCounter } from "./neutron/writeCounter";
import { systemClock } from "./wait/clock";

/** The way to one cloud, by its settings. Nothing is sent before it is asked for. */
export interface Cloud {
  readonly transport: Transport;
  readonly session: Session;
  /**
   * The VPNaaS API; logs in where the endpoint has to come from the catalog.
   * @throws UnauthorizedError and others of the login
   */
  readonly client: () => Promise<NeutronClient>;
}

/**
 * What is sent and answered goes to the log, as lines of `debug`; `onSend` is told of every request. After any
 * of the `writes` nothing is given that was listed before.
 */
export function cloudOf(
  settings: Settings,
  log: Log,
  onSend?: (request: Request) => void,
  writes?: WriteCounter,
): Cloud {
  const transport = new Transport(settings.transport, log, onSend);
  const room = { clock: systemClock, random: Math.random, log };
  const session = new Session(settings.session, transport, room);
  return {
    transport,
    session,
    client: () => NeutronClient.open(session, transport, room, writes),
  };
}
