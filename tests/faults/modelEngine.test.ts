import { ModelEngine } from "../support/harness/modelEngine";
import { ModelStack } from "../support/harness/modelStack";
import { OperationError, type Properties } from "../support/harness/providerProcess";
import type { ResourceProvider } from "../support/harness/resourceProvider";

const unchanged = { changes: false, replaces: [], deleteBeforeReplace: false };
const replaced = { changes: true, replaces: ["size"], deleteBeforeReplace: false };
const partial = (id: string) =>
  new OperationError("half", { id, properties: { half: true }, reasons: ["half"] });

/** A provider with the given responses and successes otherwise, which records its calls. */
function provider(responses: object = {}): { asked: string[]; process: ResourceProvider } {
  const asked: string[] = [];
  const usual: Record<string, (...args: never[]) => unknown> = {
    check: (inputs: Properties) => ({ inputs, failures: [] }),
    diff: () => unchanged,
    create: (inputs: Properties) => ({ id: "new", outputs: inputs }),
    read: (id: string, outputs: Properties) => ({ id, outputs, inputs: outputs }),
    update: (_id: string, _state: Properties, inputs: Properties) => inputs,
    delete: () => undefined,
    ...responses,
  };
  const calls = Object.entries(usual).map(([name, answer]) => [
    name,
    (...args: unknown[]) => {
      asked.push(name === "delete" ? `delete ${String(args[0])}` : name);
      return new Promise((resolve) => resolve(answer(...(args as never[]))));
    },
  ]);
  return { asked, process: Object.fromEntries(calls) };
}

const fails = (error: Error) => () => {
  throw error;
};

/** An engine whose state has one resource, of size 1. */
async function withOne(): Promise<ModelEngine> {
  const engine = new ModelEngine();
  await engine.up(provider({ create: () => ({ id: "old", outputs: { size: 1 } }) }).process, {
    size: 1,
  });
  return engine;
}

describe("the model of the engine", () => {
  it("has an empty state after a failed create", async () => {
    const engine = new ModelEngine();
    expect(await engine.up(provider({ create: fails(new Error("no")) }).process, {})).toEqual([
      "no",
    ]);
    expect(engine.current).toBeUndefined();
  });

  it("records a partial create with the new inputs and updates it in the next run", async () => {
    const engine = new ModelEngine();
    await engine.up(provider({ create: fails(partial("half-made")) }).process, { size: 1 });
    expect(engine.current).toEqual({
      id: "half-made",
      inputs: { size: 1 },
      outputs: { half: true },
      initErrors: ["half"],
    });
    const { asked, process } = provider();
    expect(await engine.up(process, { size: 1 })).toEqual([]);
    expect(asked).toEqual(["check", "diff", "update"]);
  });

  it("keeps the old inputs beside the new outputs of a partial update", async () => {
    const engine = await withOne();
    const responses = {
      diff: () => ({ ...unchanged, changes: true }),
      update: fails(partial("old")),
    };
    expect(await engine.up(provider(responses).process, { size: 2 })).toEqual(["half"]);
    expect(engine.current).toMatchObject({ inputs: { size: 1 }, outputs: { half: true } });
  });

  it("keeps inputs and outputs after an update that fails without a change", async () => {
    const engine = await withOne();
    const responses = {
      diff: () => ({ ...unchanged, changes: true }),
      update: fails(new Error("no")),
    };
    await engine.up(provider(responses).process, { size: 2 });
    expect(engine.current).toMatchObject({ inputs: { size: 1 }, outputs: { size: 1 } });
  });

  it("deletes the old object of a replacement at the end, and retries a failed deletion in the next run", async () => {
    const engine = await withOne();
    const responses = { diff: () => replaced, delete: fails(new Error("in use")) };
    expect(await engine.up(provider(responses).process, { size: 2 })).toEqual(["in use"]);
    expect([engine.current?.id, engine.toDelete[0]?.id]).toEqual(["new", "old"]);
    const { asked, process } = provider();
    await engine.up(process, { size: 2 });
    expect(asked).toEqual(["check", "diff", "delete old"]);
  });

  it("creates without a second deletion after a delete-first replacement whose create failed", async () => {
    const engine = await withOne();
    const diff = () => ({ ...replaced, deleteBeforeReplace: true });
    await engine.up(provider({ diff, create: fails(new Error("no")) }).process, { size: 2 });
    const { asked, process } = provider();
    expect(await engine.pending(process, { size: 2 })).toContain("create the replacement");
    asked.length = 0;
    await engine.up(process, { size: 2 });
    expect(asked).toEqual(["check", "create"]);
    expect(engine.current?.id).toBe("new");
  });

  it("forgets a deleted object in a refresh, and the errors of an existing one", async () => {
    const engine = new ModelEngine();
    await engine.up(provider({ create: fails(partial("half-made")) }).process, {});
    await engine.refresh(provider().process);
    expect(engine.current?.initErrors).toEqual([]);
    await engine.refresh(provider({ read: () => ({ id: "", outputs: {}, inputs: {} }) }).process);
    expect(engine.current).toBeUndefined();
  });

  it("keeps a resource whose deletion failed", async () => {
    const engine = await withOne();
    await engine.destroy(provider({ delete: fails(new Error("no")) }).process);
    expect(engine.current?.id).toBe("old");
  });
});

describe("the model of a stack", () => {
  const sizes = (size: number) => [
    { size, name: "a" },
    { size, name: "b" },
  ];

  /** A stack whose state has two resources of size 1. */
  async function withTwo(): Promise<ModelStack> {
    const stack = new ModelStack(2);
    const create = (inputs: Properties) => ({
      id: `old ${String(inputs["name"])}`,
      outputs: inputs,
    });
    await stack.up(provider({ create }).process, sizes(1));
    return stack;
  }

  it("runs an operation for all resources and returns the error of each", async () => {
    const stack = await withTwo();
    const responses = {
      diff: () => ({ ...unchanged, changes: true }),
      update: fails(new Error("no")),
    };
    const { asked, process } = provider(responses);
    expect(await stack.up(process, sizes(2))).toEqual(["no", "no"]);
    expect(asked.filter((one) => one === "update")).toHaveLength(2);
    expect(stack.ids).toEqual(["old a", "old b"]);
  });

  it("deletes no old object of replacements if one of them failed", async () => {
    const stack = await withTwo();
    const create = (inputs: Properties) => {
      if (inputs["name"] === "b") throw new Error("no");
      return { id: "new a", outputs: inputs };
    };
    const { asked, process } = provider({ diff: () => replaced, create });
    expect(await stack.up(process, sizes(2))).toEqual(["no"]);
    expect(asked).not.toContain("delete old a");
    expect(stack.ids).toEqual(["new a", "old b"]);
  });
});
