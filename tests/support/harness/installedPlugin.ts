import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildPlugin, tarballNames } from "../../../scripts/buildPlugin";
import { version } from "../../../package.json";
import { loginOf, type Cloud } from "./cloud";
import { TestStack, type StackOptions } from "./stack";

/** A release of the plugin: its tarball for this platform. */
export interface PluginRelease {
  readonly tarball: string;
  remove(): void;
}

/** Builds the tarballs of a release from dist/. */
export async function releasePlugin(): Promise<PluginRelease> {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-release-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await buildPlugin(folder);
    return { tarball: join(folder, tarballNames()[0]!), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Installs a release into the home of a stack, as the page about the plugin says. */
export async function installPlugin(stack: TestStack, { tarball }: PluginRelease): Promise<void> {
  await stack.run(["plugin", "install", "resource", "vpnaas", `v${version}`, "--file", tarball]);
}

/** A program of the page about the plugin. */
export interface PageProgram extends Pick<StackOptions, "config" | "env"> {
  readonly psk: string;
  /** Writes the program into an empty folder. */
  readonly write: (folder: string) => void | Promise<void>;
}

/** A stack of a program of the page in an empty cloud, with the release installed. */
export async function stackOfPage(
  cloud: Cloud,
  release: PluginRelease,
  { psk, config, env, write }: PageProgram,
): Promise<TestStack> {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-page-"));
  try {
    await write(folder);
    const { routerId, subnetId } = cloud.fixture;
    const stack = await TestStack.create({
      program: folder,
      config: { "vpnaas:dialect": "neutron", routerId, subnetId, ...config },
      secretConfig: { psk },
      env: { ...loginOf(cloud), ...env },
    });
    await installPlugin(stack, release);
    return stack;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
