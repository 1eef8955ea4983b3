import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { DoorName } from "../support/harness/doors";
import { PluginProcess } from "../support/harness/pluginProcess";
import { PluginResources } from "../support/harness/pluginResources";
import { ProviderProcess } from "../support/harness/providerProcess";
import type { ResourceProvider } from "../support/harness/resourceProvider";
import type { World } from "./world";

/** Longer than the longest run of a cell. */
const ANSWER_MS = 400_000;

const LOGIN = {
  username: "lab-user",
  password: "lab-user-pass",
  user_domain_name: "Default",
  project_name: "lab",
  project_domain_name: "Default",
};

/**
 * A provider process that serves many clouds at once, each under its own name in clouds.yaml, so that a
 * cell needs no new process. It has a copy of dist/, since a new build may replace dist/ in between.
 */
export class SharedProcess {
  private readonly entries = new Map<string, object>();

  private constructor(
    private readonly folder: string,
    private readonly process: Pick<ProviderProcess, "output" | "kill" | "stop">,
    private readonly provider: ResourceProvider,
  ) {
    this.write();
  }

  static async start(door: DoorName): Promise<SharedProcess> {
    const folder = mkdtempSync(join(tmpdir(), "vpnaas-faults-"));
    const env = { OS_CLIENT_CONFIG_FILE: join(folder, "clouds.yaml") };
    const answerMs = ANSWER_MS;
    if (door === "plugin") {
      const plugin = await PluginProcess.start(env, { isCopied: true, answerMs });
      await plugin.configure({});
      return new SharedProcess(folder, plugin, new PluginResources(plugin));
    }
    const provider = await ProviderProcess.start({
      config: {},
      env,
      package: "installed",
      answerMs,
    });
    return new SharedProcess(folder, provider, provider);
  }

  /** Lists a cloud in clouds.yaml for the duration of a function on resources of the cloud's kind. */
  async serve<T>(
    { cloud, sim, place }: World,
    act: (provider: ResourceProvider) => Promise<T>,
  ): Promise<T> {
    const auth = { auth_url: sim.identityUrl, ...LOGIN };
    this.entries.set(cloud, { auth, vpnaas: { dialect: place.dialect } });
    this.write();
    try {
      return await act(this.provider.as(place.kind));
    } finally {
      this.entries.delete(cloud);
      this.write();
    }
  }

  /** The complete output of the process. */
  get output(): string {
    return this.process.output;
  }

  /** Sends a SIGKILL. */
  kill(): void {
    this.process.kill();
  }

  async stop(): Promise<void> {
    await this.process.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** Replaces the file in one step, since the process may read it at any time. JSON is YAML. */
  private write(): void {
    const file = join(this.folder, "clouds.yaml");
    const text = JSON.stringify({ clouds: Object.fromEntries(this.entries) });
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** Processes without any memory of a cell: each logs in to the cell's cloud for the first time. */
export class Processes {
  private constructor(
    readonly door: DoorName,
    /** Prepares a cell. */
    readonly before: SharedProcess,
    /** Runs the operation with the fault. */
    readonly first: SharedProcess,
    /** Runs the operation again. */
    readonly next: SharedProcess,
    /** Runs the last preview without knowledge of earlier runs. */
    readonly last: SharedProcess,
  ) {}

  static async start(door: DoorName): Promise<Processes> {
    const start = () => SharedProcess.start(door);
    return new Processes(door, ...(await Promise.all([start(), start(), start(), start()])));
  }

  /** The complete output of all processes. */
  get output(): string {
    return this.all.map(({ output }) => output).join("\n");
  }

  async stop(): Promise<void> {
    await Promise.all(this.all.map((one) => one.stop()));
  }

  private get all(): SharedProcess[] {
    return [this.before, this.first, this.next, this.last];
  }
}
