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

/** The path of the collection of connections, for the rules of `sim.script`. */
export const COLLECTION = /\/ipsec-site-connections$/;
export const ITEM = /\/ipsec-site-connections\/./;
export const LOGIN = /\/auth\/tokens$/;

/** The name and the limit of a test's waits for requests. */
const REQUESTS = "the requests of a test";
const MOST_MS = 10_000;

/** The number of unique names given to objects in this file's tests. */
let names = 0;

/** Options of a {@link Scene}. */
export interface SceneOptions extends SimulatorOptions {
  /** The kind of the objects under test; connections by default. */
  kind?: Kind;
}

/** A simulated cloud with a VPN service and policies, and provider processes that log in there. */
export class Scene {
  /** The path of the collection of its kind, for the rules of `sim.script`. */
  readonly collection: RegExp;
  readonly item: RegExp;
  private readonly path: string;
  private readonly key: string;
  private since = 0;

  private constructor(
    readonly sim: Simulator,
    private readonly kind: Kind,
    readonly dialect: "neutron" | "k5",
    /** A member's token, which {@link cloud} uses. */
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

  /** Starts the cloud; its connections are pending for 100 ms by default. */
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

  /** The same cloud for tests of another kind. */
  of(kind: Kind): Scene {
    const { sim, dialect, token, cloud, parents, started } = this;
    return new Scene(sim, kind, dialect, token, cloud, parents, started);
  }

  /** Stops the cloud and all of its provider processes. */
  async close(): Promise<void> {
    await this.endProviders();
    await this.sim.stop();
  }

  /** Stops all providers so far, so that those of later tests begin in the same processes. */
  async endProviders(): Promise<void> {
    await Promise.all(this.started.splice(0).map((provider) => provider.stop()));
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

  /** Starts a provider process with the given options alone. */
  async startBare(options: Partial<ProviderOptions>): Promise<ProviderProcess> {
    const provider = await ProviderProcess.start({ config: {}, ...options });
    this.started.push(provider);
    return provider.as(this.kind);
  }

  /** Inputs of a program for an object with a unique name. */
  args(changes: Properties = {}): Properties {
    names += 1;
    return {
      name: `${this.key}-${names}`,
      ...leastOf(this.kind, this),
      ...changes,
    };
  }

  /** {@link args} without a name in the program: the SDK derives it from the resource's name. */
  unnamed(resource: string, changes: Properties = {}): Properties & { name: string } {
    const args = this.args(changes);
    const place = { project: "project", stack: "test", resource };
    return { ...args, name: autoName(cloudResourceType(this.kind), place, args) };
  }

  /** Creates an object outside the provider from inputs, with the given changes of attributes. */
  async byHand(inputs: Properties, changes: Properties = {}): Promise<string> {
    const body = { ...wireOf(inputs), ...changes };
    return (await this.cloud.post(this.path, { [this.key]: body })).id;
  }

  /** Creates a connection outside the provider with the given attributes, such as `ikepolicy_id`. */
  async connect(changes: Properties): Promise<string> {
    const inputs = { name: "user", ...leastOf("IpsecSiteConnection", this) };
    const { path, key } = KINDS.IpsecSiteConnection;
    return (await this.cloud.post(path, { [key]: { ...wireOf(inputs), ...changes } })).id;
  }

  /** Deletes a connection outside the provider. */
  disconnect(id: string): Promise<void> {
    return this.cloud.delete(`${KINDS.IpsecSiteConnection.path}/${id}`);
  }

  /** Checks and creates. */
  async make(provider: ProviderProcess, changes: Properties = {}): Promise<Known> {
    const { inputs } = await provider.check(this.args(changes));
    return { ...(await provider.create(inputs)), inputs };
  }

  /**
   * The result of {@link make} without its wait of a quarter of a second: created with
   * waitFor `accepted` and read again. For a cloud without long pending times.
   */
  async settled(provider: ProviderProcess, changes: Properties = {}): Promise<Known> {
    const { id, inputs, outputs } = await this.make(provider, { ...changes, waitFor: "accepted" });
    const waitFor = changes["waitFor"] ?? "settled";
    const read = await provider.read(id, { ...outputs, waitFor });
    return { id, inputs: { ...inputs, waitFor }, outputs: read.outputs };
  }

  /** Checks the inputs with changes, which fills in defaults, and updates the object. */
  async change(provider: ProviderProcess, known: Known, changes: Properties): Promise<Known> {
    const { inputs } = await provider.check({ ...known.inputs, ...changes }, known.inputs);
    const outputs = await provider.update(known.id, known.outputs, inputs);
    return { id: known.id, inputs, outputs };
  }

  /** Applies a rule to every matching request for the duration of an operation. */
  async during<T>(rule: FaultRule, operation: () => Promise<T>): Promise<T> {
    const inForce = { ...rule, times: Infinity };
    this.sim.script(inForce);
    try {
      return await operation();
    } finally {
      inForce.times = 0;
    }
  }

  /** Makes {@link sent} leave out all earlier requests. */
  forget(): void {
    this.since = this.sim.requests.length;
  }

  /** The requests since {@link forget}, of one method or all. */
  sent(method?: string, path = /./): RecordedRequest[] {
    return this.sim.requests
      .slice(this.since)
      .filter((one) => (method ?? one.method) === one.method && path.test(one.path));
  }

  /** Resolves after `count` GETs of objects; throws Error after 10 seconds. */
  polls(count: number): Promise<void> {
    return until(REQUESTS, () => this.sent("GET", this.item).length >= count, MOST_MS);
  }

  /** Resolves once a matching request is answered; throws Error after 10 seconds. */
  answered(method: string, path: RegExp): Promise<void> {
    return until(REQUESTS, () => this.sent(method, path).some(({ status }) => status > 0), MOST_MS);
  }

  /** The bodies of the PUTs since {@link forget} that were answered with 200. */
  changes(): unknown[] {
    return this.sent("PUT", this.item)
      .filter((one) => one.status === 200)
      .map((one) => one.body);
  }

  /** An object as the cloud shows it. */
  live(id: string): Promise<Properties> {
    return this.cloud.get(`${this.path}/${id}`);
  }

  /** Changes an object outside the provider. */
  async alter(id: string, body: Properties): Promise<void> {
    await this.cloud.put(`${this.path}/${id}`, { [this.key]: body });
  }

  /** Deletes an object outside the provider. */
  drop(id: string): Promise<void> {
    return this.cloud.delete(`${this.path}/${id}`);
  }

  /** A response that shows an object with the given changes of attributes. */
  async shown(id: string, changes: Properties = {}): Promise<Answer> {
    return { status: 200, body: { [this.key]: { ...(await this.live(id)), ...changes } } };
  }

  /** The cloud's objects of a name. */
  async named(name: unknown): Promise<Properties[]> {
    const all = await this.cloud.list(this.path);
    return all.filter((one) => one["name"] === name);
  }
}

/** The error of a refused operation. */
export async function refusal(operation: Promise<unknown>): Promise<OperationError> {
  const outcome = await operation.then(
    () => new Error("it succeeded"),
    (error: unknown) => error,
  );
  if (outcome instanceof OperationError) return outcome;
  throw outcome;
}

/** The partial failure of an operation. */
export async function leftover(
  operation: Promise<unknown>,
): Promise<{ id: string; properties: Properties; reasons: string[]; reason: string }> {
  const { message, partial } = await refusal(operation);
  if (partial === undefined) throw new Error(`no partial failure: ${message}`);
  return { ...partial, reason: partial.reasons.join("\n") };
}

/** The output of a process, complete up to its last response. */
export async function printed(provider: ProviderProcess): Promise<string> {
  // The response may overtake it.
  await sleep(30);
  return provider.output;
}
