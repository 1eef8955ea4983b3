/** Runs that are killed while each of their resources is at a call of its own. */
import { readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";

import {
  startSimulator,
  type Answer,
  type RecordedRequest,
  type Simulator,
} from "../../../simulator";
import { processesWith } from "./child";
import { cloudOf, loginOf, type Cloud } from "./cloud";
import { KINDS, type Kind } from "./kinds";
import { ResourceStack, type Program } from "./resources";
import type { Deployment, TestStack } from "./stack";
import { until } from "./until";

/**
 * Where a resource is stopped: before a call was done, or after it was done and before it is
 * answered. `GET after POST` is the first look after it, `GET` the one before anything else.
 */
export interface Stop {
  readonly resource: string;
  readonly call: string;
  readonly when: "before" | "after";
}

/** Who is killed with SIGKILL. */
export type Victim = "engine" | "provider";

/** What a killed run left. */
export interface Killed {
  readonly code: number;
  /** The resources that the state held as being created. */
  readonly creating: readonly string[];
}

/** Ids of the processes that serve the resources of a stack; Linux only. */
export function providersOf(stack: TestStack): number[] {
  return processesWith("HOME", join(dirname(stack.directory), "home")).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider");
    } catch {
      return false;
    }
  });
}

/** A stack on a simulator of its own, whose runs can be stopped and killed. */
export class CrashStage {
  /** How many kills met the engine while it wrote its state, so that the state could not be read. */
  private unreadable = 0;

  private constructor(
    readonly sim: Simulator,
    readonly cloud: Cloud,
    readonly program: ResourceStack,
  ) {}

  /** `env` is for every run, besides the login. */
  static async open(env: Record<string, string> = {}): Promise<CrashStage> {
    const sim = await startSimulator({ pendingMs: 300 });
    const cloud = await cloudOf(sim);
    const program = await ResourceStack.make(cloud);
    program.stack.setEnv({ ...loginOf(cloud), ...env });
    return new CrashStage(sim, cloud, program);
  }

  async close(): Promise<void> {
    if (this.unreadable > 0) {
      process.stdout.write(`${this.unreadable} kills left a state that could not be read\n`);
    }
    await this.program.dispose();
    await this.cloud.stop();
  }

  /**
   * Runs `up` until each of the stops has been reached and all else is done and recorded, kills, and
   * returns when run and provider are gone. What was stopped before it was done is never done.
   */
  async crash(program: Program, stops: readonly Stop[], victim: Victim): Promise<Killed> {
    const { stack } = this.program;
    let creating: string[];
    const names = new Map(this.inState().map(([resource, id]) => [id, resource]));
    // What is asked for many at once stands at no call of any of them, so that it is asked for singly.
    const alone = { when: isForMany, times: Infinity, answer: { status: 400, body: {} } };
    this.sim.script(alone);
    const stopped = new Stopped(this.sim, stops, names);
    this.program.write(program);
    const run = stack.start([
      "up",
      "--yes",
      "--skip-preview",
      "--stack",
      "test",
      "--parallel",
      "64",
      "--non-interactive",
      "--color",
      "never",
    ]);
    try {
      const isStopped = () =>
        stopped.missing.length === 0 &&
        (stopped.isAtLogin || isDeepStrictEqual(this.pending(), stopped.resources));
      await Promise.race([
        until("every stop", isStopped).catch((error: unknown) => {
          throw new Error(`${String(error)}: ${stopped.missing.join(", ")}\n${run.text}`);
        }),
        run.done.then(({ text }) => {
          throw new Error(`ended before ${stopped.missing.join(", ")}:\n${text}`);
        }),
      ]);
      // A login may come at any moment of many resources; the state is written for some of them then.
      if (stopped.isAtLogin) await sleep(1_000);
      creating = this.pending("creating");
      if (victim === "engine") run.kill("SIGKILL");
      else for (const pid of providersOf(stack)) process.kill(pid, "SIGKILL");
      await until("the provider's end", () => providersOf(stack).length === 0, 10_000);
    } catch (error) {
      run.kill("SIGKILL");
      throw error;
    } finally {
      stopped.release();
      alone.times = 0;
    }
    return { code: (await run.done).code, creating };
  }

  /**
   * Does what the docs say to do after a crash: `pulumi cancel` if it left a lock, `pulumi up`, and
   * `pulumi refresh --clear-pending-creates` if the state still holds interrupted creations. The next
   * preview has to be empty.
   * @returns the resources whose creation was still pending after `up`
   */
  async goOn({ isLocked }: { isLocked: boolean }): Promise<string[]> {
    const { stack } = this.program;
    if (isLocked) await this.unlock();
    await stack.up();
    const pending = this.pending();
    if (pending.length > 0) await stack.refresh(["--clear-pending-creates"]);
    await stack.preview(["--expect-no-changes"]);
    expect(this.pending()).toEqual([]);
    return pending;
  }

  /** The objects of a kind in the cloud, by the resource that their names tell. */
  async inCloud(kind: Kind): Promise<[resource: string, id: string][]> {
    const objects = await this.cloud.api.list(KINDS[kind].path);
    return objects
      .map(({ id, name }): [string, string] => [resourceOf(name) ?? String(name), id])
      .sort();
  }

  /** The resources in the state, with the ids of their objects. */
  inState(): [resource: string, id: string][] {
    return (this.state().resources ?? [])
      .filter(({ type }) => type.includes("vpnaas:"))
      .map(({ urn, id }): [string, string] => [urn.split("::").at(-1)!, id!])
      .sort();
  }

