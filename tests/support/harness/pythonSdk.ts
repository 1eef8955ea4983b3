import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

import { version } from "../../../package.json";
import { buildHost } from "../../../tools/engine/languageHost";
import { PythonProgram } from "./pythonProgram";
import { hasGo } from "./requires";

const repository = resolve(__dirname, "..", "..", "..");
const engineCache = join(repository, ".cache", "engine");

const pulumiForPython = new PythonProgram(
  "Pulumi's SDK for Python",
  join(repository, "tests", "engine", "python", "sdk.py"),
);

/** Whether this machine has Go, and a Python that can run Pulumi's SDK. */
export function hasPython(): boolean {
  try {
    return pulumiForPython.python !== "" && hasGo();
  } catch {
    return false;
  }
}

/** The environment of programs in Python that import the generated `pulumi_vpnaas`. */
export interface PythonEnvironment {
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

/**
 * Generates the SDK for Python from the served schema, and gets the language host and Pulumi's packages,
 * which takes minutes the first time.
 * @throws Error with the reason why this machine cannot
 */
export async function preparePython(log: (line: string) => void): Promise<PythonEnvironment> {
  const host = await buildHost("python", engineCache, log);
  const generator = await buildHost("generate-sdk", engineCache, log);
  let venv = "";
  await pulumiForPython.setUp((line) => {
    venv = line;
    log(line);
  });
  const sdk = mkdtempSync(join(tmpdir(), "vpnaas-python-"));
  const schema = join(repository, "provider", "doors", "plugin", "schema.json");
  await promisify(execFile)(join(generator, "generate-sdk"), ["python", schema, sdk]);
  writeMetadata(sdk);
  return {
    env: {
      PATH: [host, join(venv, "bin"), process.env["PATH"]].join(delimiter),
      PYTHONPATH: sdk,
      PYTHONDONTWRITEBYTECODE: "1",
    },
    remove: () => rmSync(sdk, { recursive: true, force: true }),
  };
}

/** The part of an installation by pip that the generated package reads: its version. */
function writeMetadata(folder: string): void {
  const metadata = join(folder, `pulumi_vpnaas-${version}.dist-info`);
  mkdirSync(metadata);
  writeFileSync(join(metadata, "METADATA"), `Name: pulumi_vpnaas\nVersion: ${version}\n`);
}
