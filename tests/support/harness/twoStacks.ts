import type { Cloud } from "./cloud";
import { bodyOf, KINDS, type Args } from "./kinds";
import { ResourceStack } from "./resources";

/** A value for each of the two stacks. */
export type Two<T> = Readonly<Record<"a" | "b", T>>;

/** Desired values of the connection in one stack; the other values are equal in both. */
export interface Wanted {
  readonly description: string;
  readonly mtu?: number;
}

/** The result of two concurrent runs. */
export interface Outcome {
  readonly succeeded: Two<boolean>;
  /** The connection's outputs in each state. */
  readonly recorded: Two<Args>;
  /** The connection in the cloud. */
  readonly live: Args;
}

const { path, key } = KINDS.IpsecSiteConnection;

/** Two stacks of one connection, created outside Pulumi, which both adopt. */
export class TwoStacks {
  private constructor(
    private readonly cloud: Cloud,
    private readonly stacks: Two<ResourceStack>,
    private readonly id: string,
    private readonly basis: Args,
  ) {}

  /** Creates the connection, with the mtu 1500 and no description, and the stacks. */
  static async open(cloud: Cloud): Promise<TwoStacks> {
    const basis = {
      ...cloud.parents,
      name: "shared",
      psk: "canary-psk",
      peerCidrs: ["10.2.0.0/24"],
      peerAddress: "203.0.113.77",
      peerId: "203.0.113.77",
    };
    const { id } = await cloud.api.post(path, { [key]: bodyOf(basis) });
    const [a, b] = await Promise.all([ResourceStack.make(cloud), ResourceStack.make(cloud)]);
    return new TwoStacks(cloud, { a, b }, id, { ...basis, adopt: id });
  }

  /** Runs `up` in both at once and `meanwhile` beside them, which receives the promises of both. */
  async up(
    wanted: Two<Wanted>,
    meanwhile: (ends: Two<Promise<unknown>>) => Promise<void> = () => Promise.resolve(),
  ): Promise<Outcome> {
    const runs = { a: this.run("a", wanted.a), b: this.run("b", wanted.b) };
    const [a, b] = await Promise.all([runs.a, runs.b, meanwhile(runs)]);
    return {
      succeeded: { a: a.succeeded, b: b.succeeded },
      recorded: { a: a.recorded, b: b.recorded },
      live: seenIn(await this.cloud.api.get(`${path}/${this.id}`)),
    };
  }

  /** Deletes the stacks; the connection stays. */
  async close(): Promise<void> {
    await Promise.all([this.stacks.a.dispose(), this.stacks.b.dispose()]);
  }

  private async run(
    one: keyof Two<unknown>,
    wanted: Wanted,
  ): Promise<{ succeeded: boolean; recorded: Args }> {
    const program = this.stacks[one];
    const args = { ...this.basis, ...wanted };
    program.write({ shared: { kind: "IpsecSiteConnection", args } });
    const { code } = await program.stack.up([], { expect: "any" });
    const recorded = seenIn((await program.find("shared"))?.outputs ?? {});
    return { succeeded: code === 0, recorded };
  }
}

function seenIn({ description, mtu }: Args): Args {
  return { description, mtu };
}
