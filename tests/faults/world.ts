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

/** Something that goes wrong from the first request of one call on. */
export interface Injected extends Pick<FaultRule, "answer" | "onRequest"> {
  /** Every request from then on, or that one alone. */
  readonly lasts?: boolean;
  /** Ends what lasts. */
  readonly isOver?: () => boolean;
}

/** How a cloud with many resources behaves. */
const BUSY = { pendingMs: 700, pendingOnUpdate: true, latencyMs: 30 };

/** A cloud of one cell's own, with what its resources stand on. */
export class World {
  /** Calls of the operation that {@link watch} has seen, in order. */
  readonly calls: Call[] = [];
  /** Whether the fault was met. */
  isMet = false;
  private readonly known: ReadonlySet<string>;
  private names: Names;
  private isAside = false;
  /** Set while nobody is there. */
  private listenAgain: (() => Promise<void>) | undefined;
  private return: Promise<void> = Promise.resolve();
  private readonly rules: FaultRule[] = [];
  private requests = 0;

  private constructor(
    readonly place: Place,
    /** Of the cell: its cloud in clouds.yaml, its resource's name, its canaries. */
    readonly number: number,
    readonly sim: Simulator,
    readonly api: Api,
    readonly parents: Parents,
  ) {
    this.known = new Set(Object.values(parents));
    this.names = new CallNames(place.kind);
  }

  /**
   * Starts the cloud. What is pending there is so for a tenth of a second; where many resources are, long
   * enough to be watched together, and requests last long enough to be under way at the same time.
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

  /** Its name in clouds.yaml. */
  get cloud(): string {
    return `cell-${this.number}`;
  }

  /** A pre-shared key that stands nowhere else. */
  canary(which: "first" | "second"): string {
    return `canary-${this.number}-${which}`;
  }

  /** What the program gives of each resource, with the default name that the SDK makes of it. */
  program(
    timeout: string,
    changes: Properties = {},
    ofEach: (number: number) => Properties = () => ({}),
  ): Properties[] {
    return Array.from({ length: this.place.count }, (_, number) =>
      this.args(number, timeout, { ...changes, ...ofEach(number) }),
    );
  }

  /** {@link program} of the resource of that number. */
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

  /** The objects of the kind that are not of the setting. */
  async objects(): Promise<ApiObject[]> {
    const all = await this.api.list(KINDS[this.place.kind].path);
    return all.filter(({ id }) => !this.known.has(id));
  }

  /** Makes an object of a kind past the provider. */
  async byHand(kind: Kind, inputs: Properties): Promise<string> {
    const { path, key } = KINDS[kind];
    return (await this.api.post(path, { [key]: wireOf(inputs) })).id;
  }

  /** Makes a connection past the provider that uses what it is told to. */
  connect(changes: Properties): Promise<string> {
    const least = leastOf("IpsecSiteConnection", this);
    return this.byHand("IpsecSiteConnection", { name: "its user", ...least, ...changes });
  }

  /** Lets a test act on the cloud in the middle of an operation, past every fault. */
  async aside(act: () => Promise<unknown>): Promise<void> {
    const wasAway = this.listenAgain !== undefined;
    await this.comeBack();
    this.isAside = true;
    try {
      await act();
    } finally {
      this.isAside = false;
      if (wasAway) this.goAway();
    }
  }

  /** The operation begins, with what is there now. */
  async begin(): Promise<void> {
    if (this.place.count === 1) return;
    const there = new Set((await this.objects()).map(({ id }) => id));
    this.names = new CrowdCallNames(this.place, there);
  }

  /** Names every request from now on, until {@link calm}. */
  watch(): void {
    this.rule({ when: (request) => (this.see(request), false), times: Infinity });
  }

  /** Makes something happen to that call. */
  inject(call: Call, { lasts = false, isOver, ...rest }: Injected): void {
    const when = (request: RecordedRequest): boolean => {
      const isNow = this.see(request)?.name === call.name && !this.isMet;
      this.isMet ||= isNow;
      return (isNow || (lasts && this.isMet && !this.isAside)) && isOver?.() !== true;
    };
    this.rule({ when, times: Infinity, ...rest });
  }

  /** Refuses connections from that call on: for so many milliseconds, or until {@link calm}. */
  refuseFrom(call: Call, forMs?: number): void {
    const { before } = call;
    const leave = (): void => {
      this.isMet = true;
      this.goAway();
      if (forMs !== undefined) setTimeout(() => void this.comeBack(), forMs);
    };
    if (before === 0) leave();
    // In a crowd another request comes before it each time, so that it is reset as it arrives.
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

  /** From now on nobody is there; what has arrived is still answered. */
  goAway(): void {
    this.listenAgain ??= this.sim.goAway();
  }

  /** Ends every fault and every watch. */
  async calm(): Promise<void> {
    for (const rule of this.rules.splice(0)) rule.times = 0;
    await this.comeBack();
  }

  async close(): Promise<void> {
    await this.calm();
    await this.sim.stop();
  }

  /** Answers the first such request otherwise. */
  interrupt(rule: Pick<FaultRule, "when" | "answer">): void {
    this.rule({ ...rule, times: 1 });
  }

  /** Resolves when it is there, even if another call made it come back. */
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
 * A port that no system hands out by itself, since a cloud that went away has to find it free when
 * it is back.
 */
async function startOnQuietPort(options: SimulatorOptions): Promise<Simulator> {
  for (;;) {
    ports += 1;
    try {
      return await startSimulator({ ...options, port: 10_000 + (ports % 20_000) });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}
