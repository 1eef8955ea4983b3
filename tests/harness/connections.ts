import { join } from "node:path";

import type { ApiObject } from "./api";
import { loginOf, type Cloud, type CloudRequest } from "./cloud";
import { TestStack, type Deployment, type StateResource } from "./stack";

/** Arguments of a connection as a program would give them. */
export type Args = Readonly<Record<string, unknown>>;

const COLLECTION = "/vpn/ipsec-site-connections";

/** A stack of connections in a cloud, whose program is data: {@link ConnectionStack.declare}. */
export class ConnectionStack {
  private constructor(
    readonly stack: TestStack,
    private readonly cloud: Cloud,
  ) {}

  /** Makes the stack, with the login of a member. */
  static async create(cloud: Cloud, config: Record<string, string> = {}): Promise<ConnectionStack> {
    const stack = await TestStack.create({
      program: join(__dirname, "..", "programs", "connections"),
      config: { "vpnaas:dialect": "neutron", ...config },
      env: loginOf(cloud),
    });
    return new ConnectionStack(stack, cloud);
  }

  /** Makes the program declare exactly these connections; what they all need is filled in. */
  declare(connections: Readonly<Record<string, Args>>): void {
    const program = Object.entries(connections).map(([name, args]) => [
      name,
      { args: { ...this.basis, ...args } },
    ]);
    this.stack.write("program.json", JSON.stringify(Object.fromEntries(program)));
  }

  /** The least that a connection needs. */
  get basis(): Args {
    return {
      ...this.cloud.parents,
      peerAddress: "203.0.113.77",
      peerId: "203.0.113.77",
      peerCidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
    };
  }

  /** The connection's resource in the state. */
  async resource(name: string): Promise<StateResource> {
    const found = await this.find(name);
    if (found === undefined) throw new Error(`${name} is not in the state`);
    return found;
  }

  /** The same, or undefined. */
  async find(name: string): Promise<StateResource | undefined> {
    const all = await this.stack.resources();
    return all.find((one) => one.urn.endsWith(`IpsecSiteConnection::${name}`));
  }

  /** All of the state that says what exists, with its secrets in clear: they are encrypted anew at every run. */
  async state(): Promise<unknown> {
    const { stdout } = await this.stack.run([
      "stack",
      "export",
      "--show-secrets",
      "--stack",
      "test",
    ]);
    const { deployment } = JSON.parse(stdout) as Deployment;
    return deployment.resources?.map(({ urn, id, inputs, outputs }) => ({
      urn,
      id,
      inputs,
      outputs,
    }));
  }

  /** The connection as the cloud has it. */
  async live(name: string): Promise<ApiObject> {
    return this.cloud.api.get(`${COLLECTION}/${(await this.resource(name)).id!}`);
  }

  /** Changes the connection in the cloud, past Pulumi, once it can be changed. */
  async changeBehindBack(name: string, body: Args): Promise<void> {
    const { id } = await this.live(name);
    await this.cloud.api.put(`${COLLECTION}/${id}`, { ipsec_site_connection: body });
  }

  /** Deletes the connection in the cloud, past Pulumi. */
  async deleteBehindBack(name: string): Promise<void> {
    await this.cloud.api.delete(`${COLLECTION}/${(await this.resource(name)).id!}`);
  }

  /** Every connection that the cloud has. */
  async inCloud(): Promise<ApiObject[]> {
    return this.cloud.api.list(COLLECTION);
  }

  /** The requests about connections that a run makes, GETs left out. */
  async changesDuring(run: () => Promise<unknown>): Promise<CloudRequest[]> {
    const before = (await this.cloud.requests()).length;
    await run();
    return (await this.cloud.requests())
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && path.includes(COLLECTION));
  }

  dispose(): Promise<void> {
    return this.stack.dispose();
  }
}
