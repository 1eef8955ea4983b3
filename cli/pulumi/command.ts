import { execFile } from "node:child_process";
import { promisify } from "node:util";

const MAX_OUTPUT_BYTES = 1_000_000_000;

/**
 * Runs `pulumi` in a folder and parses its output, which is JSON. Pulumi's Automation API would run the same commands,
 * but loads for as long as three of them take.
 * @throws the error of the process, whose message has the text of the command; Error of one line if there is
 * no `pulumi`; SyntaxError
 */
export async function pulumiJson(args: readonly string[], cwd: string): Promise<unknown> {
  const options = { cwd, maxBuffer: MAX_OUTPUT_BYTES };
  const { stdout } = await promisify(execFile)(
    "pulumi",
    [...args, "--non-interactive"],
    options,
  ).catch((error: unknown) => {
    const isMissing = (error as { readonly code?: unknown }).code === "ENOENT";
    throw isMissing ? new Error("there is no `pulumi` on the PATH") : error;
  });
  return JSON.parse(stdout);
}
