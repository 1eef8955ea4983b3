import { CanceledError, messageOf, PartialFailureError } from "../../provider/errors";
import { handlers } from "../../provider/handlers";
import type { Call, ResourceHandler } from "../../provider/handlers/handler";
import { lookUpObject } from "../../provider/handlers/lookup";
import { Runtime } from "../../provider/runtime";
import type { Inputs } from "../../provider/values";
import type { FaultRule } from "../../simulator";
import type { Kind } from "../support/harness/kinds";
import type { Properties } from "../support/harness/providerProcess";
import { ITEM, LOGIN, Scene } from "./scene";

/**
 * The operations run in this process: only handlers accept a signal, the door for dynamic providers
 * leaves it out. Each test cancels its operation at the arrival of every one of its requests, one
 * after the other, logins included.
 */
const HANDLERS: Record<Kind | "ConnectionsReady", ResourceHandler> = {
  VpnService: handlers.vpnService,
  IkePolicy: handlers.ikePolicy,
  IpsecPolicy: handlers.ipsecPolicy,
  EndpointGroup: handlers.endpointGroup,
  IpsecSiteConnection: handlers.ipsecSiteConnection,
  ConnectionsReady: handlers.connectionsReady,
};
const KINDS_OF_OBJECTS = [
  "VpnService",
  "IkePolicy",
  "EndpointGroup",
  "IpsecSiteConnection",
] as const;

let connections: Scene;

beforeAll(async () => {
  connections = await Scene.open({ pendingOnUpdate: true });
});

afterAll(() => connections.close());

/** A call of a provider process that has not logged in yet. */
function newCall(signal?: AbortSignal): Call {
  const settings = new Map([
    ["authUrl", connections.sim.identityUrl],
    ["username", "lab-user"],
    ["password", "lab-user-pass"],
    ["projectName", "lab"],
    ["dialect", "neutron"],
  ]);
  const sources = { stack: (name: string) => settings.get(name), env: {}, project: "project" };
  const runtime = new Runtime(sources, () => undefined);
  return { runtime, secretInputs: new Set(), storedSecretInputs: new Set(), signal };
}

/** The result of an operation, or its error. */
interface Outcome<T> {
  readonly isCanceled: boolean;
  readonly result?: T;
  readonly partial?: PartialFailureError;
  readonly error?: CanceledError;
}

/**
 * Runs an operation that is canceled at each of its requests in turn, and judges every outcome, until
 * a run needs fewer requests. `prepare` makes the setting of one run.
 */
async function cancelEach<Setting, T>(
  prepare: () => Promise<Setting>,
  run: (call: Call, setting: Setting) => Promise<T>,
  judge: (outcome: Outcome<T>, setting: Setting) => Promise<void> | void,
): Promise<void> {
  for (let skip = 0; ; skip += 1) {
    const setting = await prepare();
    const abort = new AbortController();
    const rule: FaultRule = { skip, onRequest: () => abort.abort() };
    connections.sim.script(rule);
    const outcome = await outcomeOf(() => run(newCall(abort.signal), setting));
    rule.times = 0;
    const isCanceled = abort.signal.aborted;
    await judge({ ...outcome, isCanceled }, setting);
    if (!isCanceled) {
      expect(skip).toBeGreaterThan(1);
      expect(outcome.result).toBeDefined();
      return;
    }
  }
}

async function outcomeOf<T>(run: () => Promise<T>): Promise<Omit<Outcome<T>, "isCanceled">> {
  try {
    return { result: await run() };
  } catch (error) {
    if (PartialFailureError.isInstance(error)) return { partial: error };
    if (!CanceledError.isInstance(error)) throw error;
    expect(messageOf(error)).toMatch(
      /canceled.* (?:Run the same command again to continue|The next `pulumi up` continues to wait)\.$/s,
    );
    return { error };
  }
}

async function checked(handler: ResourceHandler, args: Properties): Promise<Inputs> {
  const { inputs, failures } = await handler.check(newCall(), {}, args);
  expect(failures).toEqual([]);
  return inputs;
}

const idsOf = (objects: readonly Properties[]) => objects.map(({ id }) => id);

