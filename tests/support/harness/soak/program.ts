import { autoName } from "../../../../provider/model/autoName";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import type { Kind } from "../kinds";
import { ModelEngine } from "../modelEngine";
import type { Properties, ProviderProcess } from "../providerProcess";

/** The number of concurrent operations of the engine. */
const PARALLEL = 8;
/** Connections per pair of policies. */
const PER_POLICY = 50;

/** A resource of the program, with its state. */
export class Declared {
  readonly engine = new ModelEngine();

  constructor(
    readonly kind: Kind,
    private readonly name: string,
    /** The program's inputs without the name. */
    public args: () => Properties,
  ) {}

  /** The program's inputs with the SDK's default name. */
  get inputs(): Properties {
    const place = { project: "project", stack: "soak", resource: this.name };
    const args = this.args();
    return { ...args, name: autoName(cloudResourceType(this.kind), place, args) };
  }

  get id(): string {
    return this.engine.current?.id ?? "";
  }
}

/** A program of many connections with their dependencies, which {@link edit} changes, and its stack. */
export class SoakProgram {
  readonly parents: Declared[] = [];
  connections: Declared[] = [];
  /** Resources that the program no longer declares, and that the next {@link up} deletes. */
  private dropped: Declared[] = [];
  private readonly service: Declared;
  private readonly policies: { readonly ike: Declared; readonly ipsec: Declared }[] = [];
  private made = 0;
  private edits = 0;

  constructor(
    private readonly size: number,
    { routerId, subnetId }: { readonly routerId: string; readonly subnetId: string },
    private readonly random: () => number,
  ) {
    this.service = this.parent("VpnService", "service", () => ({
      routerId,
      subnetId,
      description: `edit ${this.edits}`,
    }));
    for (let i = 0; i < Math.max(2, size / PER_POLICY); i += 1) {
      const ike = this.parent("IkePolicy", `ike${i}`, () => ({}));
      const ipsec = this.parent("IpsecPolicy", `ipsec${i}`, () => ({}));
      this.policies.push({ ike, ipsec });
      this.parent("EndpointGroup", `group${i}`, () => ({
        type: "cidr",
        endpoints: [`10.5.${i}.0/24`],
        description: `edit ${this.edits}`,
      }));
    }
    while (this.connections.length < size) this.connect();
  }

  /** Every resource that the program declares. */
  get all(): Declared[] {
    return [...this.parents, ...this.connections];
  }

  /**
   * Changes a fifth of the connections in place, moves a twentieth to other policies, removes a
   * twentieth and adds as many, and changes the group of one IKE policy together with its dependents.
   */
  edit(): void {
    this.edits += 1;
    const edit = this.edits;
    for (const one of this.some(0.2)) {
      const before = one.args;
      const changes = this.pick([
        { description: `edit ${edit}` },
        { psk: `canary ${edit} ${this.made}` },
        { dpd: { action: "restart", interval: 10 + (edit % 10), timeout: 60 + edit } },
        { peerCidrs: [`10.9.${edit % 256}.0/24`, "10.8.0.0/16"] },
        { mtu: 1_400 + (edit % 100) },
      ]);
      one.args = () => ({ ...before(), ...changes });
    }
    for (const one of this.some(0.05)) {
      const before = one.args;
      const { ike, ipsec } = this.pick(this.policies);
      one.args = () => ({ ...before(), ikePolicyId: ike.id, ipsecPolicyId: ipsec.id });
    }
    this.dropped.push(...this.some(0.05));
    this.connections = this.connections.filter((one) => !this.dropped.includes(one));
    while (this.connections.length < this.size) this.connect();
    const pfs = this.pick(["group14", "group15", "group16"]);
    this.pick(this.policies).ike.args = () => ({ pfs });
  }

  /** `pulumi refresh`; returns the error messages that the user reads. */
  async refresh(provider: ProviderProcess): Promise<string[]> {
    return inParallel(this.all, ({ kind, engine }) => engine.refresh(provider.as(kind)));
  }

  /** `pulumi up`; a replaced policy is deleted after the changes of its dependents. */
  async up(provider: ProviderProcess): Promise<string[]> {
    let moveOn: () => void = () => undefined;
    const movedOn = new Promise<void>((resolve) => (moveOn = resolve));
    const endings: Promise<string[]>[] = [];
    await inParallel(this.parents, ({ kind, engine, inputs }) => {
      return new Promise((registered) => {
        const beforeDeletes = (): Promise<void> => {
          registered([]);
          return movedOn;
        };
        const ending = engine.up(provider.as(kind), inputs, { beforeDeletes });
        endings.push(ending.finally(() => registered([])));
      });
    });
    const errors = await inParallel(this.connections, ({ engine, inputs }) =>
      engine.up(provider, inputs),
    );
    errors.push(...(await inParallel(this.dropped, ({ engine }) => engine.destroy(provider))));
    moveOn();
    this.dropped = this.dropped.filter((one) => one.engine.current !== undefined);
    return [...errors, ...(await Promise.all(endings)).flat()];
  }

  /** `pulumi destroy --target` of a share of the connections, which are removed from the program too. */
  async destroy(provider: ProviderProcess, share: number): Promise<string[]> {
    const targets = this.some(share);
    this.connections = this.connections.filter((one) => !targets.includes(one));
    return inParallel(targets, ({ engine }) => engine.destroy(provider));
  }

  /** The changes in `pulumi preview`. */
  async pending(provider: ProviderProcess): Promise<string[]> {
    return inParallel(this.all, ({ kind, engine, inputs }) =>
      engine.pending(provider.as(kind), inputs),
    );
  }

  private parent(kind: Kind, name: string, args: () => Properties): Declared {
    const declared = new Declared(kind, name, args);
    this.parents.push(declared);
    return declared;
  }

  private connect(): void {
    const i = this.made;
    this.made += 1;
    const { service } = this;
    const { ike, ipsec } = this.pick(this.policies);
    const peer = `198.51.${(i >> 8) & 255}.${i & 255}`;
    const args = (): Properties => ({
      vpnServiceId: service.id,
      ikePolicyId: ike.id,
      ipsecPolicyId: ipsec.id,
      peerAddress: peer,
      peerId: peer,
      psk: `canary ${i}`,
      peerCidrs: [`10.${64 + ((i >> 8) & 63)}.${i & 255}.0/24`],
    });
    this.connections.push(new Declared("IpsecSiteConnection", `tunnel${i}`, args));
  }

  private some(share: number): Declared[] {
    return this.connections.filter(() => this.random() < share);
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.random() * choices.length)]!;
  }
}

/** Runs an operation for each item, as many at once as the engine; returns all results. */
async function inParallel<T>(
  all: readonly T[],
  operation: (one: T) => Promise<string[]>,
): Promise<string[]> {
  const said: string[] = [];
  const rest = [...all];
  const work = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) {
      said.push(...(await operation(one)));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return said;
}
