import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Report, Summary } from "../../../provider/drift/report";
import type { Cloud, CloudRequest } from "./cloud";
import type { RunResult } from "./child";
import type { ResourceStack } from "./resources";

/** The output of `drift --json`. */
export type Document = Report & { readonly version: 1; readonly summary: Summary };

/** A run of `pulumi-vpnaas drift`, and its requests to the network API. */
export interface DriftRun extends RunResult {
  readonly requests: readonly CloudRequest[];
}

/** A cloud and a stack on it. */
interface Scene {
  readonly cloud: Cloud;
  readonly program: ResourceStack;
}

/**
 * Runs `pulumi-vpnaas drift` on the stack.
 * @throws Error if a byte of the state, the configuration or the cloud has changed
 */
export async function drift({ cloud, program }: Scene, ...args: string[]): Promise<DriftRun> {
  const before = await fingerprint({ cloud, program });
  const asked = (await cloud.requests()).length;
  const run = await program.stack.verb(["drift", "--stack", "test", ...args]);
  const requests = (await cloud.requests()).slice(asked);
  const after = await fingerprint({ cloud, program });
  for (const [what, was] of Object.entries(before)) {
    if (after[what] !== was) throw new Error(`drift ${args.join(" ")} changed the ${what}`);
  }
  return { ...run, requests };
}

/** {@link drift} with `--json`, and its report. */
export async function driftReport(
  scene: Scene,
  ...args: string[]
): Promise<DriftRun & { readonly report: Document }> {
  const run = await drift(scene, "--json", ...args);
  if (run.stdout === "") throw new Error(`drift ended with ${run.code}: ${run.stderr}`);
  return { ...run, report: JSON.parse(run.stdout) as Document };
}

/** The drifted properties of a report, by the logical name of the resource. */
export function driftIn({ resources }: Report): Record<string, string[]> {
  const drifted = resources.filter(({ differences }) => differences.length > 0);
  return Object.fromEntries(
    drifted.map(({ name, differences }) => [name, differences.map(({ property }) => property)]),
  );
}

/** The parts of a request that a plan contains. */
export type Call = Pick<CloudRequest, "method" | "path" | "body">;

/** The requests of `drift --plan`. */
export function planIn({ plan = [] }: Report): Call[] {
  return plan.map(({ method, path, body = null }) => ({ method, path, body }));
}

/**
 * The requests of a run without its GETs, in the notation of a plan: `(hidden)` for each of the secrets,
 * and placeholders for new ids and new default names.
 */
export async function sentBy(
  { program }: Scene,
  secrets: readonly string[],
  run: () => Promise<unknown>,
): Promise<Call[]> {
  const before = await program.resources();
  const sent = await program.changesDuring(run);
  const words = secrets.map((secret): [real: string, word: string] => [
    JSON.stringify(secret),
    '"(hidden)"',
  ]);
  for (const [name, { id, outputs }] of Object.entries(await program.resources())) {
    const [was, is] = [before[name]?.outputs?.["name"], String(outputs?.["name"])];
    if (id !== before[name]?.id) words.push([id!, `<new id of ${name}>`]);
    if (is !== was) words.push([`"${is}"`, `"${is.slice(0, -7)}<digits>"`]);
  }
  return sent.map(({ method, path, body }) => {
    const text = JSON.stringify({ method, path, body });
    return JSON.parse(
      words.reduce((all, [real, word]) => all.replaceAll(real, word), text),
    ) as Call;
  });
}

/** Sorts requests, so that their order of arrival does not matter. */
export function inAnyOrder(calls: readonly Call[]): Call[] {
  const key = ({ method, path, body }: Call) => JSON.stringify([method, path, body]);
  return [...calls].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/**
 * Resolves when no object of project `lab` is pending and no report of an agent is due.
 * @throws Error if that takes more than a minute
 */
export async function untilSettled(cloud: Cloud): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (let before = ""; Date.now() < deadline;) {
    const objects = Object.values(await cloud.objects()).flat();
    const isPending = objects.some(({ status }) => String(status).startsWith("PENDING"));
    const now = JSON.stringify(objects);
    if (!isPending && now === before) return;
    before = now;
    // An agent reports half a second after a change.
    await sleep(700);
  }
  throw new Error("the cloud does not settle");
}

async function fingerprint({ cloud, program }: Scene): Promise<Record<string, string>> {
  const { stack } = program;
  const settings = readdirSync(stack.directory).filter((name) => /^Pulumi.*\.yaml$/.test(name));
  const texts = {
    state: stack.stateText(),
    configuration: settings.map((name) => readFileSync(join(stack.directory, name))).join("\n"),
    cloud: JSON.stringify(await cloud.objects()),
  };
  return Object.fromEntries(
    Object.entries(texts).map(([what, text]) => [
      what,
      createHash("sha256").update(text).digest("hex"),
    ]),
  );
}
