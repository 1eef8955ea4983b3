/** Runs that are killed while each of their resources is at a different call. */
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
 * The moment at which a resource is stopped: before the execution of a call, or between its execution
 * and its response. `GET after POST` is the first poll after the POST, `GET` the read before any change.
 */
export interface Stop {
  readonly resource: string;
  readonly call: string;
  readonly when: "before" | "after";
}

/** The process that is killed with SIGKILL. */
export type Victim = "engine" | "provider";

/** The result of a killed run. */
export interface Killed {
  readonly code: number;
  /** The resources with a pending creation in the state. */
  readonly creating: readonly string[];
}

/** The command lines of the providers of both doors. */
const PROVIDER = /dynamic-provider|pulumi-resource-vpnaas/;

/** Ids of the processes that serve the resources of a stack; Linux only. */
export function providersOf(stack: TestStack): number[] {
  return processesWith("HOME", join(dirname(stack.directory), "home")).filter((pid) => {
    try {
      return PROVIDER.test(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
    } catch {
      return false;
    }
  });
}

/** A stack on a separate simulator, whose runs tests can stop and kill. */
export class CrashStage {
  /** The number of kills during the engine's own write of its state, which made the state unreadable. */
  private unreadable = 0;

  private constructor(
    readonly sim: Simulator,
    readonly cloud: Cloud,
    readonly program: ResourceStack,
  ) {}

  /** `env` is added to the login's environment for every run. */
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
   * Runs `up` until each stop is reached and all other steps are recorded, kills, and returns when run
   * and provider have ended. A call that was stopped before its execution is never executed.
   * @param created new resources whose creation is recorded before the kill; a stop may come before their first step
   */
  async crash(
    program: Program,
    stops: readonly Stop[],
    victim: Victim,
    created: readonly string[] = [],
  ): Promise<Killed> {
    const { stack } = this.program;
    let creating: string[];
    const names = new Map(this.inState().map(([resource, id]) => [id, resource]));
    // A list for several resources belongs to none of their calls, so it is refused and the provider sends single reads.
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
      const isCreated = (name: string) => this.inState().some(([resource]) => resource === name);
      const isStopped = () =>
        stopped.missing.length === 0 &&
        created.every(isCreated) &&
        (stopped.isAtLogin || isDeepStrictEqual(this.pending(), stopped.resources));
      await Promise.race([
        until("every stop", isStopped).catch((error: unknown) => {
          throw new Error(`${String(error)}: ${stopped.missing.join(", ")}\n${run.text}`);
        }),
        run.done.then(({ text }) => {
          throw new Error(`ended before ${stopped.missing.join(", ")}:\n${text}`);
        }),
      ]);
      // At the login the engine may still write the state of some resources.
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
   * Follows the documentation's steps after a crash: `pulumi cancel` if it left a lock, `pulumi up`, and
   * `pulumi refresh --clear-pending-creates` if the state still has pending creations. Fails if the next
   * preview has changes.
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

  /** The objects of a kind in the cloud, by the resource in their default names. */
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

  /** The number of objects created for each resource since the request of a number. */
  madeSince(begin: number): Record<string, number> {
    const made: Record<string, number> = {};
    for (const { method, status, body } of this.sim.requests.slice(begin)) {
      const resource = method === "POST" && status === 201 ? resourceOf(nameIn(body)) : undefined;
      if (resource !== undefined) made[resource] = (made[resource] ?? 0) + 1;
    }
    return made;
  }

  /** The resources with pending operations in the state, of one type or any. */
  pending(type?: string): string[] {
    const all = this.state().pending_operations ?? [];
    const operations = all.filter((one) => (type ?? one.type) === one.type);
    return operations.map(({ resource }) => resource.urn.split("::").at(-1)!).sort();
  }

  /** The file of the state, beside its `.bak` and `.attrs` files. */
  get stateFile(): string {
    const root = dirname(this.program.stack.directory);
    return join(root, "state/.pulumi/stacks/resources/test.json");
  }

  /** Runs `pulumi cancel`. An engine killed during a write of the state leaves an empty `.attrs` file. */
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

  /** The state on disk at any moment of a run; empty before the first write. */
  private state(): Deployment["deployment"] {
    const text = readFileSync(this.stateFile, "utf8");
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest?: Deployment["deployment"] };
    };
    return checkpoint.latest ?? {};
  }
}

/** The calls of a run; holds those with a stop. */
class Stopped {
  /** The last change of each object, if any. */
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
        // The error closes the socket, and the simulator does not execute the request.
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

  /** Whether the stops are at the one login of all resources. */
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

/** Whether a request lists several objects by names or ids, or statuses. */
function isForMany({ method, query }: RecordedRequest): boolean {
  const asked = new URLSearchParams(query);
  const several = ["id", "name"].some((key) => asked.getAll(key).length > 1);
  return method === "GET" && (several || asked.has("fields"));
}

/** The resource of this stack that has a default name. */
function resourceOf(name: unknown): string | undefined {
  return typeof name === "string" ? /^test-(.+)-[0-9a-f]{7}$/.exec(name)?.[1] : undefined;
}

/** The name of the object in a body. */
function nameIn(body: unknown): string | undefined {
  const [object] = Object.values((body ?? {}) as Record<string, { name?: string }>);
  return object?.name;
}
