import {
  startSimulator,
  type FaultRule,
  type RecordedRequest,
  type Simulator,
  type SimulatorOptions,
} from "../../simulator";
import { cloudResourceType } from "../../provider/schema/resourceType";
import { autoName } from "../../provider/model/autoName";
import {
  api,
  login,
  makeParents,
  type Api,
  type ApiObject,
  type Parents,
} from "../support/harness/api";
import { type Kind, KINDS } from "../support/harness/kinds";
import type { Properties } from "../support/harness/providerProcess";
import { leastOf, wireOf } from "../process/inputs";
import { type Call, CallNames, type Names } from "./calls";
import { CrowdCallNames } from "./crowdCalls";
import type { Place } from "./places";

/** A fault that begins at the first request of a call. */
export interface Injected extends Pick<FaultRule, "answer" | "onRequest"> {
  /** Whether the fault applies to every later request too. */
  readonly lasts?: boolean;
  /** Whether a lasting fault has ended. */
  readonly isOver?: () => boolean;
}

/** The behavior of a cloud with many resources. */
const BUSY = { pendingMs: 700, pendingOnUpdate: true, latencyMs: 30 };

/** The separate cloud of one cell, with the dependencies of its resources. */
export class World {
  /** Calls of the operation that {@link watch} has recorded, in order. */
  readonly calls: Call[] = [];
  /** Whether the fault has happened. */
  isMet = false;
  private readonly known: ReadonlySet<string>;
  private names: Names;
  private isAside = false;
  /** Makes the cloud listen again; set while it refuses connections. */
  private listenAgain: (() => Promise<void>) | undefined;
  private return: Promise<void> = Promise.resolve();
  /** Whether the time has passed for which it refuses connections. */
  private isReturnDue = false;
  private readonly rules: FaultRule[] = [];
  private requests = 0;

  private constructor(
    readonly place: Place,
    /** The number of the cell, a part of its name in clouds.yaml, of its resources' names and of its canaries. */
    readonly number: number,
    readonly sim: Simulator,
    readonly api: Api,
    readonly parents: Parents,
  ) {
    this.known = new Set(Object.values(parents));
    this.names = new CallNames(place.kind);
  }

  /**
   * Starts the cloud. Objects are pending for a tenth of a second; with many resources, for long enough
   * to be polled together, and requests last long enough to overlap.
   */
  static async open(place: Place, number: number): Promise<World> {
    const { dialect, count } = place;
    const sim = await startOnQuietPort({
      dialect,
      ...(count === 1 ? { pendingMs: 100 } : BUSY),
    });
    try {
      const member = api(sim.endpoint, () => login(sim.identityUrl));
      return new World(place, number, sim, member, await makeParents(member, sim.fixture));
    } catch (error) {
      await sim.stop();
      throw error;
    }
  }

  /** The cloud's name in clouds.yaml. */
  get cloud(): string {
    return `cell-${this.number}`;
  }

  /** A unique pre-shared key. */
  canary(which: "first" | "second"): string {
    return `canary-${this.number}-${which}`;
  }

  /** The program's inputs of each resource, with the SDK's default name. */
  program(
    timeout: string,
    changes: Properties = {},
    ofEach: (number: number) => Properties = () => ({}),
  ): Properties[] {
    return Array.from({ length: this.place.count }, (_, number) =>
      this.args(number, timeout, { ...changes, ...ofEach(number) }),
    );
  }

  /** The {@link program}'s inputs of the resource of a number. */
  args(number: number, timeout: string, changes: Properties = {}): Properties {
    const { kind, count } = this.place;
    const given: Properties = {
      ...leastOf(kind, this),
      ...(kind === "IpsecSiteConnection" ? { psk: this.canary("first") } : {}),
      cloud: this.cloud,
      timeouts: { create: timeout, update: timeout, delete: timeout },
      ...changes,
    };
    const resource = count === 1 ? this.cloud : `${this.cloud}-${number}`;
    const place = { project: "project", stack: "test", resource };
    return { ...given, name: given["name"] ?? autoName(cloudResourceType(kind), place, given) };
  }

  /** The objects of the kind, except the prepared dependencies. */
  async objects(): Promise<ApiObject[]> {
    const all = await this.api.list(KINDS[this.place.kind].path);
    return all.filter(({ id }) => !this.known.has(id));
  }

