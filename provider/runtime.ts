import { readDialect, readSettings, type Sources } from "./config/settings";
import type { Dialect } from "./dialect";
import { Transport } from "./http/transport";
import { Session } from "./identity/session";
import type { Context } from "./lifecycle/context";
import type { Values } from "./lifecycle/definition";
import type { Resource } from "./lifecycle/resource";
import { Log } from "./log";
import { NeutronClient } from "./neutron/client";
import { systemClock } from "./wait/clock";
import { Progress } from "./wait/progress";

/** A line is shown on the stack, whatever it is; `console` keeps lines of one call together. */
const write = (line: string): void => console.log(line);

/**
 * What one provider process has once: its settings, its login, its connections, its log. Nothing
 * is read or sent before it is needed, and what failed is tried anew by the next call.
 */
export class Runtime {
  private readonly log = new Log(write);
  private readonly progress = new Progress((line) => this.log.info(line), systemClock);
  private readonly takenOver = new Set<string>();
  private client: Promise<NeutronClient> | undefined;

  constructor(private readonly sources: Sources & { readonly project: string }) {}

  /**
   * The dialect, which needs no login.
   * @throws ConfigurationError
   */
  dialect(): Dialect {
    return readDialect(this.sources);
  }

  /**
   * What the lifecycle of a resource works with. The secrets among `values` will stand in no
   * message.
   * @throws ConfigurationError, UnauthorizedError and others of the login.
   */
  async context(resource: Resource, ...values: readonly Values[]): Promise<Context> {
    this.client ??= this.open().catch((error: unknown) => {
      this.client = undefined;
      throw error;
    });
    const client = await this.client;
    for (const field of resource.definition.fields.filter((one) => one.secret)) {
      for (const one of values) client.secrets.keep(one[field.name]);
    }
    return {
      resource,
      dialect: this.dialect(),
      client,
      log: this.log,
      progress: this.progress,
      project: this.sources.project,
      takenOver: this.takenOver,
      clock: systemClock,
      random: Math.random,
    };
  }

  private async open(): Promise<NeutronClient> {
    const settings = readSettings(this.sources);
    this.log.level = settings.logLevel;
    if (settings.transport.insecure === true) {
      this.log.once("warning: certificates are not verified (vpnaas:insecure or OS_INSECURE).");
    }
    const transport = new Transport(settings.transport, this.log);
    return NeutronClient.open(
      new Session(settings.session, transport, systemClock),
      transport,
      systemClock,
    );
  }
}
