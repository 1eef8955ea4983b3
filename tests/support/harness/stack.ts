import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { findEngine } from "../../../scripts/engine";
import { ChildHandle, killIfThere, processesWith, type RunResult } from "./child";
import { DOOR, type DoorName } from "./doors";
import { KEY_SERVER, keyVariables } from "./keyServer";
import { quickStart } from "./quickStart";
import { addSharedHosts, HOSTED_PLUGINS, OWN_PROCESSES } from "./sharedHosts";
import { makeStackFolder, programIn, removeFolder, saveFolder } from "./stackFolder";
import { IS_IN_TEST_FILE } from "./testFile";

export type { ChildHandle, RunResult };

/** A resource of the state, with encrypted secrets. */
export interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  provider?: string;
  initErrors?: string[];
  [key: string]: unknown;
}

/** The output of `pulumi stack export`. */
export interface Deployment {
  version: number;
  deployment: {
    resources?: StateResource[];
    pending_operations?: { resource: StateResource; type: string }[];
    [key: string]: unknown;
  };
}

/** The file of a state in a folder. */
interface StateFile {
  version: number;
  checkpoint: { latest?: Deployment["deployment"] };
}

/** The expected result of a run; `success` by default. */
export interface Expectation {
  expect?: "success" | "failure" | "any";
}

/** A store of states that several operators share. */
export interface StateStore {
  /** The argument of `pulumi login`. */
  readonly url: string;
  /** Variables that every command needs, such as a password. */
  readonly env: Record<string, string>;
}

/** Options of a {@link TestStack}. */
export interface StackOptions {
  /** Folder with Pulumi.yaml and index.js or index.ts; copied without its node_modules. */
  program: string;
  /** Stack configuration; a key without a namespace is the project's. */
  config?: Record<string, string>;
  secretConfig?: Record<string, string>;
  /** Variables added to the clean environment of every run. */
  env?: Record<string, string>;
  /** The store of its state; by default a folder of the stack. */
  store?: StateStore;
  /** The door of the program, whose import is changed for the plugin; {@link DOOR} by default. */
  door?: DoorName;
  /**
   * Whether each command of {@link TestStack.run} has its own processes of Node.js, as a user's has, or uses
   * those of other commands, see {@link addSharedHosts}. `own` by default.
   */
  processes?: "own" | "shared";
  /**
   * Where each command has the key of the state's secrets from: its passphrase, or a server, see {@link keyVariables}.
   * The server for `shared` processes by default.
   */
  key?: "passphrase" | "server";
}

/** The limit of a run in a test: less than the test's, whose report would not have the output of the run. */
const LONGEST_RUN_MS = 240_000;

const command = resolve(__dirname, "..", "..", "..", "dist", "cli", "main.js");

/**
 * A Pulumi stack named `test` in a separate temporary folder, run by the real command line, with the
 * built dist/ of this repository as `pulumi-vpnaas`. It is isolated from the caller's environment (see
 * {@link cleanEnvironment}), so that several stacks can run concurrently.
 */
export class TestStack {
  private readonly children = new Set<ChildHandle>();
  private saved: ReturnType<typeof saveFolder> | undefined;

  private constructor(
    private readonly root: string,
    private readonly engine: string,
    private env: Record<string, string>,
    private readonly store: StateStore | undefined,
    private readonly hasSharedHosts: boolean,
    private readonly keyEnv: Record<string, string> | undefined,
  ) {}

  /** Copies the program, creates the stack and sets its configuration. */
  static async create(options: StackOptions): Promise<TestStack> {
    const engine = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
    const { program, config = {}, secretConfig = {}, env = {}, store, door = DOOR } = options;
    const isShared = options.processes === "shared";
    const key = options.key ?? (isShared ? "server" : "passphrase");
    const keyEnv = key === "server" ? await keyVariables() : undefined;
    const root = makeStackFolder(program, { door, plugins: isShared ? HOSTED_PLUGINS : [] });
    const stack = new TestStack(root, engine, env, store, isShared, keyEnv);
    return stack.begun(() => stack.init(config, secretConfig));
  }

