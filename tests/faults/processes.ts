import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ProviderProcess } from "../support/harness/providerProcess";
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
    private readonly provider: ProviderProcess,
  ) {
    this.write();
  }

  static async start(): Promise<SharedProcess> {
    const folder = mkdtempSync(join(tmpdir(), "vpnaas-faults-"));
    const provider = await ProviderProcess.start({
      config: {},
      env: { OS_CLIENT_CONFIG_FILE: join(folder, "clouds.yaml") },
      package: "installed",
      answerMs: ANSWER_MS,
    });
    return new SharedProcess(folder, provider);
  }

  /** Lists a cloud in clouds.yaml for the duration of a function on resources of the cloud's kind. */
  async serve<T>(
    { cloud, sim, place }: World,
    act: (provider: ProviderProcess) => Promise<T>,
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
    return this.provider.output;
  }

  /** Sends a SIGKILL. */
  kill(): void {
    this.provider.kill();
  }

  async stop(): Promise<void> {
    await this.provider.stop();
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
    /** Prepares a cell. */
    readonly before: SharedProcess,
    /** Runs the operation with the fault. */
    readonly first: SharedProcess,
    /** Runs the operation again. */
    readonly next: SharedProcess,
    /** Runs the last preview without knowledge of earlier runs. */
    readonly last: SharedProcess,
  ) {}

  static async start(): Promise<Processes> {
    const [before, first, next, last] = await Promise.all([
      SharedProcess.start(),
      SharedProcess.start(),
      SharedProcess.start(),
      SharedProcess.start(),
    ]);
    return new Processes(before, first, next, last);
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
