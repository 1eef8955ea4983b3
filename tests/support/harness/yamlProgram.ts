import { writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

import { buildHost } from "../../../tools/engine/languageHost";
import type { Cloud } from "./cloud";
import { type PluginRelease, stackOfPage } from "./installedPlugin";
import { programOf } from "./pagePrograms";
import type { TestStack } from "./stack";

const ENGINE_CACHE = resolve(__dirname, "..", "..", "..", ".cache", "engine");

/** The YAML program of the page about the plugin. */
export const YAML_PROGRAM = programOf("plugin", "program");

/** A stack of the YAML program in an empty cloud. The language host is built once, which takes minutes. */
export async function yamlStack(
  cloud: Cloud,
  release: PluginRelease,
  psk: string,
): Promise<TestStack> {
  const host = await buildHost("yaml", ENGINE_CACHE, console.error);
  return stackOfPage(cloud, release, {
    psk,
    env: { PATH: [host, process.env["PATH"]].join(delimiter) },
    write: (folder) => writeFileSync(join(folder, "Pulumi.yaml"), YAML_PROGRAM),
  });
}
