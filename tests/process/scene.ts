import { setTimeout as sleep } from "node:timers/promises";

import { startSimulator } from "../../simulator";
import type {
  Answer,
  FaultRule,
  RecordedRequest,
  Simulator,
  SimulatorOptions,
} from "../../simulator";
import { cloudResourceType } from "../../provider/schema/resourceType";
import { autoName } from "../../provider/model/autoName";
import { type Api, api, login, makeParents, type Parents } from "../support/harness/api";
import { type Kind, KINDS } from "../support/harness/kinds";
import {
  OperationError,
  ProviderProcess,
  type Properties,
  type ProviderOptions,
} from "../support/harness/providerProcess";
import { until } from "../support/harness/until";
import { leastOf, wireOf } from "./inputs";

/** A resource as the engine knows it after an operation. */
export interface Known {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** Where connections live, for the rules of `sim.script`. */
export const COLLECTION = /\/ipsec-site-connections$/;
export const ITEM = /\/ipsec-site-connections\/./;
export const LOGIN = /\/auth\/tokens$/;

/** What a test waits for, and for how long. */
const REQUESTS = "the requests of a test";
const MOST_MS = 10_000;

/** How many objects of a file's tests have a name of their own. */
let names = 0;

/** How a {@link Scene} is made. */
export interface SceneOptions extends SimulatorOptions {
  /** What is made, changed and looked at; connections if nothing is said. */
  kind?: Kind;
}

/** A simulated cloud with a VPN service and policies, and a provider process that is logged in there. */
export class Scene {
  /** Where objects of its kind live, for the rules of `sim.script`. */
  readonly collection: RegExp;
  readonly item: RegExp;
  private readonly path: string;
  private readonly key: string;
  private since = 0;

  private constructor(
    readonly sim: Simulator,
    private readonly kind: Kind,
    private readonly dialect: "neutron" | "k5",
    /** Of a member, as the raw {@link cloud} uses it. */
    readonly token: string,
    readonly cloud: Api,
    readonly parents: Parents,
    private readonly started: ProviderProcess[] = [],
  ) {
    ({ path: this.path, key: this.key } = KINDS[kind]);
    this.collection = new RegExp(`${this.path}$`);
    this.item = new RegExp(`${this.path}/.`);
    this.forget();
  }

  /** Makes the cloud; connections are pending for 100 ms there if nothing else is said. */
  static async open({
    kind = "IpsecSiteConnection",
    ...options
  }: SceneOptions = {}): Promise<Scene> {
    const sim = await startSimulator({ pendingMs: 100, ...options });
    try {
      const token = await login(sim.identityUrl);
      const cloud = api(sim.endpoint, token);
      const parents = await makeParents(cloud, sim.fixture);
      return new Scene(sim, kind, options.dialect ?? "neutron", token, cloud, parents);
    } catch (error) {
      await sim.stop();
      throw error;
    }
  }

  /** The same cloud, where objects of another kind are looked at. */
  of(kind: Kind): Scene {
    const { sim, dialect, token, cloud, parents, started } = this;
    return new Scene(sim, kind, dialect, token, cloud, parents, started);
  }

  /** Ends the cloud and every process that was started for it. */
  async close(): Promise<void> {
    await Promise.all(this.started.map((provider) => provider.stop()));
    await this.sim.stop();
  }

  /** Starts a provider process; `config` and `env` come on top of a login as a member. */
  start({ config, ...rest }: Partial<ProviderOptions> = {}): Promise<ProviderProcess> {
    return this.startBare({
      config: {
        "vpnaas:authUrl": this.sim.identityUrl,
        "vpnaas:username": "lab-user",
        "vpnaas:password": "lab-user-pass",
        "vpnaas:projectName": "lab",
        "vpnaas:dialect": this.dialect,
        ...config,
      },
      ...rest,
    });
  }

  /** Starts a provider process that is told nothing but what is given. */
  async startBare(options: Partial<ProviderOptions>): Promise<ProviderProcess> {
    const provider = await ProviderProcess.start({ config: {}, ...options });
    this.started.push(provider);
    return provider.as(this.kind);
  }

  /** Inputs as a program gives them, of an object with a name of its own. */
  args(changes: Properties = {}): Properties {
    names += 1;
    return {
      name: `${this.key}-${names}`,
      ...leastOf(this.kind, this),
      ...changes,
    };
  }

  /** {@link args} without a name in the program: the SDK gives that of the resource. */
  unnamed(resource: string, changes: Properties = {}): Properties & { name: string } {
    const args = this.args(changes);
    const place = { project: "project", stack: "test", resource };
    return { ...args, name: autoName(cloudResourceType(this.kind), place, args) };
  }

  /** Makes an object past the provider, of the same inputs apart from those changes of the API's. */
  async byHand(inputs: Properties, changes: Properties = {}): Promise<string> {
    const body = { ...wireOf(inputs), ...changes };
    return (await this.cloud.post(this.path, { [this.key]: body })).id;
  }

