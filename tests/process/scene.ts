import { setTimeout as sleep } from "node:timers/promises";

import { startSimulator } from "../../simulator";
import type { FaultRule, RecordedRequest, Simulator, SimulatorOptions } from "../../simulator";
import { type Api, api, login, makeParents, type Parents } from "../harness/api";
import {
  OperationError,
  ProviderProcess,
  type Properties,
  type ProviderOptions,
} from "../harness/providerProcess";

/** A connection as the engine knows it after an operation. */
export interface Known {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** Where connections live, for the rules of `sim.script`. */
export const COLLECTION = /\/ipsec-site-connections$/;
export const ITEM = /\/ipsec-site-connections\/./;
export const LOGIN = /\/auth\/tokens$/;

/** A simulated cloud with a VPN service and policies, and a provider process that is logged in there. */
export class Scene {
  private readonly started: ProviderProcess[] = [];
  private since = 0;
  private names = 0;

  private constructor(
    readonly sim: Simulator,
    private readonly dialect: "neutron" | "k5",
    /** Of a member, as the raw {@link cloud} uses it. */
    readonly token: string,
    readonly cloud: Api,
    readonly parents: Parents,
  ) {}

  /** Makes the cloud; connections are pending for 100 ms there if nothing else is said. */
  static async open(options: SimulatorOptions = {}): Promise<Scene> {
    const sim = await startSimulator({ pendingMs: 100, ...options });
    try {
      const token = await login(sim.identityUrl);
      const cloud = api(sim.endpoint, token);
      const parents = await makeParents(cloud, sim.fixture);
      const scene = new Scene(sim, options.dialect ?? "neutron", token, cloud, parents);
      scene.forget();
      return scene;
    } catch (error) {
      await sim.stop();
      throw error;
    }
  }

  /** Ends the cloud and every process that was started for it. */
  async close(): Promise<void> {
    await Promise.all(this.started.map((provider) => provider.stop()));
    await this.sim.stop();
  }

  /** Starts a provider process; `config` and `env` come on top of a login as a member. */
  async start({ config, ...rest }: Partial<ProviderOptions> = {}): Promise<ProviderProcess> {
    const provider = await ProviderProcess.start({
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
    this.started.push(provider);
    return provider;
  }

  /** Inputs as a program gives them, of a connection with a name of its own. */
  args(changes: Properties = {}): Properties {
    this.names += 1;
    return {
      name: `connection-${this.names}`,
      ...this.parents,
      peerAddress: "198.51.100.7",
      peerId: "198.51.100.7",
      peerCidrs: ["10.2.0.0/24"],
      psk: "a pre-shared key",
      ...changes,
    };
  }

  /** Makes a connection past the provider, of the same inputs apart from those changes of the API's. */
  async byHand(inputs: Properties, changes: Properties = {}): Promise<string> {
    const { id } = await this.cloud.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        name: inputs["name"],
        vpnservice_id: inputs["vpnServiceId"],
        ikepolicy_id: inputs["ikePolicyId"],
        ipsecpolicy_id: inputs["ipsecPolicyId"],
        peer_address: inputs["peerAddress"],
        peer_id: inputs["peerId"],
        peer_cidrs: inputs["peerCidrs"],
        psk: inputs["psk"],
        ...changes,
      },
    });
    return id;
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

  /** Updates a connection to its inputs with changes; checked, so that defaults are filled in. */
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

  /** Resolves once so many connections were asked for; throws Error if they are not in 10 seconds. */
  async looks(count: number): Promise<void> {
    for (const giveUp = Date.now() + 10_000; this.sent("GET", ITEM).length < count;) {
      if (Date.now() > giveUp) throw new Error(`no ${count} looks at connections`);
      await sleep(10);
    }
  }

  /** The bodies of the PUTs of connections since {@link forget} that were answered with 200. */
  changes(): unknown[] {
    return this.sent("PUT", ITEM)
      .filter((one) => one.status === 200)
      .map((one) => one.body);
  }

  /** A connection as the cloud has it. */
  live(id: string): Promise<Properties> {
    return this.cloud.get(`/vpn/ipsec-site-connections/${id}`);
  }

  /** The connections of that name that the cloud has. */
  async named(name: unknown): Promise<Properties[]> {
    const all = await this.cloud.list("/vpn/ipsec-site-connections");
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
