import { join } from "node:path";

/**
 * The environment in which programs of tests start with less work: Node loads Pulumi's SDK without parts that a test
 * does not use, see sdkPreload.cjs, and the engine, whose commands are short, collects no garbage. Empty in the layers
 * that jest.config.cjs does not list, in the demo and in measurements.
 */
export function quickStart(): Record<string, string> {
  const { QUICK_START } = globalThis as { QUICK_START?: boolean };
  const file = join(__dirname, "sdkPreload.cjs").replaceAll("\\", "\\\\");
  return QUICK_START === true ? { NODE_OPTIONS: `--require "${file}"`, GOGC: "off" } : {};
}
