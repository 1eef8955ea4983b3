import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { findGo, goBuild, requiredVersion } from "../go";
import { withLock } from "./lock";

const folder = join(__dirname, "language-yaml");
const goModule = "github.com/pulumi/pulumi-yaml";

/**
 * The folder with the engine's language host for programs in YAML, from the cache, or built from its
 * Go module into it. A second process waits for the first.
 *
 * @param cache Folder that is created if it is missing.
 * @param log Gets a line before anything is downloaded, and one about every 10 s.
 * @throws Error that names the missing program (Go) or quotes the compiler.
 */
export async function buildYamlHost(cache: string, log: (line: string) => void): Promise<string> {
  const version = requiredVersion(folder, goModule);
  const bin = join(cache, `yaml-${version}`);
  if (existsSync(bin)) return bin;
  const go = await findGo("the language host for YAML");
  mkdirSync(cache, { recursive: true });
  await withLock(join(cache, "lock-yaml"), log, async () => {
    if (existsSync(bin)) return;
    log(`Building the language host for YAML ${version} (about 4 minutes, once) with ${go}`);
    const building = join(cache, `building-yaml-${process.pid}`);
    try {
      const linked = `-X ${goModule}/pkg/version.Version=${version}`;
      const program = { folder, package: `${goModule}/cmd/pulumi-language-yaml`, linked };
      await goBuild(program, join(building, "bin"), join(building, "home"), log);
      renameSync(join(building, "bin"), bin);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  });
  return bin;
}