describe.each(KINDS_OF_OBJECTS)("%s, canceled at each request", (kind) => {
  const handler = HANDLERS[kind];
  let scene: Scene;

  beforeAll(() => {
    scene = connections.of(kind);
  });

  const newInputs = () => checked(handler, scene.args());

  /** An object that the provider has created, without a wait, and new inputs for it. */
  async function newObject() {
    const args = scene.args();
    const { id, outputs } = await handler.create(newCall(), await checked(handler, args));
    return { id, state: outputs as Properties, args };
  }

  it("create: keeps the id of every object, and the next run continues", async () => {
    await cancelEach(
      newInputs,
      (call, inputs) => handler.create(call, inputs),
      async ({ result, partial }, inputs) => {
        const id = result?.id ?? partial?.id;
        expect(idsOf(await scene.named(inputs["name"]))).toEqual(id === undefined ? [] : [id]);
        if (partial !== undefined) {
          await handler.update(newCall(), partial.id, partial.properties, inputs);
        } else if (result === undefined) {
          await handler.create(newCall(), inputs);
        }
        expect(await scene.named(inputs["name"])).toHaveLength(1);
      },
    );
  });

  it("update: records every change, and the next run continues", async () => {
    await cancelEach(
      async () => {
        const object = await newObject();
        // A VPN service without a connection is immutable.
        if (kind === "VpnService") await scene.connect({ vpnservice_id: object.id });
        const inputs = await checked(handler, { ...object.args, description: "changed" });
        return { ...object, inputs };
      },
      (call, { id, state, inputs }) => handler.update(call, id, state, inputs),
      async ({ error, partial }, { id, state, inputs }) => {
        const description = async () => (await scene.live(id))["description"];
        expect(await description()).toBe(error === undefined ? "changed" : "");
        await handler.update(newCall(), id, partial?.properties ?? state, inputs);
        expect(await description()).toBe("changed");
      },
    );
  });

  it("delete: succeeds in the next run", async () => {
    await cancelEach(
      newObject,
      async (call, { id, state }) => {
        await handler.delete(call, id, state);
        return true;
      },
      async ({ result }, { id, state }) => {
        if (result === undefined) await handler.delete(newCall(), id, state);
        await expect(scene.live(id)).rejects.toThrow("404");
      },
    );
  });

  it("read: ends and never reports the object as deleted", async () => {
    await cancelEach(
      newObject,
      async (call, { id, state }) => (await handler.read(call, id, state)) ?? "deleted",
      ({ result, error, isCanceled }) => {
        expect(result).not.toBe("deleted");
        expect(error !== undefined).toBe(isCanceled);
      },
    );
  });

  it("create with `adopt`: keeps the id of a claimed object, and the next run continues", async () => {
    await cancelEach(
      async () => {
        const args = scene.args();
        const id = await scene.byHand(args);
        if (kind === "VpnService") await scene.connect({ vpnservice_id: id });
        return { id, inputs: await checked(handler, { ...args, description: "new", adopt: id }) };
      },
      (call, { inputs }) => handler.create(call, inputs),
      async ({ partial, error }, { id, inputs }) => {
        if (partial !== undefined) {
          expect(partial.id).toBe(id);
          await handler.update(newCall(), id, partial.properties, inputs);
        } else if (error !== undefined) {
          expect((await handler.create(newCall(), inputs)).id).toBe(id);
        }
        expect((await scene.live(id))["description"]).toBe("new");
      },
    );
  });
});

describe("a create whose POST gets no response", () => {
  it("keeps the id of its object if it is canceled before the response", async () => {
    const handler = handlers.ikePolicy;
    const scene = connections.of("IkePolicy");
    const inputs = await checked(handler, scene.args());
    const abort = new AbortController();
    scene.sim.script({
      method: "POST",
      path: scene.collection,
      onRequest: () => abort.abort(),
      answer: "reset-after",
    });
    const { id } = await handler.create(newCall(abort.signal), inputs);
    expect(idsOf(await scene.named(inputs["name"]))).toEqual([id]);
  });
});

it("a login continues for another operation if the first one is canceled", async () => {
  const scene = connections.of("IkePolicy");
  const [one, other] = [scene.args(), scene.args()];
  const call = newCall();
  const abort = new AbortController();
  connections.sim.script({
    path: LOGIN,
    onRequest: async () => {
      abort.abort();
      await canceled;
    },
  });
  const canceled = outcomeOf(() =>
    handlers.ikePolicy.create({ ...call, signal: abort.signal }, one),
  );
  const { id } = await handlers.ikePolicy.create(call, other);
  expect((await canceled).error?.message).toMatch(/canceled before the login was finished/);
  expect(idsOf(await scene.named(other["name"]))).toEqual([id]);
  expect(await scene.named(one["name"])).toEqual([]);
});

