import type { Kind } from "../support/harness/kinds";
import type { ModelProgram, ModelStack } from "../support/harness/modelStack";
import type { Properties } from "../support/harness/providerProcess";
import type { ResourceProvider } from "../support/harness/resourceProvider";
import type { Place } from "./places";
import type { World } from "./world";

/** The context of one run of the program. */
export interface Run {
  readonly world: World;
  readonly stack: ModelStack;
  readonly provider: ResourceProvider;
  /** The program's declarations at the end of the operation. */
  readonly program: ModelProgram;
}

/** An operation of a user on the resources of a program. */
export interface Operation {
  readonly name:
    "create" | "read" | "update" | "replace" | "delete" | "adopt" | "take over" | "ready";
  /** Creates the required objects and state; returns the program of the operation. */
  prepare(run: Omit<Run, "program">, timeout: string): Promise<ModelProgram>;
  /** One run of `pulumi`; returns the error messages that the user reads. */
  perform(run: Run): Promise<string[]>;
  /** Changes of a preview at the end, apart from those of {@link Run.program}. */
  pending?(run: Run): Promise<string[]>;
}

const up = ({ stack, provider, program }: Run): Promise<string[]> => stack.up(provider, program);

/** Every operation on one resource. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: "create",
    prepare: ({ world }, timeout) => Promise.resolve(world.program(timeout)),
    perform: up,
  },
  {
    name: "read",
    prepare: (run, timeout) => made(run, run.world.program(timeout)),
    perform: ({ stack, provider }) => stack.refresh(provider),
  },
  {
    name: "update",
    async prepare(run, timeout) {
      const { world } = run;
      await made(run, world.program(timeout));
      // Without a connection it stays PENDING_CREATE and is immutable.
      if (world.place.kind === "VpnService") await used(run);
      return world.program(timeout, changes(world));
    },
    perform: up,
  },
  {
    name: "replace",
    async prepare(run, timeout) {
      const { world } = run;
      await made(run, world.program(timeout));
      if (isPolicy(world.place.kind)) await used(run);
      return world.program(timeout, await otherBasis(world));
    },
    perform: ({ world, stack, provider, program }) =>
      stack.up(provider, program, { beforeDeletes: () => world.aside(() => unused(world)) }),
  },
  {
    name: "delete",
    prepare: (run, timeout) => made(run, run.world.program(timeout)),
    perform: ({ stack, provider }) => stack.destroy(provider),
  },
  {
    name: "adopt",
    async prepare({ world }, timeout) {
      const { kind } = world.place;
      const there = world.program(timeout).map((args) => ({ ...args, name: "found" }));
      const ids = await Promise.all(there.map((args) => world.byHand(kind, args)));
      if (kind === "VpnService") await connected(world, "vpnServiceId", ids);
      return world.program(timeout, changes(world), (number) => ({ adopt: ids[number] }));
    },
    perform: up,
  },
];

/** Adoption of objects that a killed run has created but not recorded. */
const TAKE_OVER: Operation = {
  name: "take over",
  async prepare({ world }, timeout) {
    const program = world.program(timeout);
    await Promise.all(program.map((args) => world.byHand(world.place.kind, args)));
    return program;
  },
  perform: up,
};

/** A change of connections, for which a ConnectionsReady waits. */
const READY: Operation = {
  name: "ready",
  async prepare(run, timeout) {
    const { world, provider, stack } = run;
    const accepted = { waitFor: "accepted" };
    const program = await made(run, world.program(timeout, accepted));
    const inputs = readyInputs(stack, program);
    const errors = await stack.ready.up(provider.as("ConnectionsReady"), inputs);
    if (errors.length > 0) throw new Error(`the setting could not be made: ${errors[0]!}`);
    return world.program(timeout, { ...accepted, ...changes(world) });
  },
  async perform(run) {
    const errors = await up(run);
    if (errors.length > 0) return errors;
    const { stack, provider, program } = run;
    return stack.ready.up(provider.as("ConnectionsReady"), readyInputs(stack, program));
  },
  async pending({ stack, provider, program }) {
    const inputs = readyInputs(stack, program);
    const statuses = Object.entries(stack.ready.current?.outputs["statuses"] ?? {});
    const open = statuses.filter(([, status]) => status !== "ACTIVE");
    return [
      ...(await stack.ready.pending(provider.as("ConnectionsReady"), inputs)),
      ...open.map(([id, status]) => `wait for ${id}, which is ${String(status)}`),
    ];
  },
};

/**
 * The operations on the resources of a place: all of them on one resource and on three connections of
 * Neutron, and otherwise those whose requests differ.
 */
export function operationsOn({ kind, dialect, count }: Place): readonly Operation[] {
  if (count === 1) return OPERATIONS;
  if (kind !== "IpsecSiteConnection") return named("create", "read", "update");
  const isFew = dialect === "neutron" && count === 3;
  return isFew ? CROWD_OPERATIONS : named("create", "read", "update", "ready");
}

function named(...names: readonly Operation["name"][]): readonly Operation[] {
  return CROWD_OPERATIONS.filter(({ name }) => names.includes(name));
}

/** Every operation on many resources. */
export const CROWD_OPERATIONS: readonly Operation[] = [...OPERATIONS, TAKE_OVER, READY];

function readyInputs(stack: ModelStack, [first]: ModelProgram): Properties {
  const { cloud } = first!;
  // For a minute after a change, a status may be from before the change.
  const timeouts = { create: "2m", update: "2m" };
  return { cloud, timeouts, ids: stack.ids, waitFor: "active" };
}

/** On a busy machine a short timeout may end; the next `up` continues. */
const ATTEMPTS = 5;

async function made(
  { stack, provider }: Omit<Run, "program">,
  program: ModelProgram,
): Promise<ModelProgram> {
  let error: string | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    [error] = await stack.up(provider, program);
    if (error === undefined) return program;
  }
  throw new Error(`the setting could not be made: ${error!}`);
}

const isPolicy = (kind: Kind): boolean => kind === "IkePolicy" || kind === "IpsecPolicy";

/** Creates a connection that uses each resource. */
async function used({ world, stack }: Omit<Run, "program">): Promise<void> {
  const inputs = {
    VpnService: "vpnServiceId",
    IkePolicy: "ikePolicyId",
    IpsecPolicy: "ipsecPolicyId",
  };
  await connected(world, inputs[world.place.kind as keyof typeof inputs], stack.ids);
}

async function connected(world: World, input: string, ids: readonly string[]): Promise<void> {
  await Promise.all(ids.map((id) => world.connect({ [input]: id })));
}

/** Deletes the dependents of a policy, like a program whose connection uses the new policy. */
async function unused({ api, place }: World): Promise<void> {
  if (!isPolicy(place.kind)) return;
  for (const { id } of await api.list("/vpn/ipsec-site-connections")) {
    await api.delete(`/vpn/ipsec-site-connections/${id}`);
  }
}

/** Changes of mutable inputs. */
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

/** Changes of inputs that need a replacement. */
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
