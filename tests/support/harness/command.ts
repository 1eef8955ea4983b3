import { resolve } from "node:path";

import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { ChildHandle } from "./child";
import { quickStart } from "./quickStart";

/** The built `pulumi-vpnaas`. */
export const COMMAND = resolve(__dirname, "..", "..", "..", "dist", "cli", "main.js");

/** Starts `pulumi-vpnaas` in a folder, with the given variables alone. */
export function startCommand(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildHandle {
  return new ChildHandle(
    process.execPath,
    [COMMAND, ...args],
    folder,
    commandEnvironment(folder, env),
  );
}

/** The environment of {@link startCommand}, in which Pulumi's SDK loads in half of its time. */
export function commandEnvironment(
  folder: string,
  env: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  return cleanEnvironment(folder, { ...quickStart(), ...env });
}