  /** Creates an object of a kind outside the provider. */
  async byHand(kind: Kind, inputs: Properties): Promise<string> {
    const { path, key } = KINDS[kind];
    return (await this.api.post(path, { [key]: wireOf(inputs) })).id;
  }

  /** Creates a connection outside the provider that uses the given objects. */
  connect(changes: Properties): Promise<string> {
    const least = leastOf("IpsecSiteConnection", this);
    return this.byHand("IpsecSiteConnection", { name: "its user", ...least, ...changes });
  }

  /** Runs a test's own requests during an operation, unaffected by faults. */
  async aside(act: () => Promise<unknown>): Promise<void> {
    const wasAway = this.listenAgain !== undefined;
    await this.comeBack();
    this.isAside = true;
    try {
      await act();
    } finally {
      this.isAside = false;
      if (wasAway && !this.isReturnDue) this.goAway();
    }
  }

  /** Marks the beginning of the operation; the current objects exist before it. */
  async begin(): Promise<void> {
    if (this.place.count === 1) return;
    const there = new Set((await this.objects()).map(({ id }) => id));
    this.names = new CrowdCallNames(this.place, there);
  }

  /** Records the call of every request until {@link calm}. */
  watch(): void {
    this.rule({ when: (request) => (this.see(request), false), times: Infinity });
  }

  /** Injects a fault at a call. */
  inject(call: Call, { lasts = false, isOver, ...rest }: Injected): void {
    const when = (request: RecordedRequest): boolean => {
      const isNow = this.see(request)?.name === call.name && !this.isMet;
      this.isMet ||= isNow;
      return (isNow || (lasts && this.isMet && !this.isAside)) && isOver?.() !== true;
    };
    this.rule({ when, times: Infinity, ...rest });
  }

  /** Refuses connections from a call on, for some milliseconds or until {@link calm}. */
  refuseFrom(call: Call, forMs?: number): void {
    const { before } = call;
    const leave = (): void => {
      this.isMet = true;
      this.goAway();
      if (forMs !== undefined) setTimeout(() => this.returnForGood(), forMs);
    };
    if (before === 0) leave();
    // With many resources the request before the call varies, so the call itself is reset at its arrival.
    else if (this.place.count > 1) this.inject(call, { answer: "reset-before", onRequest: leave });
    else {
      this.rule({
        when: (request) => this.see(request) !== undefined && this.requests === before,
        times: Infinity,
        answer: (usual) => {
          leave();
          return usual;
        },
      });
    }
  }

  /** Refuses new connections; requests that have arrived are still answered. */
  goAway(): void {
    this.listenAgain ??= this.sim.goAway();
  }

  /** Ends every fault and every recording. */
  async calm(): Promise<void> {
    for (const rule of this.rules.splice(0)) rule.times = 0;
    await this.comeBack();
  }

  async close(): Promise<void> {
    await this.calm();
    await this.sim.stop();
  }

  /** Changes the response to the first matching request. */
  interrupt(rule: Pick<FaultRule, "when" | "answer">): void {
    this.rule({ ...rule, times: 1 });
  }

  /** A test's own requests, which may last longer than the refusal, do not make it refuse again. */
  private returnForGood(): void {
    this.isReturnDue = true;
    void this.comeBack();
  }

  /** Resolves when the cloud listens again, also if another call has caused this. */
  private comeBack(): Promise<void> {
    const { listenAgain } = this;
    this.listenAgain = undefined;
    if (listenAgain !== undefined) this.return = this.return.then(listenAgain);
    return this.return;
  }

  private rule(rule: FaultRule): void {
    this.rules.push(rule);
    this.sim.script(rule);
  }

  private see(request: RecordedRequest): Call | undefined {
    if (this.isAside) return undefined;
    this.requests += 1;
    const call = this.names.next(request);
    if (!this.calls.includes(call)) this.calls.push(call);
    return call;
  }
}

let ports = process.pid * 101;

/**
 * Starts the simulator on a port outside the systems' ephemeral ranges, so that the port stays free
 * while the cloud refuses connections. `fetch` refuses some ports up to 10080.
 */
async function startOnQuietPort(options: SimulatorOptions): Promise<Simulator> {
  for (;;) {
    ports += 1;
    try {
      return await startSimulator({ ...options, port: 11_000 + (ports % 19_000) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}
