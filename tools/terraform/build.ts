import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { withLock } from "../engine/lock";
import { findGo, goBuild, requiredVersion } from "../go";

const providerModule = "github.com/terraform-provider-openstack/terraform-provider-openstack";

/** Terraform's OpenStack provider, built. */
export interface TerraformProvider {
  /** Absolute path of the folder that holds it alone, as `dev_overrides` requires. */
  readonly bin: string;
  /** The version that go.mod requires, such as `v1.54.1`. */
  readonly version: string;
}

/**
 * Terraform's OpenStack provider from the cache, or built from its Go module into it, where it
 * appears only when it is complete. A second process waits for the first.
 *
 * @param cache Folder that is created if it is missing.
 * @param log Gets a line before anything is downloaded, and one about every 10 s.
 * @throws Error that names the missing program (Go) or quotes the compiler.
 */
export async function buildTerraformProvider(
  cache: string,
  log: (line: string) => void,
): Promise<TerraformProvider> {
  const version = requiredVersion(__dirname, providerModule);
  const provider = { bin: join(cache, `built-${version}`), version };
  if (existsSync(provider.bin)) return provider;
  const go = await findGo("Terraform's OpenStack provider");
  mkdirSync(cache, { recursive: true });
  await withLock(join(cache, "lock"), log, async () => {
    if (existsSync(provider.bin)) return;
    log(`Building Terraform's OpenStack provider ${version} (about a minute, once) with ${go}`);
    const building = join(cache, `building-${process.pid}`);
    try {
      const program = { folder: __dirname, package: providerModule };
      await goBuild(program, join(building, "bin"), join(building, "home"), log);
      renameSync(join(building, "bin"), provider.bin);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  });
  return provider;
}