  /** How many objects were made for each resource since the request of that number. */
  madeSince(begin: number): Record<string, number> {
    const made: Record<string, number> = {};
    for (const { method, status, body } of this.sim.requests.slice(begin)) {
      const resource = method === "POST" && status === 201 ? resourceOf(nameIn(body)) : undefined;
      if (resource !== undefined) made[resource] = (made[resource] ?? 0) + 1;
    }
    return made;
  }

  /** The resources with operations, of one type or any, that the state holds as pending. */
  pending(type?: string): string[] {
    const all = this.state().pending_operations ?? [];
    const operations = all.filter((one) => (type ?? one.type) === one.type);
    return operations.map(({ resource }) => resource.urn.split("::").at(-1)!).sort();
  }

  /** The file of the state; `.bak` and `.attrs` of it are beside it. */
  get stateFile(): string {
    const root = dirname(this.program.stack.directory);
    return join(root, "state/.pulumi/stacks/resources/test.json");
  }

  /** `pulumi cancel`. An engine that was killed while it wrote the state leaves an empty `.attrs` file. */
  private async unlock(): Promise<void> {
    const { stack } = this.program;
    const cancel = ["cancel", "--yes", "--stack", "test"];
    const { code, text } = await stack.run(cancel, { expect: "any" });
    if (code === 0) return;
    expect(text).toContain("failed to load checkpoint: EOF");
    this.unreadable += 1;
    rmSync(`${this.stateFile}.attrs`);
    await stack.run(cancel);
  }

  /** The state as it is on disk, at any moment of a run; nothing before the first one. */
  private state(): Deployment["deployment"] {
    const text = readFileSync(this.stateFile, "utf8");
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest?: Deployment["deployment"] };
    };
    return checkpoint.latest ?? {};
  }
}

/** The calls of a run; holds those at which it is to stop. */
class Stopped {
  /** What each object was last told to do, if anything. */
  private readonly steps = new Map<string, string>();
  private readonly reached = new Set<Stop>();
  private open: () => void = () => undefined;
  private readonly released = new Promise<void>((resolve) => (this.open = resolve));
  private isOver = false;

  constructor(
    sim: Simulator,
    private readonly stops: readonly Stop[],
    /** Resources by the ids of their objects. */
    private readonly names: Map<string, string>,
  ) {
    const calls = new WeakMap<RecordedRequest, Stop[]>();
    sim.script({
      times: Infinity,
      when: () => !this.isOver,
      onRequest: async (request) => {
        const met = this.stopsAt(request);
        calls.set(request, met);
        if (!met.some(({ when }) => when === "before")) return;
        met.forEach((one) => this.reached.add(one));
        await this.released;
        // The socket is closed then, and nothing is done.
        throw new Error("never done");
      },
      answer: async (usual, request) => {
        this.remember(usual, request);
        const met = calls.get(request)!;
        met.forEach((one) => this.reached.add(one));
        if (met.length > 0) await this.released;
        return usual;
      },
    });
  }

  get missing(): string[] {
    return this.stops
      .filter((one) => !this.reached.has(one))
      .map(({ resource, call, when }) => `${resource} ${when} ${call}`);
  }

  /** Whether all resources are stopped at once. */
  get isAtLogin(): boolean {
    return this.stops.some(({ call }) => call === "login");
  }

  get resources(): string[] {
    return [...new Set(this.stops.map(({ resource }) => resource))].sort();
  }

  release(): void {
    this.isOver = true;
    this.open();
  }

  private stopsAt(request: RecordedRequest): Stop[] {
    const { resource, call } = this.callOf(request);
    return this.stops.filter(
      (one) => one.call === call && (one.resource === resource || call === "login"),
    );
  }

  private callOf({ method, path, query, body }: RecordedRequest): {
    resource?: string;
    call: string;
  } {
    if (path.endsWith("/auth/tokens")) return { call: "login" };
    const [, id] = /\/([0-9a-f-]{36})$/.exec(path) ?? [];
    if (id === undefined) {
      const resource = resourceOf(nameIn(body) ?? new URLSearchParams(query).get("name"));
      return {
        ...(resource !== undefined && { resource }),
        call: method === "GET" ? "list" : method,
      };
    }
    const resource = this.names.get(id);
    const before = this.steps.get(id);
    if (method !== "GET") this.steps.set(id, method);
    const call = method === "GET" && before !== undefined ? `GET after ${before}` : method;
    return { ...(resource !== undefined && { resource }), call };
  }

  private remember({ body, status }: Answer, request: RecordedRequest): void {
    if (request.method !== "POST" || status !== 201) return;
    const [made] = Object.values(body as Record<string, { id?: string }>);
    const { resource } = this.callOf(request);
    if (made?.id === undefined || resource === undefined) return;
    this.names.set(made.id, resource);
    this.steps.set(made.id, "POST");
  }
}

/** Whether a list is of several objects, by their names or ids, or of statuses. */
function isForMany({ method, query }: RecordedRequest): boolean {
  const asked = new URLSearchParams(query);
  const several = ["id", "name"].some((key) => asked.getAll(key).length > 1);
  return method === "GET" && (several || asked.has("fields"));
}

/** The resource of this stack that a default name is of. */
function resourceOf(name: unknown): string | undefined {
  return typeof name === "string" ? /^test-(.+)-[0-9a-f]{7}$/.exec(name)?.[1] : undefined;
}

/** The name that a body gives to an object. */
function nameIn(body: unknown): string | undefined {
  const [object] = Object.values((body ?? {}) as Record<string, { name?: string }>);
  return object?.name;
}
