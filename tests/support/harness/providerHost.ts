import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface, type Interface } from "node:readline";

import packageJson from "../../../package.json";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { lazySdk } from "./lazySdk";

/** The options of a provider's process. */
export interface HostOptions {
  /** Variables added to the clean environment; the project is named `project`. */
  env?: Record<string, string>;
  /** Files in the program's folder, where the process runs, readable by the owner alone; HOME is `home` there. */
  files?: Record<string, string>;
  /** Whether the program's folder has a copy of the package, like npm's, or a link to it. */
  package?: "linked" | "installed";
  /** The copy of Pulumi's SDK: the pinned one, or the oldest of the peer range. */
  sdk?: "@pulumi/pulumi" | "pulumi-oldest";
}

const repository = resolve(__dirname, "..", "..", "..");

/** The parent of the provider in place of the engine, which tests can kill. */
const ENGINE = `
const { spawn } = require("node:child_process");
const provider = spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" });
provider.once("exit", () => process.exit());
process.send(provider.pid);`;

/** Processes without a provider, in which the next one can begin; of one test file. */
const idle: ProviderHost[] = [];

/** Outside Jest, and when a file ends, no process waits for another provider. */
let keepsIdle = typeof afterAll === "function";
if (keepsIdle) {
  afterAll(async () => {
    keepsIdle = false;
    await Promise.all(idle.splice(0).map((host) => host.end()));
  });
}

/**
 * A process of Pulumi's dynamic-provider server, with the program's folder. A start costs half a second of a core,
 * most of it to load libraries, so a process that is not special serves one provider after the other; each has its own
 * server and its own copy of the package's modules.
 */
export class ProviderHost {
  /** Resolves when the process has ended for any reason. */
  readonly ended: Promise<unknown>;
  private isGone = false;

  private constructor(
    private readonly root: string,
    private readonly engine: ChildProcess,
    private readonly pid: number,
    readonly stdout: Interface,
    readonly stderr: Interface,
    private readonly isSpecial: boolean,
  ) {
    this.ended = once(engine, "close").then(() => (this.isGone = true));
  }

  /** A process with the given options, and the port of its provider. */
  static async serve(options: HostOptions): Promise<{ host: ProviderHost; port: string }> {
    const host = isSpecial(options) ? undefined : idle.pop();
    return host === undefined
      ? ProviderHost.start(options)
      : { host, port: await host.reload(options) };
  }

  private static async start(options: HostOptions): Promise<{ host: ProviderHost; port: string }> {
    const root = mkdtempSync(join(tmpdir(), "vpnaas-provider-"));
    installInto(join(root, "node_modules"), options.package ?? "linked");
    writeFiles(root, options);
    const server = require.resolve(`${options.sdk ?? "@pulumi/pulumi"}/cmd/dynamic-provider`);
    const engine = spawn(
      process.execPath,
      ["-e", ENGINE, "--", "--require", RELOAD, server, "127.0.0.1:1"],
      { cwd: root, env: environmentOf(root, options), stdio: ["ignore", "pipe", "pipe", "ipc"] },
    );
    const [stdout, stderr] = [createInterface(engine.stdout!), createInterface(engine.stderr!)];
    const [[pid], [port]] = (await Promise.all([
      once(engine, "message"),
      once(stdout, "line"),
    ])) as [[number], [string]];
    return { host: new ProviderHost(root, engine, pid, stdout, stderr, isSpecial(options)), port };
  }

  /** Lets the process serve another provider, or ends it. */
  async release(): Promise<void> {
    if (keepsIdle && !this.isSpecial && !this.isGone) idle.push(this);
    else await this.end();
  }

  /** Ends the process and removes its folder. */
  async end(): Promise<void> {
    this.kill();
    await this.ended;
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Kills the parent and leaves the provider behind, like a SIGKILL of the engine. */
  killEngine(): void {
    this.engine.kill("SIGKILL");
  }

  /** Kills both at once, like a SIGKILL of the whole run. */
  kill(): void {
    this.engine.kill("SIGKILL");
    // Another process may have the id of one that has ended.
    if (!this.isGone) killIfThere(this.pid);
  }

  /** Closes the pipes of the provider's output. */
  closeOutput(): void {
    this.engine.stdout!.destroy();
  }

  private async reload(options: HostOptions): Promise<string> {
    for (const entry of readdirSync(this.root).filter((one) => one !== "node_modules")) {
      rmSync(join(this.root, entry), { recursive: true });
    }
    writeFiles(this.root, options);
    const environment = JSON.stringify(environmentOf(this.root, options));
    writeFileSync(join(this.root, "environment.json"), environment, { mode: 0o600 });
    const answer = once(this.stdout, "line");
    process.kill(this.pid, "SIGUSR2");
    const [port] = (await Promise.race([answer, this.ended.then(() => [])])) as string[];
    if (port === undefined) throw new Error("the provider's process ended instead of a reload");
    rmSync(join(this.root, "environment.json"));
    return port;
  }
}

const RELOAD = join(__dirname, "providerReload.cjs");

/** Whether only a new process has these options: Node and the SDK read their own variables at the start. */
function isSpecial({
  env = {},
  sdk = "@pulumi/pulumi",
  package: how = "linked",
}: HostOptions): boolean {
  const hasOwn = Object.keys(env).some((name) => /^(NODE_|PULUMI_|TZ$)/.test(name));
  return hasOwn || sdk !== "@pulumi/pulumi" || how !== "linked";
}

function environmentOf(root: string, { env }: HostOptions): NodeJS.ProcessEnv {
  return cleanEnvironment(root, { PULUMI_NODEJS_PROJECT: "project", ...lazySdk(), ...env });
}

function writeFiles(root: string, { files = {} }: HostOptions): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content, { mode: 0o600 });
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Adds this package and its peer to a folder `node_modules`; returns the package's folder. */
export function installInto(folder: string, how: "linked" | "installed"): string {
  const target = join(folder, packageJson.name);
  const links = ["@pulumi/pulumi"];
  mkdirSync(folder, { recursive: true });
  if (how === "linked") symlinkSync(repository, target, "junction");
  else {
    for (const entry of ["dist", "schema.json", "package.json"]) {
      cpSync(join(repository, entry), join(target, entry), { recursive: true });
    }
    links.push(...Object.keys(packageJson.dependencies));
  }
  for (const name of links) {
    const link = join(folder, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(repository, "node_modules", name), link, "junction");
  }
  return target;
}