describe("a canceled wait", () => {
  const stuck = { description: "[stuck]", timeouts: { create: "10m" } };
  const LONGEST_MS = 10_000;

  it("create: ends long before its timeout and keeps the id", async () => {
    const inputs = await checked(handlers.ipsecSiteConnection, connections.args(stuck));
    const abort = new AbortController();
    connections.sim.script({ method: "GET", path: ITEM, onRequest: () => abort.abort() });
    const begin = Date.now();
    const creating = handlers.ipsecSiteConnection.create(newCall(abort.signal), inputs);
    const { partial } = await outcomeOf(() => creating);
    expect(Date.now() - begin).toBeLessThan(LONGEST_MS);
    expect(partial?.message).toMatch(
      /^The operation was canceled after \d+s of waiting for IpsecSiteConnection .* to settle: it is still PENDING_CREATE\. No change is left to be sent\. Run/,
    );
    expect(idsOf(await connections.named(inputs["name"]))).toEqual([partial?.id]);
  });

  it("create: the wait of another operation continues", async () => {
    const handler = handlers.ipsecSiteConnection;
    const [canceled, other] = [
      await checked(handler, connections.args(stuck)),
      await checked(handler, connections.args()),
    ];
    const call = newCall();
    const abort = new AbortController();
    connections.sim.script({ method: "GET", path: ITEM, onRequest: () => abort.abort() });
    const [outcome, created] = await Promise.all([
      outcomeOf(() => handler.create({ ...call, signal: abort.signal }, canceled)),
      handler.create(call, other),
    ]);
    expect(outcome.partial).toBeDefined();
    expect(created.outputs["status"]).toBe("ACTIVE");
  });
});

describe("ConnectionsReady, canceled at each request", () => {
  const handler = handlers.connectionsReady;

  /** Inputs with two connections that are still pending. */
  async function newInputs() {
    const ids = await Promise.all([0, 1].map(() => connections.byHand(connections.args())));
    return checked(handler, { ids });
  }

  it("create: ends, and succeeds in the next run", async () => {
    await cancelEach(
      newInputs,
      (call, inputs) => handler.create(call, inputs),
      async ({ result, error }, inputs) => {
        expect(result ?? error).toBeDefined();
        await handler.create(newCall(), inputs);
      },
    );
  });

  it("update: keeps its id and succeeds in the next run", async () => {
    await cancelEach(
      newInputs,
      (call, inputs) => handler.update(call, "an-id", { ids: [], statuses: {} }, inputs),
      async ({ result, partial, error }, inputs) => {
        expect(result ?? partial?.id ?? error).toBeDefined();
        const state = partial?.properties ?? { ids: [], statuses: {} };
        await handler.update(newCall(), "an-id", state, inputs);
      },
    );
  });

  it("diff: reports no change that it could not check", async () => {
    await cancelEach(
      async () => {
        const inputs = await newInputs();
        const { id, outputs } = await handler.create(newCall(), inputs);
        const state: Properties = outputs;
        return { id, inputs, state };
      },
      (call, { id, inputs, state }) => handler.diff(call, id, state, inputs),
      ({ result, error, isCanceled }) => {
        expect(result?.changes).not.toBe(true);
        expect(error !== undefined).toBe(isCanceled);
      },
    );
  });
});

it("diff of a policy: reports no replacement if it could not check whether the policy is used", async () => {
  const handler = handlers.ikePolicy;
  const scene = connections.of("IkePolicy");
  await cancelEach(
    async () => {
      const args = scene.args();
      const { id, outputs } = await handler.create(newCall(), await checked(handler, args));
      const inputs = await checked(handler, { ...args, description: "changed" });
      const state: Properties = outputs;
      return { id, inputs, state };
    },
    (call, { id, inputs, state }) => handler.diff(call, id, state, inputs),
    ({ result, error, isCanceled }) => {
      expect(result?.replaces ?? []).toEqual([]);
      expect(error !== undefined).toBe(isCanceled);
    },
  );
});

it("lookup: ends at each of its requests", async () => {
  const scene = connections.of("IkePolicy");
  const args = scene.args();
  await scene.byHand(args);
  await cancelEach(
    () => Promise.resolve(),
    ({ runtime, signal }) => lookUpObject(runtime, "IkePolicy", { name: args["name"] }, signal),
    ({ error, isCanceled }) => {
      expect(error !== undefined).toBe(isCanceled);
    },
  );
});
