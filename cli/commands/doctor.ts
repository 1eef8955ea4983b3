import { parseArgs } from "node:util";

import type { Sources } from "../../provider/config/settings";
import { settingsInForce, type SettingInForce } from "../../provider/config/settingsInForce";
import { unknownSettings } from "../../provider/config/unknownSettings";
import { examine, type Finding } from "../../provider/doctor";
import { messageOf } from "../../provider/errors";
import { Log } from "../../provider/log";
import { escapeControlCharacters } from "../../provider/controlCharacters";
import { stdout } from "../io/output";
import { enterFolder } from "../io/workingFolder";
import { projectFolder } from "../pulumi/projectFolder";
import { speedNotes } from "../pulumi/speedNotes";
import { readConfiguration, type SelectedStack, type StackConfiguration } from "../pulumi/stacks";
import { readOptions } from "../usage";

/** The output of `pulumi-vpnaas doctor --help`. */
export const doctorHelp = `Usage: pulumi-vpnaas doctor [options]

Logs in as the provider does, and reports the source of each setting, the endpoint, region, project,
extensions and clock. Only reads; prints no secret. The exit status is 0 if all is well, and 1 if
there is a problem or the output cannot be written.

Options:
  --cloud NAME   entry of clouds.yaml, as in a resource's input \`cloud\`
  --stack NAME   stack whose vpnaas:* are read, by \`pulumi config\` (default: the selected one)
  --cwd DIR      folder of the Pulumi program (default: this one)
  --debug        print a line for every request
`;

const LABELS = { ok: "ok  ", note: "note", problem: "FAIL" } as const;

/**
 * `pulumi-vpnaas doctor`: prints settings and findings. Resolves with the exit status: 1 if there is
 * a problem, even if the output is no longer read.
 * @throws UsageError for invalid options
 */
export async function doctor(args: string[]): Promise<number> {
  const { values } = readOptions(() =>
    parseArgs({
      args,
      options: {
        cloud: { type: "string" },
        stack: { type: "string" },
        cwd: { type: "string" },
        debug: { type: "boolean", default: false },
      },
    }),
  );
  enterFolder(values.cwd);
  let problems = 0;
  for await (const line of report(values)) {
    if (typeof line === "string") print(line);
    else {
      print(`  ${LABELS[line.verdict]}  ${line.text}`);
      if (line.verdict === "problem") problems += 1;
    }
  }
  print("");
  print(
    problems === 0
      ? "All is well."
      : `${problems === 1 ? "One problem" : `${problems} problems`}: see FAIL.`,
  );
  return problems > 0 ? 1 : 0;
}

/**
 * Reads a stack's configuration. Without a name it may be missing, as it is outside of a program.
 */
async function configurationOf(
  stack: string | undefined,
): Promise<StackConfiguration & Omit<SelectedStack, "stack">> {
  try {
    const { stack: name, ...read } = await readConfiguration(stack, ".");
    return {
      ...read,
      notes: [`The stack configuration is that of the stack ${name}.`, ...read.notes],
    };
  } catch (error) {
    if (stack !== undefined) throw error;
    const note = `No stack configuration was read, so its settings do not count here: select a stack with --stack. ${messageOf(error)}`;
    return {
      config: () => undefined,
      openstack: undefined,
      keys: [],
      notes: [note],
      project: "",
      resources: undefined,
    };
  }
}

async function* report(options: {
  cloud?: string;
  stack?: string;
  debug: boolean;
}): AsyncGenerator<string | Finding> {
  const log = new Log(print, options.debug ? "debug" : "info");
  let sources: Sources;
  let unknown: string[];
  let openstackNote: Finding[];
  let resources: number | undefined;
  try {
    const { config, openstack, keys, notes, project, ...stack } = await configurationOf(
      options.stack,
    );
    resources = stack.resources;
    sources = { env: process.env, stack: config, openstack };
    unknown = unknownSettings(keys, project);
    yield* notes.map((text): Finding => ({ verdict: "note", text }));
    yield "Settings";
    const settings = settingsInForce(sources, options.cloud);
    openstackNote = noteOfOpenstack(keys, settings);
    yield* table(settings);
    yield "";
  } catch (error) {
    yield { verdict: "problem", text: messageOf(error) };
    return;
  }
  yield "Checks";
  yield* openstackNote;
  yield* unknown.map((text): Finding => ({ verdict: "problem", text }));
  yield* examine(sources, options.cloud, log);
  yield* notesOnSpeed(resources);
}

/** Costs of a run that the program in this folder, if there is one, does not need to pay. */
function notesOnSpeed(resources: number | undefined): Finding[] {
  const { env, versions } = process;
  try {
    const conditions = { folder: projectFolder("."), env, node: versions.node, resources };
    return speedNotes(conditions).map((text): Finding => ({ verdict: "note", text }));
  } catch {
    return [];
  }
}

/** Keys of another provider that serve no setting here. */
function noteOfOpenstack(keys: readonly string[], settings: readonly SettingInForce[]): Finding[] {
  const own = keys.filter((key) => key.startsWith("openstack:"));
  const isRead = settings.some(({ source }) => source.startsWith("openstack:"));
  if (own.length === 0 || isRead) return [];
  const text = `${own.join(", ")}: keys of @pulumi/openstack, which are read only if nothing else names a login (docs/guides/moveFromOpenstackProvider.md).`;
  return [{ verdict: "note", text }];
}

function table(settings: readonly SettingInForce[]): string[] {
  const width = (of: (one: SettingInForce) => string) =>
    Math.max(...settings.map((s) => of(s).length));
  const [names, values] = [width(({ name }) => name), width(({ value }) => value)];
  return settings.map(
    ({ name, value, source }) => `  ${name.padEnd(names)}  ${value.padEnd(values)}  ${source}`,
  );
}

/** Escapes the line, because names and settings may contain any character. */
function print(line: string): void {
  stdout.print(escapeControlCharacters(line));
}
