import {
  startSimulator,
  type FaultRule,
  type RecordedRequest,
  type Simulator,
  type SimulatorOptions,
} from "../../simulator";
import { definitionOf } from "../../provider/lifecycle/definition";
import { defaultName } from "../../provider/lifecycle/defaultName";
import { api, login, makeParents, type Api, type ApiObject, type Parents } from "../harness/api";
import { ALL_KINDS, type Kind, KINDS } from "../harness/kinds";
import type { Properties } from "../harness/providerProcess";
import { leastOf, wireOf } from "../process/inputs";
import { type Call, CallNames } from "./calls";

/** Which cloud is played, and what lives there. */
export interface Place {
  readonly kind: Kind;
  readonly dialect: "neutron" | "k5";
}

/** Every kind on every cloud that has it. */
export const PLACES: readonly Place[] = [
  ...ALL_KINDS.map((kind) => ({ kind, dialect: "neutron" as const })),
  ...ALL_KINDS.filter((kind) => kind !== "EndpointGroup").map((kind) => ({
    kind,
    dialect: "k5" as const,
  })),
];

/** Something that goes wrong from the first request of one call on. */
export interface Injected extends Pick<FaultRule, "answer" | "onRequest"> {
  /** Every request from then on, or that one alone. */
  readonly lasts?: boolean;
  /** Ends what lasts. */
  readonly isOver?: () => boolean;
}

/** A cloud of one cell's own, with what its one resource stands on. */
export class World {
  /** Calls of the operation that {@link watch} has seen, in order. */
  readonly calls: Call[] = [];
  /** Whether the fault was met. */
  isMet = false;
  private readonly known: ReadonlySet<string>;
  private names: CallNames;
  private isAside = false;
  /** Set while nobody is there. */
  private listenAgain: (() => Promise<void>) | undefined;
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

  /** Starts the cloud; what is pending there is so for a tenth of a second. */
  static async open(place: Place, number: number): Promise<World> {
    const sim = await startOnQuietPort({ dialect: place.dialect, pendingMs: 100 });
    const member = api(sim.endpoint, () => login(sim.identityUrl));
    return new World(place, number, sim, member, await makeParents(member, sim.fixture));
  }

  /** Its name in clouds.yaml. */
  get cloud(): string {
    return `cell-${this.number}`;
  }

  /** A pre-shared key that stands nowhere else. */
  canary(which: "first" | "second"): string {
    return `canary-${this.number}-${which}`;
  }

  /** What the program gives, with the default name that the SDK makes of it. */
  args(timeout: string, changes: Properties = {}): Properties {
    const { kind } = this.place;
    const given: Properties = {
      ...leastOf(kind, this),
      ...(kind === "IpsecSiteConnection" ? { psk: this.canary("first") } : {}),
      cloud: this.cloud,
      timeouts: { create: timeout, update: timeout, delete: timeout },
      ...changes,
    };
    const place = { project: "project", stack: "test", resource: this.cloud };
    return { ...given, name: given["name"] ?? defaultName(definitionOf(kind), place, given) };
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

  /** Names every request from now on, until {@link calm}. */
  watch(): void {
    this.rule({ when: (request) => (this.see(request), false) });
  }

  /** Makes something happen to that call. */
  inject(call: Call, { lasts = false, isOver, ...rest }: Injected): void {
    const when = (request: RecordedRequest): boolean => {
      const isNow = this.see(request)?.name === call.name && !this.isMet;
      this.isMet ||= isNow;
      return (isNow || (lasts && this.isMet && !this.isAside)) && isOver?.() !== true;
    };
    this.rule({ when, ...rest });
  }

  /** Refuses connections from that call on: for so many milliseconds, or until {@link calm}. */
  refuseFrom({ before }: Call, forMs?: number): void {
    const leave = (): void => {
      this.isMet = true;
      this.goAway();
      if (forMs !== undefined) setTimeout(() => void this.comeBack(), forMs);
    };
    if (before === 0) leave();
    else {
      this.rule({
        when: (request) => this.see(request) !== undefined && this.requests === before,
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

  private async comeBack(): Promise<void> {
    const { listenAgain } = this;
    this.listenAgain = undefined;
    await listenAgain?.();
  }

  private rule(rule: FaultRule): void {
    const lasting = { ...rule, times: Infinity };
    this.rules.push(lasting);
    this.sim.script(lasting);
  }

  private see(request: RecordedRequest): Call | undefined {
    if (this.isAside) return undefined;
    this.requests += 1;
    const call = this.names.next(request);
    if (this.calls.at(-1) !== call) this.calls.push(call);
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
