import { cloudOf } from "./cloud";
import {
  readBehavior,
  readSettings,
  settingsInForce,
  settingsWarnings,
  type Behavior,
  type Sources,
} from "./config/settings";
import type { Context } from "./lifecycle/core/context";
import type { Values } from "./schema/resourceType";
import { OwnershipRegistry } from "./lifecycle/core/ownership";
import type { ResourceBehavior } from "./lifecycle/core/resource";
import { isUnknown } from "./model/unknowns";
import { Log } from "./log";
import type { NeutronClient } from "./neutron/client";
import { WriteCounter } from "./neutron/writeCounter";
import { systemClock } from "./wait/clock";
import { Progress } from "./wait/progress";

/** A line is shown on the stack, whatever it is; `console` keeps lines of one call together. */
const write = (line: string): void => console.log(line);

/**
 * What one provider process, or one run of a program with lookups, has once: its settings, its login, its connections, its log. Nothing
 * is read or sent before it is needed, and what failed is tried anew by the next call.
 */
export class Runtime {
  readonly log: Log;
  private readonly progress = new Progress((line) => this.log.info(line), systemClock);
  /** What the stack's resources hold, as far as it was met. */
  readonly ownership = new OwnershipRegistry();
  /** By the resource's own cloud; undefined stands for the one of all that name none. */
  private readonly clients = new Map<string | undefined, Promise<NeutronClient>>();
  /** Of all clouds, since two names may stand for the same one. */
  private readonly writes = new WriteCounter();
  /** The clouds whose settings were warned about. */
  private readonly warned = new Set<string | undefined>();

  /** `print` takes one line without its end. */
  constructor(
    private readonly sources: Sources & { readonly project: string },
    print = write,
  ) {
    this.log = new Log(print);
  }

  /** Name of the Pulumi project. */
  get project(): string {
    return this.sources.project;
  }

  /**
   * The dialect of the cloud that those values name in `cloud`, or else of the one for all, and what
   * else is set that needs no login.
   * @throws ConfigurationError
   */
  behavior(values?: Values): Behavior {
    const cloud = namedIn(values);
    // A run that logs in nowhere, such as a preview, warns as well.
    if (!this.warned.has(cloud)) {
      this.warned.add(cloud);
      for (const line of settingsWarnings(this.sources, cloud)) this.log.once(line);
    }
    return readBehavior(this.sources, cloud);
  }

  /**
   * The variables and files of this process that the cloud's settings are read from, beside the stack
   * configuration. Empty where that gives them all.
   * @throws ConfigurationError for a clouds.yaml that cannot be read
   */
  sourcesOfProcess(values?: Values): string[] {
    const sources = settingsInForce(this.sources, namedIn(values)).map(({ source }) => source);
    const own = sources.filter((one) => one !== "default" && !one.startsWith("vpnaas:"));
    // A key of a file is told as `clouds.yaml at /home/me/clouds.yaml, clouds.lab.region_name`.
    return [...new Set(own.map((one) => one.split(", ")[0]!))];
  }

  /**
   * What the lifecycle of a resource works with, logged in to the cloud that the first of `values`
   * with a `cloud` names. No message will hold their secrets: the fields that always are secret, and
   * the `secretInputs`.
   * @throws ConfigurationError, UnauthorizedError and others of the login.
   */
  async context(
    resource: ResourceBehavior,
    values: readonly Values[],
    secretInputs: ReadonlySet<string> = new Set(),
  ): Promise<Context> {
    const begin = systemClock.now();
    const located = values.find(namedIn);
    const client = await this.client(namedIn(located));
    for (const { name, secret } of resource.definition.fields) {
      if (!secret && !secretInputs.has(name)) continue;
      for (const part of values.flatMap((one) => one[name])) client.secrets.keep(part);
    }
    return {
      resource,
      ...this.behavior(located),
      secretInputs,
      client,
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
    for (const line of settings.warnings) this.log.once(line);
    return cloudOf(settings, this.log, undefined, this.writes).client();
  }
}

function namedIn(values: Values | undefined): string | undefined {
  const cloud = values?.["cloud"];
  return typeof cloud === "string" && cloud !== "" && !isUnknown(cloud) ? cloud : undefined;
}
