import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";

import { messageOf } from "../../provider/errors";
import { isPlainObject } from "../../provider/schema/equality";
import { importFileOf } from "../import/importFile";
import type { OtherState } from "../import/managedObject";
import { openstackDeployment } from "../import/openstackDeployment";
import { terraformState } from "../import/terraformState";
import { writeFile } from "../io/files";
import { stderr, stdout } from "../io/output";
import { readOptions, UsageError } from "../usage";

/** The output of `pulumi-vpnaas import --help`. */
export const importHelp = `Usage: pulumi-vpnaas import --from FILE [--out FILE]

Prints the file by which \`pulumi import --file\` adopts the VPN objects in a state of Terraform
or of @pulumi/openstack. Reads the state only: no cloud, no login. The output has names and ids, and
no secret. The commands by which the other tool forgets the objects are printed on stderr.

Options:
  --from FILE   output of \`terraform state pull\` or \`pulumi stack export\`; - for standard input
  --out FILE    write a file instead of standard output

Exit status: 0 for a file; 1 if the state cannot be read or has no VPN object, or an option is
invalid.
`;

/** The files that `--from` accepts. */
const EXPECTED =
  "the output of `terraform state pull` (version 4) or of `pulumi stack export` (version 3 or 4)";

/**
 * `pulumi-vpnaas import`: prints a file for `pulumi import --file`. Resolves with the exit status 0.
 * @throws UsageError for invalid options; Error for a state that cannot be read or has no VPN object
 */
// eslint-disable-next-line @typescript-eslint/require-await -- every verb resolves with its exit status
export async function importObjects(args: string[]): Promise<number> {
  const { from, out } = optionsOf(args);
  const state = stateIn(from);
  const { objects, others, forget } = state;
  if (objects.length === 0) {
    throw new Error(`${titleOf(from)} has no VPN object. Resources of other types: ${others}.`);
  }
  const text = importFileOf(objects);
  if (out === undefined) stdout.write(text);
  else writeFile("The import file", out, text);
  stderr.print(
    `${objects.length} VPN objects. Resources of other types, which are left out: ${others}.`,
  );
  stderr.print("Import them with:");
  stderr.print(`  pulumi import --file ${quoted(out ?? "FILE")} --out PROGRAM --protect=false`);
  stderr.print("After that, let the other tool forget them:");
  // Dependents first: Pulumi refuses to forget a resource that another one refers to.
  for (const { address } of [...objects].reverse()) {
    stderr.print(`  ${forget(address).map(quoted).join(" ")}`);
  }
  return 0;
}

function optionsOf(args: string[]): { readonly from: string; readonly out: string | undefined } {
  const { values } = readOptions(() =>
    parseArgs({ args, options: { from: { type: "string" }, out: { type: "string" } } }),
  );
  const { from, out } = values;
  if (from === undefined || from === "") throw new UsageError(`--from FILE is needed: ${EXPECTED}`);
  if (out === "") throw new UsageError("--out has no value");
  return { from, out };
}

/** @throws Error that names the file, without its content */
function stateIn(from: string): OtherState {
  let state: unknown;
  try {
    state = JSON.parse(readFileSync(from === "-" ? 0 : from, "utf8"));
  } catch (error) {
    // The message of JSON.parse quotes the file, which may contain a psk.
    const reason = error instanceof SyntaxError ? "it is not JSON" : messageOf(error);
    throw new Error(`${titleOf(from)} cannot be read: ${reason}`, { cause: error });
  }
  const found = isPlainObject(state)
    ? (terraformState(state) ?? openstackDeployment(state))
    : undefined;
  if (found === undefined) throw new Error(`${titleOf(from)} is not ${EXPECTED}.`);
  return found;
}

function titleOf(from: string): string {
  return from === "-" ? "Standard input" : from;
}

/** A word as a POSIX shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
