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

/** Options of a YAML program's stack. */
export interface YamlOptions {
  /** The content of Pulumi.yaml; {@link YAML_PROGRAM} by default. */
  readonly program?: string;
  /** Variables added to its environment, and folders added to its PATH. */
  readonly env?: Readonly<Record<string, string>>;
  readonly path?: readonly string[];
}

/** A stack of a YAML program in an empty cloud. The language host is built once, which takes minutes. */
export async function yamlStack(
  cloud: Cloud,
  release: PluginRelease,
  psk: string,
  { program = YAML_PROGRAM, env = {}, path = [] }: YamlOptions = {},
): Promise<TestStack> {
  const host = await buildHost("yaml", ENGINE_CACHE, console.error);
  return stackOfPage(cloud, release, {
    psk,
    env: { ...env, PATH: [host, ...path, process.env["PATH"]].join(delimiter) },
    write: (folder) => writeFileSync(join(folder, "Pulumi.yaml"), program),
  });
}
