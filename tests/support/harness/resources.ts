import { join } from "node:path";

import type { ApiObject } from "./api";
import { loginOf, type Cloud, type CloudRequest } from "./cloud";
import { inOrder, KINDS, shownBy, type Args, type Kind, type ResourceKind } from "./kinds";
import { PROCESSES } from "./sharedHosts";
import {
  TestStack,
  type Deployment,
  type Expectation,
  type StackOptions,
  type StateResource,
} from "./stack";

/** A resource that a program declares; `{"$ref": "name.output"}` refers to another one. */
export interface Declared {
  readonly kind: ResourceKind;
  readonly args?: Args;
  readonly opts?: Args;
}

/** A whole program: its resources by name. */
export type Program = Readonly<Record<string, Declared>>;

/** A reference to an output of another resource of the program, for example `service.id`. */
export function ref(output: string): { readonly $ref: string } {
  return { $ref: output };
}

/** Properties local to program and state, which no cloud shows. */
const LOCAL = ["endpoint", "timeouts", "waitFor", "cloud", "adopt", "peerAddress", "__provider"];

/** How a stack runs. */
type RouteOptions = Pick<StackOptions, "store" | "door" | "processes" | "key">;

/** A stack of resources in a cloud, whose program is data: {@link ResourceStack.write}. */
export class ResourceStack {
  protected constructor(
    readonly stack: TestStack,
    protected readonly cloud: Cloud,
  ) {}

  /** Creates the stack, with the login of a member. */
  static async make(
    cloud: Cloud,
    config: Record<string, string> = {},
    options: RouteOptions = {},
  ): Promise<ResourceStack> {
    return new ResourceStack(await newStack(cloud, config, options), cloud);
  }

  /** The same stack for a second operator, with the current program. */
  async another(): Promise<ResourceStack> {
    return new ResourceStack(await this.stack.another(), this.cloud);
  }

  /** Makes the program declare exactly the given resources. */
  write(program: Program): void {
    this.stack.write("program.json", JSON.stringify(program));
  }

  /** Runs {@link write}, then `pulumi up`; returns its output. */
  async up(program: Program, extra: string[] = [], expectation?: Expectation): Promise<string> {
    this.write(program);
    return (await this.stack.up(extra, expectation)).text;
  }

  /** Runs {@link write}, then `pulumi up` with its preview; returns the output of both. */
  async previewAndUp(program: Program): Promise<string> {
    this.write(program);
    return (await this.stack.run(["up", "--yes", "--stack", "test", "--non-interactive"])).text;
  }

  /** A resource of the state. */
  async resource(name: string): Promise<StateResource> {
    const found = await this.find(name);
    if (found === undefined) throw new Error(`${name} is not in the state`);
    return found;
  }

  /** A resource of the state, or undefined. */
  async find(name: string): Promise<StateResource | undefined> {
    return (await this.stack.resources()).find((one) => nameOf(one) === name);
  }

  /** Every resource of this package in the state by name, with decrypted secrets. */
  async resources(): Promise<Record<string, StateResource>> {
    const ours = (await this.deployment()).filter((one) => one.type.includes("vpnaas:"));
    return Object.fromEntries(ours.map((one) => [nameOf(one), one]));
  }

  /** The parts of the state about existing objects, with decrypted secrets, since every run encrypts them again. */
  async state(): Promise<unknown> {
    return (await this.deployment()).map(({ urn, id, inputs, outputs }) => ({
      urn,
      id,
      inputs,
      outputs,
    }));
  }

  /** The resource's object as the cloud shows it. */
  async live(name: string): Promise<ApiObject> {
    return this.cloud.api.get(pathOf(await this.resource(name)));
  }

  /**
   * The outputs of every resource with an object, from the state and from the cloud: two equal records
   * if state and cloud agree in each attribute. The status of a VPN service is omitted, since it changes
   * with its first connection.
   */
  async stateAndCloud(): Promise<[state: Record<string, Args>, cloud: Record<string, Args>]> {
    const state: Record<string, Args> = {};
    const cloud: Record<string, Args> = {};
    const all = Object.entries(await this.resources());
    for (const [name, resource] of all.filter(([, one]) => kindOf(one) in KINDS)) {
      const hidden = [...LOCAL, ...(kindOf(resource) === "VpnService" ? ["status"] : [])];
      const seen = (all: Args) =>
        Object.fromEntries(Object.entries(all).filter(([output]) => !hidden.includes(output)));
      const outputs = Object.entries(resource.outputs ?? {});
      state[name] = seen(
        Object.fromEntries(outputs.map(([output, value]) => [output, inOrder(plain(value))])),
      );
      cloud[name] = seen(shownBy(await this.cloud.api.get(pathOf(resource))));
    }
    return [state, cloud];
  }

  /** Changes the resource's object in the cloud, outside Pulumi. */
  async changeOutsidePulumi(name: string, body: Args): Promise<void> {
    const resource = await this.resource(name);
    await this.cloud.api.put(pathOf(resource), { [KINDS[kindOf(resource)].key]: body });
  }

  /** Deletes the resource's object in the cloud, outside Pulumi. */
  async deleteOutsidePulumi(name: string): Promise<void> {
    await this.cloud.api.delete(pathOf(await this.resource(name)));
  }

  /** The requests of a run for VPN objects, without its GETs. */
  async changesDuring(run: () => Promise<unknown>): Promise<CloudRequest[]> {
    const before = (await this.cloud.requests()).length;
    await run();
    return (await this.cloud.requests())
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && path.includes("/vpn/"));
  }

  dispose(): Promise<void> {
    return this.stack.dispose();
  }

  private async deployment(): Promise<StateResource[]> {
    const { stdout } = await this.stack.run([
      "stack",
      "export",
      "--show-secrets",
      "--stack",
      "test",
    ]);
    return (JSON.parse(stdout) as Deployment).deployment.resources ?? [];
  }
}

/** The stack of a {@link ResourceStack}. */
export function newStack(
  cloud: Cloud,
  config: Record<string, string>,
  options: RouteOptions = {},
): Promise<TestStack> {
  return TestStack.create({
    program: join(__dirname, "..", "..", "fixtures", "programs", "resources"),
    config: { "vpnaas:dialect": "neutron", ...config },
    env: loginOf(cloud),
    processes: PROCESSES,
    ...options,
  });
}

/** Path of a resource's object in the API. */
export function pathOf(resource: StateResource): string {
  return `${KINDS[kindOf(resource)].path}/${resource.id!}`;
}

/** Kind of a resource. */
export function kindOf({ type }: StateResource): Kind {
  return type.split(":").at(-1) as Kind;
}

function nameOf({ urn }: StateResource): string {
  return urn.split("::").at(-1)!;
}

/** Decodes secrets of `stack export --show-secrets`, which are JSON in an envelope. */
function plain(value: unknown): unknown {
  const { plaintext } = (value ?? {}) as { plaintext?: string };
  return plaintext === undefined ? value : (JSON.parse(plaintext) as unknown);
}
