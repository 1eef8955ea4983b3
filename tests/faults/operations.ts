import type { Kind } from "../harness/kinds";
import type { ModelEngine } from "../harness/modelEngine";
import type { Properties, ProviderProcess } from "../harness/providerProcess";
import type { World } from "./world";

/** What one run of the program works with. */
export interface Run {
  readonly world: World;
  readonly engine: ModelEngine;
  readonly provider: ProviderProcess;
  /** What the program declares at the end of the operation. */
  readonly args: Properties;
}

/** Something that users do with a resource. */
export interface Operation {
  readonly name: "create" | "read" | "update" | "replace" | "delete" | "adopt";
  /** Makes what has to be there before; answers what the program declares then. */
  prepare(run: Omit<Run, "args">, timeout: string): Promise<Properties>;
  /** One run of `pulumi`; answers what the user reads of errors. */
  perform(run: Run): Promise<string[]>;
}

const up = ({ engine, provider, args }: Run): Promise<string[]> => engine.up(provider, args);

/** Every operation. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: "create",
    prepare: ({ world }, timeout) => Promise.resolve(world.args(timeout)),
    perform: up,
  },
  {
    name: "read",
    prepare: (run, timeout) => made(run, run.world.args(timeout)),
    perform: ({ engine, provider }) => engine.refresh(provider),
  },
  {
    name: "update",
    async prepare(run, timeout) {
      const { world } = run;
      await made(run, world.args(timeout));
      // Alone it stays PENDING_CREATE, and cannot be changed.
      if (world.place.kind === "VpnService") await used(run);
      return world.args(timeout, changes(world));
    },
    perform: up,
  },
  {
    name: "replace",
    async prepare(run, timeout) {
      const { world } = run;
      await made(run, world.args(timeout));
      if (isPolicy(world.place.kind)) await used(run);
      return world.args(timeout, await otherBasis(world));
    },
    perform: ({ world, engine, provider, args }) =>
      engine.up(provider, args, { beforeDeletes: () => world.aside(() => unused(world)) }),
  },
  {
    name: "delete",
    prepare: (run, timeout) => made(run, run.world.args(timeout)),
    perform: ({ engine, provider }) => engine.destroy(provider),
  },
  {
    name: "adopt",
    async prepare({ world }, timeout) {
      const { kind } = world.place;
      const id = await world.byHand(kind, { ...world.args(timeout), name: "found" });
      if (kind === "VpnService") await world.connect({ vpnServiceId: id });
      return world.args(timeout, { adopt: id, ...changes(world) });
    },
    perform: up,
  },
];

/** On a busy machine a short time-out may pass; the next `up` goes on. */
const ATTEMPTS = 5;

async function made(
  { engine, provider }: Omit<Run, "args">,
  args: Properties,
): Promise<Properties> {
  let error: string | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    [error] = await engine.up(provider, args);
    if (error === undefined) return args;
  }
  throw new Error(`the setting could not be made: ${error!}`);
}

const isPolicy = (kind: Kind): boolean => kind === "IkePolicy" || kind === "IpsecPolicy";

/** Has a connection use the resource. */
async function used({ world, engine }: Omit<Run, "args">): Promise<void> {
  const { id } = engine.current!;
  const inputs = {
    VpnService: "vpnServiceId",
    IkePolicy: "ikePolicyId",
    IpsecPolicy: "ipsecPolicyId",
  };
  await world.connect({ [inputs[world.place.kind as keyof typeof inputs]]: id });
}

/** Takes away who uses a policy, as a program whose connection moves on to the new one. */
async function unused({ api, place }: World): Promise<void> {
  if (!isPolicy(place.kind)) return;
  for (const { id } of await api.list("/vpn/ipsec-site-connections")) {
    await api.delete(`/vpn/ipsec-site-connections/${id}`);
  }
}

/** Inputs that a PUT can change. */
function changes(world: World): Properties {
  switch (world.place.kind) {
    case "IpsecSiteConnection":
      return { description: "changed", psk: world.canary("second") };
    case "IkePolicy":
    case "IpsecPolicy":
      return { description: "changed", pfs: "group5" };
    default:
      return { description: "changed" };
  }
}

/** Inputs that want another object. */
async function otherBasis({ place, api, sim }: World): Promise<Properties> {
  switch (place.kind) {
    case "IpsecSiteConnection": {
      const { id } = await api.post("/vpn/ikepolicies", { ikepolicy: { name: "other" } });
      return { ikePolicyId: id };
    }
    case "VpnService":
      return { subnetId: sim.fixture.secondSubnetId };
    case "EndpointGroup":
      return { endpoints: ["10.7.0.0/24"] };
    case "IkePolicy":
    case "IpsecPolicy":
      return { pfs: "group5" };
  }
}
