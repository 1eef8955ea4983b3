import type { Settings } from "./config/settings";
import { type Request, Transport } from "./http/transport";
import { Session } from "./identity/session";
import type { Log } from "./log";
import { NeutronClient } from "./neutron/client";
import type { WriteCounter } from "./neutron/writeCounter";
import { systemClock } from "./wait/clock";

/** The clients of one cloud. Nothing is sent until it is needed. */
export interface Cloud {
  readonly transport: Transport;
  readonly session: Session;
  /**
   * The VPNaaS API; logs in if the endpoint has to come from the catalog.
   * @throws UnauthorizedError and others of the login
   */
  readonly client: () => Promise<NeutronClient>;
}

/**
 * Opens a cloud with those settings. Requests and responses are logged as lines of `debug`;
 * `onSend` receives every request. Any of the `writes` invalidates earlier lists.
 */
export function cloudOf(
  settings: Settings,
  log: Log,
  onSend?: (request: Request) => void,
  writes?: WriteCounter,
): Cloud {
  const transport = new Transport(settings.transport, log, onSend);
  const environment = { clock: systemClock, random: Math.random, log };
  const session = new Session(settings.session, transport, environment);
  return {
    transport,
    session,
    client: () => NeutronClient.open(session, transport, environment, writes),
  };
}
