import { cloudOf } from "./cloud";
import {
  readBehavior,
  readSettings,
  settingsWarnings,
  type Behavior,
  type Sources,
} from "./config/settings";
import { settingsInForce } from "./config/settingsInForce";
import { CanceledError } from "./errors";
import type { Context } from "./lifecycle/core/context";
import type { Values } from "./schema/resourceType";
import { ErrorReports } from "./lifecycle/core/errorReports";
import { OwnershipRegistry } from "./lifecycle/core/ownership";
import type { ResourceBehavior } from "./lifecycle/core/resource";
import { InterruptionNotices } from "./lifecycle/operations/interruptions";
import { Preflight } from "./lifecycle/preflight/preflight";
import { isUnknown } from "./model/unknowns";
import { Log } from "./log";
import type { NeutronClient } from "./neutron/client";
import { WriteCounter } from "./neutron/writeCounter";
import { withSignal } from "./wait/cancellation";
import { systemClock } from "./wait/clock";
import { Progress } from "./wait/progress";

/** Every line is shown on the stack; `console` keeps the lines of one call together. */
const write = (line: string): void => console.log(line);

/**
 * The shared parts of one provider process, or of one run of a program with lookups: settings,
 * login, connections, log. Nothing is read or sent before it is needed, and a failed step is
 * repeated by the next call.
 */
export class Runtime {
  readonly log: Log;
  private readonly progress: Progress;
  /** The objects that the stack's resources hold, as far as this process has met them. */
  readonly ownership = new OwnershipRegistry();
  readonly errors = new ErrorReports();
  readonly interruptions: InterruptionNotices;
  /** Clients by the resource's own cloud; undefined stands for the common one. */
  private readonly clients = new Map<string | undefined, Promise<NeutronClient>>();
  private readonly preflights = new Map<string | undefined, Preflight>();
  /** Shared by all clouds, since two names may stand for the same one. */
  private readonly writes = new WriteCounter();
  /** The clouds whose warnings were logged. */
  private readonly warned = new Set<string | undefined>();

  /** `print` receives one line without its end; `printProgress` those about open waits. */
  constructor(
    private readonly sources: Sources & { readonly project: string },
    print = write,
    printProgress = print,
  ) {
    this.log = new Log(print);
    const progressLog = new Log(printProgress);
    this.progress = new Progress((line) => progressLog.info(line), systemClock);
    this.interruptions = new InterruptionNotices(this.log, this.ownership);
  }

  /** The name of the Pulumi project. */
  get project(): string {
    return this.sources.project;
  }

  /**
   * The dialect of the cloud in the `cloud` of those values, otherwise of the common cloud, and all
   * other settings that need no login.
   * @throws ConfigurationError
   */
  behavior(values?: Values): Behavior {
    const cloud = namedIn(values);
    // A run without a login, such as a preview, also logs the warnings.
    if (!this.warned.has(cloud)) {
      this.warned.add(cloud);
      for (const { key, line } of settingsWarnings(this.sources, cloud)) {
        this.log.once(key, line);
      }
    }
    return readBehavior(this.sources, cloud);
  }

  /** The preflight of the cloud in the `cloud` of those values, otherwise of the common cloud. */
  preflight(values: Values): Preflight {
    const cloud = namedIn(values);
    const held = this.preflights.get(cloud) ?? new Preflight(this.log, this.ownership);
    this.preflights.set(cloud, held);
    return held;
  }

  /**
   * The variables and files of this process that supply the cloud's settings, in addition to the
   * stack configuration. Empty if that supplies them all.
   * @throws ConfigurationError for a clouds.yaml that cannot be read
   */
  sourcesOfProcess(values?: Values): string[] {
    const sources = settingsInForce(this.sources, namedIn(values)).map(({ source }) => source);
    const own = sources.filter((one) => one !== "default" && !/^(?:vpnaas|openstack):/.test(one));
    // The source of a file's key looks like `clouds.yaml at /home/me/clouds.yaml,
    // clouds.lab.region_name`.
    return [...new Set(own.map((one) => one.split(", ")[0]!))];
  }

  /**
   * The context of a resource's operations, logged in to the cloud of the first of `values` with a
   * `cloud`. Redacts their secrets from all messages: the fields that are always secret, and the
   * `secretInputs`. `signal` cancels the operations; a login then continues for others.
   * @throws ConfigurationError, UnauthorizedError and others of the login; CanceledError
   */
  async context(
    resource: ResourceBehavior,
    values: readonly Values[],
    secretInputs: ReadonlySet<string> = new Set(),
    signal?: AbortSignal,
  ): Promise<Context> {
    const begin = systemClock.now();
    const located = values.find(namedIn);
    const client = await withSignal(signal, () => this.client(namedIn(located)), canceledLogin);
    for (const { name, secret } of resource.definition.fields) {
      if (!secret && !secretInputs.has(name)) continue;
      for (const part of values.flatMap((one) => one[name])) client.secrets.keep(part);
    }
    return {
      resource,
      ...this.behavior(located),
      secretInputs,
      client: client.within(Infinity, signal),
      signal,
      log: this.log,
      progress: this.progress,
      project: this.sources.project,
      ownership: this.ownership,
      clock: systemClock,
      startedAt: begin,
      random: Math.random,
    };
  }

  private client(cloud: string | undefined): Promise<NeutronClient> {
    const held = this.clients.get(cloud);
    if (held) return held;
    const opening = this.open(cloud).catch((error: unknown) => {
      this.clients.delete(cloud);
      throw error;
    });
    this.clients.set(cloud, opening);
    return opening;
  }

  private async open(cloud: string | undefined): Promise<NeutronClient> {
    const settings = readSettings(this.sources, cloud);
    this.log.level = settings.logLevel;
    for (const { key, line } of settings.warnings) this.log.once(key, line);
    return cloudOf(settings, this.log, undefined, this.writes).client();
  }
}

function canceledLogin(): CanceledError {
  return CanceledError.after(
    "The operation was canceled before the login was finished. It changed nothing.",
  );
}

function namedIn(values: Values | undefined): string | undefined {
  const cloud = values?.["cloud"];
  return typeof cloud === "string" && cloud !== "" && !isUnknown(cloud) ? cloud : undefined;
}