  /** The same stack for a second operator: a copy of the folder, and a separate HOME. */
  async another(): Promise<TestStack> {
    if (this.store === undefined) throw new Error("only a stack in a store has several operators");
    const root = makeStackFolder(this.directory, { door: "dynamic" });
    const { engine, env, store, hasSharedHosts, keyEnv } = this;
    const stack = new TestStack(root, engine, env, store, hasSharedHosts, keyEnv);
    return stack.begun(() => stack.run(["stack", "select", "test"]));
  }

  /** The folder of the program; every run starts in it. */
  get directory(): string {
    return programIn(this.root);
  }

  /** Replaces the variables added to the clean environment of later runs. */
  setEnv(env: Record<string, string>): void {
    this.env = env;
  }

  /** Sets one plain key of the stack configuration. */
  async setConfig(key: string, value: string): Promise<void> {
    await this.run(["config", "set", "--stack", "test", "--plaintext", "--", key, value]);
  }

  /** Writes a file below {@link directory}, such as data that the program reads. */
  write(file: string, content: string): void {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /**
   * Runs `pulumi` to its end.
   * @throws Error with the output if the exit code is not the expected one, or if it does not end in the time of a test.
   */
  async run(args: string[], { expect = "success" }: Expectation = {}): Promise<RunResult> {
    const child = this.spawn(join(this.engine, "pulumi"), args);
    const kill = (): void => child.kill("SIGKILL");
    const timer = IS_IN_TEST_FILE ? setTimeout(kill, LONGEST_RUN_MS) : undefined;
    const result = await child.done.finally(() => clearTimeout(timer));
    if (timer && result.signal === "SIGKILL" && result.seconds * 1_000 >= LONGEST_RUN_MS) {
      throw new Error(`pulumi ${args.join(" ")}: no end in ${result.seconds} s\n${result.text}`);
    }
    if (expect !== "any" && (result.code === 0) !== (expect === "success")) {
      throw new Error(`pulumi ${args.join(" ")}: exit code ${result.code}\n${result.text}`);
    }
    return result;
  }

  /** Starts an operation without its preview and does not wait for its end. */
  begin(name: "up" | "destroy"): ChildHandle {
    return this.start(operation(name, "--yes", "--skip-preview"));
  }

  /** Starts `pulumi`, with its own processes, and does not wait for its end. */
  start(args: string[]): ChildHandle {
    return this.spawn(join(this.engine, "pulumi"), args, { [OWN_PROCESSES]: "1" });
  }

  /** Runs a verb of the built `pulumi-vpnaas` in the program's folder to its end, with any exit code. */
  verb(args: string[]): Promise<RunResult> {
    return this.spawn(process.execPath, [command, ...args]).done;
  }

  /** Runs a script of bash in the program's folder to its end, with any exit code. */
  bash(script: string): Promise<RunResult> {
    return this.spawn("bash", ["-e", "-o", "pipefail", "-c", script]).done;
  }

  /** Runs `pulumi up` without its preview. */
  async up(extra: string[] = [], options?: Expectation): Promise<RunResult> {
    return this.run(operation("up", "--yes", "--skip-preview", ...extra), options);
  }

  async preview(extra: string[] = [], options?: Expectation): Promise<RunResult> {
    return this.run(operation("preview", ...extra), options);
  }

  /** Runs `pulumi refresh` without its preview. */
  async refresh(extra: string[] = [], options?: Expectation): Promise<RunResult> {
    const preview = extra.includes("--preview-only") ? [] : ["--yes", "--skip-preview"];
    return this.run(operation("refresh", ...preview, ...extra), options);
  }

  /** Runs `pulumi destroy` without its preview. */
  async destroy(extra: string[] = [], options?: Expectation): Promise<RunResult> {
    return this.run(operation("destroy", "--yes", "--skip-preview", ...extra), options);
  }

  /** The state, like the output of `pulumi stack export`; from its file if it is in the folder of the stack. */
  async export(): Promise<Deployment> {
    const file = this.stateFile();
    if (file === undefined) {
      const { stdout } = await this.run(["stack", "export", "--stack", "test"]);
      return JSON.parse(stdout) as Deployment;
    }
    const { version, checkpoint } = JSON.parse(readFileSync(file, "utf8")) as StateFile;
    return { version, deployment: checkpoint.latest ?? {} };
  }

  /** All resources of {@link export}, including the stack and the providers. */
  async resources(): Promise<StateResource[]> {
    return (await this.export()).deployment.resources ?? [];
  }

  /** Replaces the state by `edit`'s result for the JSON of {@link export}. */
  async rewriteState(edit: (text: string) => string): Promise<void> {
    this.write("state.json", edit(JSON.stringify(await this.export())));
    await this.run(["stack", "import", "--stack", "test", "--file", "state.json"]);
  }

  /** The content of all files of the backend on disk: state, history, backups, locks. */
  stateText(): string {
    const state = join(this.root, "state");
    return readdirSync(state, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .join("\n");
  }

  /**
   * Saves files and variables, once for a stack; the returned function kills all processes and restores
   * both. Not for a stack in a {@link StateStore}.
   */
  save(): () => Promise<void> {
    const { env } = this;
    this.saved = saveFolder(this.root);
    return async () => {
      await this.kill();
      this.saved?.restore();
      this.env = env;
    };
  }

  /** Kills all processes of this stack, including orphaned providers, and removes its folder. */
  async dispose(): Promise<void> {
    await this.kill();
    removeFolder(this.root);
    this.saved?.discard();
  }

  private async kill(): Promise<void> {
    const children = [...this.children];
    for (const child of children) child.kill("SIGKILL");
    // An orphan may start a process or write a file until its end, so the search is repeated.
    for (let orphans = this.processes(); orphans.length > 0; orphans = this.processes()) {
      for (const pid of orphans) killIfThere(pid);
      await sleep(20);
    }
    await Promise.allSettled(children.map((child) => child.done));
  }

  /** The file of the state, unless a server stores it. */
  private stateFile(): string | undefined {
    const stacks = join(this.root, "state", ".pulumi", "stacks");
    const projects = existsSync(stacks) ? readdirSync(stacks) : [];
    const files = projects.map((project) => join(stacks, project, "test.json"));
    return files.find((file) => existsSync(file));
  }

  private spawn(program: string, args: string[], extra: Record<string, string> = {}): ChildHandle {
    const env = cleanEnvironment(this.root, {
      PATH: [this.engine, process.env["PATH"] ?? ""].join(delimiter),
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      ...quickStart(),
      ...this.keyEnv,
      // After a login its backend applies, so the variable is empty.
      ...(this.store && { ...this.store.env, PULUMI_BACKEND_URL: "" }),
      ...this.env,
      ...extra,
    });
    const child = new ChildHandle(program, args, this.directory, env);
    this.children.add(child);
    const forget = (): boolean => this.children.delete(child);
    child.done.then(forget, forget);
    return child;
  }

  private processes(): number[] {
    return processesWith("HOME", join(this.root, "home"));
  }

  /** Returns this stack after the login and the other steps before the first run. */
  private async begun(rest: () => Promise<unknown>): Promise<this> {
    try {
      if (this.hasSharedHosts) await addSharedHosts(this.root, this.engine);
      if (this.store) await this.run(["login", this.store.url]);
      await rest();
      return this;
    } catch (error) {
      await this.dispose();
      throw error;
    }
  }

  /** Writes plain configuration as a file, because each `pulumi config set` is a process. */
  private async init(
    config: Record<string, string>,
    secretConfig: Record<string, string>,
  ): Promise<void> {
    const project = /^name:\s*(\S+)/m.exec(
      readFileSync(join(this.directory, "Pulumi.yaml"), "utf8"),
    )?.[1];
    const entries = Object.entries(config).map(([key, value]) => {
      const full = key.includes(":") ? key : `${project}:${key}`;
      return `  ${JSON.stringify(full)}: ${JSON.stringify(value)}\n`;
    });
    if (entries.length > 0) this.write("Pulumi.test.yaml", `config:\n${entries.join("")}`);
    const key = this.keyEnv === undefined ? [] : ["--secrets-provider", KEY_SERVER];
    await this.run(["stack", "init", "test", "--non-interactive", ...key]);
    const secrets = Object.entries(secretConfig).flatMap(([key, value]) => [
      "--secret",
      `${key}=${value}`,
    ]);
    if (secrets.length > 0) await this.run(["config", "set-all", "--stack", "test", ...secrets]);
  }
}

function operation(name: string, ...args: string[]): string[] {
  return [name, "--stack", "test", "--non-interactive", "--color", "never", ...args];
}
