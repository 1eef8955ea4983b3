import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildPlugin, tarballNames } from "../../../scripts/buildPlugin";
import { version } from "../../../package.json";
import type { TestStack } from "./stack";

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
