import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import packageJson from "../../../package.json";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { quickStart } from "./quickStart";
import { NodeHost } from "./nodeHost";

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

/** A process of Pulumi's dynamic-provider server with the folder of a program. */
export class ProviderHost {
  private constructor(
    private readonly root: string,
    readonly node: NodeHost,
  ) {}

  /** A process with the given options, and the port of its provider. */
  static async serve(options: HostOptions): Promise<{ host: ProviderHost; port: string }> {
    const root = mkdtempSync(join(tmpdir(), "vpnaas-provider-"));
    installInto(join(root, "node_modules"), options.package ?? "linked");
    writeFiles(root, options);
    const request = {
      server: require.resolve(`${options.sdk ?? "@pulumi/pulumi"}/cmd/dynamic-provider`),
      directory: root,
      environment: environmentOf(root, options),
    };
    const { host, port } = await (isSpecial(options)
      ? NodeHost.serveAlone(request)
      : NodeHost.serve(request));
    return { host: new ProviderHost(root, host), port };
  }

  /** Lets the process serve another provider, or ends it; removes the folder. */
  async release(): Promise<void> {
    await this.node.release();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Ends the process and removes the folder. */
  async end(): Promise<void> {
    await this.node.end();
    rmSync(this.root, { recursive: true, force: true });
  }
}

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
  return cleanEnvironment(root, { PULUMI_NODEJS_PROJECT: "project", ...quickStart(), ...env });
}

function writeFiles(root: string, { files = {} }: HostOptions): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), content, { mode: 0o600 });
  }
}

/** Adds this package and its peer to a folder `node_modules`; returns the package's folder. */
export function installInto(folder: string, how: "linked" | "installed"): string {
  const target = join(folder, packageJson.name);
  const links = ["@pulumi/pulumi"];
  mkdirSync(folder, { recursive: true });
  if (how === "linked") symlinkSync(repository, target, "junction");
  else {
    for (const entry of ["dist", "package.json"]) {
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
