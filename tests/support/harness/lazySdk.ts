import { join } from "node:path";

/**
 * The environment in which Node loads Pulumi's SDK without parts that a test does not use, see sdkPreload.cjs.
 * Empty in the layers that jest.config.cjs does not list, in the demo and in measurements.
 */
export function lazySdk(): Record<string, string> {
  const { LAZY_SDK } = globalThis as { LAZY_SDK?: boolean };
  const file = join(__dirname, "sdkPreload.cjs").replaceAll("\\", "\\\\");
  return LAZY_SDK === true ? { NODE_OPTIONS: `--require "${file}"` } : {};
}
