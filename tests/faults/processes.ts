import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ProviderProcess } from "../support/harness/providerProcess";
import type { World } from "./world";

/** Longer than any run may take here. */
const ANSWER_MS = 400_000;

const LOGIN = {
  username: "lab-user",
  password: "lab-user-pass",
  user_domain_name: "Default",
  project_name: "lab",
  project_domain_name: "Default",
};

/**
 * A provider process that serves many clouds at once, each by a name of its own in its clouds.yaml,
 * so that a cell costs no process. It holds a copy of dist/, which may be built anew meanwhile.
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

  /** Lets it find a cloud as long as something is done there with resources of the cloud's kind. */
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

  /** Everything that it has printed. */
  get output(): string {
    return this.provider.output;
  }

  /** A SIGKILL. */
  kill(): void {
    this.provider.kill();
  }

  async stop(): Promise<void> {
    await this.provider.stop();
    rmSync(this.folder, { recursive: true });
  }

  /** In one step, since the process may be reading. JSON is YAML. */
  private write(): void {
    const file = join(this.folder, "clouds.yaml");
    const text = JSON.stringify({ clouds: Object.fromEntries(this.entries) });
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** To a cell these are fresh: each meets its cloud, and logs in there, for the first time. */
export class Processes {
  private constructor(
    /** Makes the setting. */
    readonly before: SharedProcess,
    /** Meets the fault. */
    readonly first: SharedProcess,
    /** Serves what comes after. */
    readonly next: SharedProcess,
    /** Serves the last preview, which knows nothing of what was done before. */
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

  /** Everything that they have printed. */
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