  /** Makes a connection past the provider that uses what it is told to, by its names in the API. */
  async connect(changes: Properties): Promise<string> {
    const inputs = { name: "user", ...leastOf("IpsecSiteConnection", this) };
    const { path, key } = KINDS.IpsecSiteConnection;
    return (await this.cloud.post(path, { [key]: { ...wireOf(inputs), ...changes } })).id;
  }

  /** Deletes a connection past the provider. */
  disconnect(id: string): Promise<void> {
    return this.cloud.delete(`${KINDS.IpsecSiteConnection.path}/${id}`);
  }

  /** Checks and creates. */
  async make(provider: ProviderProcess, changes: Properties = {}): Promise<Known> {
    const { inputs } = await provider.check(this.args(changes));
    return { ...(await provider.create(inputs)), inputs };
  }

  /**
   * What {@link make} gives, without the quarter of a second that its wait takes: created with
   * waitFor `accepted` and read again. For a cloud where nothing is pending for long.
   */
  async settled(provider: ProviderProcess, changes: Properties = {}): Promise<Known> {
    const { id, inputs, outputs } = await this.make(provider, { ...changes, waitFor: "accepted" });
    const waitFor = changes["waitFor"] ?? "settled";
    const read = await provider.read(id, { ...outputs, waitFor });
    return { id, inputs: { ...inputs, waitFor }, outputs: read.outputs };
  }

  /** Updates an object to its inputs with changes; checked, so that defaults are filled in. */
  async change(provider: ProviderProcess, known: Known, changes: Properties): Promise<Known> {
    const { inputs } = await provider.check({ ...known.inputs, ...changes }, known.inputs);
    const outputs = await provider.update(known.id, known.outputs, inputs);
    return { id: known.id, inputs, outputs };
  }

  /** Puts a rule in force for every matching request as long as an operation lasts. */
  async during<T>(rule: FaultRule, operation: () => Promise<T>): Promise<T> {
    const inForce = { ...rule, times: Infinity };
    this.sim.script(inForce);
    try {
      return await operation();
    } finally {
      inForce.times = 0;
    }
  }

  /** From now on {@link sent} leaves out what was sent until now. */
  forget(): void {
    this.since = this.sim.requests.length;
  }

  /** The requests since {@link forget}, of one method or all. */
  sent(method?: string, path = /./): RecordedRequest[] {
    return this.sim.requests
      .slice(this.since)
      .filter((one) => (method ?? one.method) === one.method && path.test(one.path));
  }

  /** Resolves once so many objects were asked for; throws Error if they are not in 10 seconds. */
  looks(count: number): Promise<void> {
    return until(REQUESTS, () => this.sent("GET", this.item).length >= count, MOST_MS);
  }

  /** Resolves once such a request was answered; throws Error if none is in 10 seconds. */
  answered(method: string, path: RegExp): Promise<void> {
    return until(REQUESTS, () => this.sent(method, path).some(({ status }) => status > 0), MOST_MS);
  }

  /** The bodies of the PUTs since {@link forget} that were answered with 200. */
  changes(): unknown[] {
    return this.sent("PUT", this.item)
      .filter((one) => one.status === 200)
      .map((one) => one.body);
  }

  /** An object as the cloud has it. */
  live(id: string): Promise<Properties> {
    return this.cloud.get(`${this.path}/${id}`);
  }

  /** Changes an object past the provider. */
  async alter(id: string, body: Properties): Promise<void> {
    await this.cloud.put(`${this.path}/${id}`, { [this.key]: body });
  }

  /** Deletes an object past the provider. */
  drop(id: string): Promise<void> {
    return this.cloud.delete(`${this.path}/${id}`);
  }

  /** An answer that shows an object as it is, but for those changes of the API's. */
  async shown(id: string, changes: Properties = {}): Promise<Answer> {
    return { status: 200, body: { [this.key]: { ...(await this.live(id)), ...changes } } };
  }

  /** The objects of that name that the cloud has. */
  async named(name: unknown): Promise<Properties[]> {
    const all = await this.cloud.list(this.path);
    return all.filter((one) => one["name"] === name);
  }
}

/** What an operation was refused with. */
export async function refusal(operation: Promise<unknown>): Promise<OperationError> {
  const outcome = await operation.then(
    () => new Error("it succeeded"),
    (error: unknown) => error,
  );
  if (outcome instanceof OperationError) return outcome;
  throw outcome;
}

/** What an operation left half-made. */
export async function leftover(
  operation: Promise<unknown>,
): Promise<{ id: string; properties: Properties; reasons: string[]; reason: string }> {
  const { message, partial } = await refusal(operation);
  if (partial === undefined) throw new Error(`no partial failure: ${message}`);
  return { ...partial, reason: partial.reasons.join("\n") };
}

/** What a process has printed; what it printed before its last answer is there for certain. */
export async function printed(provider: ProviderProcess): Promise<string> {
  // The answer may overtake it.
  await sleep(30);
  return provider.output;
}
