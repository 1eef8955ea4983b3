import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

import type { Report } from "../../../provider/drift/report";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { findEngine } from "../../../scripts/engine";
import {
  startSimulator,
  type FaultRule,
  type RecordedRequest,
  type Simulator,
} from "../../../simulator";
import { ChildHandle, type RunResult } from "../../support/harness/child";
import { cloudOf, loginOf, type Cloud } from "../../support/harness/cloud";
import { ref, ResourceStack, type Program } from "../../support/harness/resources";

const command = resolve(__dirname, "..", "..", "..", "dist", "cli", "main.js");
const SECRETS = ["canary-psk", "canary-other", "canary-password", "lab-user-pass"];

interface How {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly fault?: FaultRule;
}

/** `pulumi-vpnaas drift` in a project whose stack `test` has drifted in `main`. */
export class DriftCommand {
  /** The requests of the last run to the network API. */
  sent: RecordedRequest[] = [];

  private constructor(
    readonly simulator: Simulator,
    readonly cloud: Cloud,
    readonly program: ResourceStack,
  ) {}

  static async make(): Promise<DriftCommand> {
    const simulator = await startSimulator({ pendingMs: 0 });
    const cloud = await cloudOf(simulator);
    const made = new DriftCommand(
      simulator,
      cloud,
      await ResourceStack.make(cloud, {}, { key: "passphrase" }),
    );
    await made.program.up(made.office("main"));
    await made.change("by hand");
    const password = ["--secret", "vpnaas:password", "canary-password"];
    await made.program.stack.run(["config", "set", "--stack", "test", ...password]);
    return made;
  }

  async stop(): Promise<void> {
    await this.program.dispose();
    await this.cloud.stop();
  }

  /** A connection of a name, with its policy. */
  office(name: string): Program {
    return {
      [`${name}-ike`]: { kind: "IkePolicy", args: { pfs: "group14" } },
      [name]: {
        kind: "IpsecSiteConnection",
        args: {
          ...this.cloud.parents,
          ikePolicyId: ref(`${name}-ike.id`),
          description: "as declared",
          peerAddress: "203.0.113.7",
          peerId: "203.0.113.7",
          peerCidrs: ["10.2.0.0/24"],
          psk: "canary-psk",
        },
      },
    };
  }

  /** Changes `main` outside Pulumi, or restores its declared values. */
  async change(description: "by hand" | "as declared"): Promise<void> {
    const psk = description === "by hand" ? "canary-other" : "canary-psk";
    await this.program.changeOutsidePulumi("main", { psk, description });
  }

  /** The root of all files that the program and Pulumi write. */
  get root(): string {
    return dirname(this.program.stack.directory);
  }

  /** Starts the command. */
  async begin(options: string[], how: How = {}): Promise<ChildHandle> {
    const args = [command, ...this.words(options, how)];
    return new ChildHandle(process.execPath, args, this.root, await this.environment(how));
  }

  /** Runs a line of bash in which `drift` is the command; returns the output that the line does not redirect. */
  async inShell(line: string, options: string[] = []): Promise<RunResult> {
    const drift = `drift() { "$0" "$@"; }; set -- ${[command, ...this.words(options)]
      .map((word) => `'${word}'`)
      .join(" ")}`;
    const args = ["-c", `${drift}; ${line}`, process.execPath];
    return new ChildHandle("bash", args, this.root, await this.environment()).done;
  }

  private words(options: string[], { cwd }: How = {}): string[] {
    return ["drift", "--cwd", cwd ?? this.program.stack.directory, ...options];
  }

  private async environment({ env }: How = {}): Promise<NodeJS.ProcessEnv> {
    const bin = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
    return cleanEnvironment(this.root, {
      ...loginOf(this.cloud),
      PATH: [bin, process.env["PATH"] ?? ""].join(delimiter),
      ...env,
    });
  }

  /** Runs the command to its end; fails if state, selection or cloud have changed. */
  async run(options: string[], how: How = {}): Promise<RunResult> {
    const before = [filesBelow(this.root), await this.cloud.objects()];
    const seen = this.simulator.requests.length;
    if (how.fault) this.simulator.script(how.fault);
    const run = await (await this.begin(options, how)).done;

    this.sent = this.simulator.requests
      .slice(seen)
      .filter(({ path }) => path.startsWith("/network"));
    expect(this.sent.filter(({ method }) => method !== "GET")).toEqual([]);
    expect([filesBelow(this.root), await this.cloud.objects()]).toEqual(before);
    for (const secret of SECRETS) expect(run.text).not.toContain(secret);
    expect(run.text).not.toMatch(/^ +at .*\(.*:\d+:\d+\)/m);
    return run;
  }

  /** The command's report with `--json`, and its exit status. */
  async report(how: How = {}, ...options: string[]): Promise<Report & { code: number }> {
    const { stdout, code } = await this.run(["--json", ...options], how);
    return { ...(JSON.parse(stdout) as Report), code };
  }

  /** The one line on stderr; fails if stdout has output or the exit status differs from 1. */
  async refusal(options: string[], how: How = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(options, how);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^pulumi-vpnaas: .+\n$/);
    expect(code).toBe(1);
    return stderr;
  }

  /** Does work while the state of a stack is replaced. */
  spoilingState(
    stack: string,
    spoilt: (state: string) => string,
    work: () => Promise<void>,
  ): Promise<void> {
    const file = join(this.root, "state", ".pulumi", "stacks", "resources", `${stack}.json`);
    return spoiling(file, spoilt, work);
  }

  /** Does work while the settings of a stack are replaced. */
  spoilingSettings(stack: string, spoilt: string, work: () => Promise<void>): Promise<void> {
    const file = join(this.program.stack.directory, `Pulumi.${stack}.yaml`);
    return spoiling(file, () => spoilt, work);
  }
}

/** The verdicts of a report by logical name. */
export function verdicts({ resources }: Report): Record<string, string> {
  return Object.fromEntries(resources.map(({ name, verdict }) => [name, verdict]));
}

async function spoiling(
  file: string,
  spoilt: (text: string) => string,
  work: () => Promise<void>,
): Promise<void> {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, spoilt(text));
  try {
    await work();
  } finally {
    writeFileSync(file, text);
  }
}

/** Every file of Pulumi below a test's root: state, selection, the project's own files. */
function filesBelow(root: string): Record<string, string> {
  const kept = ["state", join("pulumi", "workspaces"), "program"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  return Object.fromEntries(kept.map((file) => [file, readFileSync(file, "utf8")]));
}
