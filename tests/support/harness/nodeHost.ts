import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface, type Interface } from "node:readline";

import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { killIfThere } from "./child";
import { quickStart } from "./quickStart";
import { IS_IN_TEST_FILE } from "./testFile";

/** A server of Pulumi's that a process of Node.js runs. */
export interface ServerOptions {
  /** The module that starts the server and prints its port. */
  readonly server: string;
  /** The address of the engine, with port; where nothing listens by default. */
  readonly engine?: string;
  /** The working folder. */
  readonly directory: string;
  /** All variables. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * The id of a process that has all output as its own, until {@link NodeHost.release}. It is written there before the
   * server answers, so that none is lost if that process is killed after the answer. Linux only.
   */
  readonly copyOutputTo?: number;
}

/** The parent of the server in place of the engine, which tests can kill. */
const ENGINE = `
const { spawn } = require("node:child_process");
const server = spawn(process.execPath, process.argv.slice(1), { stdio: "inherit" });
server.once("exit", () => process.exit());
process.send(server.pid);`;

const MAIN = join(__dirname, "nodeHostMain.cjs");

/** Processes without a server, in which the next one can begin; of one test file. */
const idle: NodeHost[] = [];

/** Outside Jest, and when a file ends, no process waits for another server. */
let keepsIdle = IS_IN_TEST_FILE;
if (keepsIdle) {
  afterAll(async () => {
    keepsIdle = false;
    await Promise.all(idle.splice(0).map((host) => host.end()));
  });
}

/**
 * A process of Node.js that runs servers of Pulumi's, one after the other: providers, and programs of stacks.
 * A start costs half a second of a core, most of it to load libraries, which stay loaded; each server has its
 * own copy of the package's modules.
 */
export class NodeHost {
  /** Resolves when the process has ended for any reason. */
  readonly ended: Promise<unknown>;
  private isGone = false;

  private constructor(
    private readonly folder: string,
    private readonly engine: ChildProcess,
    private readonly pid: number,
    readonly stdout: Interface,
    readonly stderr: Interface,
    private readonly isShared: boolean,
  ) {
    this.ended = once(engine, "close").then(() => (this.isGone = true));
  }

  /** Starts a server, in an idle process if there is one; `port` is that of the server. */
  static async serve(options: ServerOptions): Promise<{ host: NodeHost; port: string }> {
    for (let host = idle.pop(); host !== undefined; host = idle.pop()) {
      const port = await host.restart(options);
      if (port !== undefined) return { host, port };
    }
    return NodeHost.start(options, cleanEnvironment(tmpdir(), quickStart()), true);
  }

  /** Starts a server in a process that has its variables from the start and runs no other server. */
  static async serveAlone(options: ServerOptions): Promise<{ host: NodeHost; port: string }> {
    return NodeHost.start(options, options.environment, false);
  }

  private static async start(
    options: ServerOptions,
    env: NodeJS.ProcessEnv,
    isShared: boolean,
  ): Promise<{ host: NodeHost; port: string }> {
    const folder = mkdtempSync(join(tmpdir(), "vpnaas-host-"));
    writeOptions(folder, options);
    const engine = spawn(process.execPath, ["-e", ENGINE, "--", MAIN, optionsFile(folder)], {
      cwd: options.directory,
      env,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const [stdout, stderr] = [createInterface(engine.stdout!), createInterface(engine.stderr!)];
    const [[pid], [port]] = (await Promise.all([
      once(engine, "message"),
      once(stdout, "line"),
    ])) as [[number], [string]];
    return { host: new NodeHost(folder, engine, pid, stdout, stderr, isShared), port };
  }

  /** Lets the process run another server, or ends it. */
  async release(): Promise<void> {
    if (!keepsIdle || !this.isShared || this.isGone) return this.end();
    killIfThere(this.pid, "SIGHUP");
    idle.push(this);
  }

  /** Ends the process. */
  async end(): Promise<void> {
    this.kill();
    await this.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Kills the parent and leaves the server behind, like a SIGKILL of the engine. */
  killEngine(): void {
    this.engine.kill("SIGKILL");
  }

  /** Kills both at once, like a SIGKILL of the whole run. */
  kill(): void {
    this.engine.kill("SIGKILL");
    // Another process may have the id of one that has ended.
    if (!this.isGone) killIfThere(this.pid);
  }

  /** Closes the pipes of the server's output. */
  closeOutput(): void {
    this.engine.stdout!.destroy();
  }

  /** Starts another server; resolves to its port, or to undefined if the process has ended or ends instead. */
  private async restart(options: ServerOptions): Promise<string | undefined> {
    if (!this.isGone) {
      writeOptions(this.folder, options);
      const answer = once(this.stdout, "line");
      killIfThere(this.pid, "SIGUSR2");
      const [port] = (await Promise.race([answer, this.ended.then(() => [])])) as string[];
      if (port !== undefined) return port;
    }
    await this.end();
    return undefined;
  }
}

function optionsFile(folder: string): string {
  return join(folder, "options.json");
}

function writeOptions(folder: string, options: ServerOptions): void {
  writeFileSync(optionsFile(folder), JSON.stringify(options), { mode: 0o600 });
}
