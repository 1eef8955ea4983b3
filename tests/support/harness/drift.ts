import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Report, Summary } from "../../../provider/drift/report";
import type { Cloud, CloudRequest } from "./cloud";
import type { RunResult } from "./child";
import type { ResourceStack } from "./resources";

/** What `drift --json` prints. */
export type Document = Report & { readonly version: 1; readonly summary: Summary };

/** A run of `pulumi-vpnaas drift`, and what it asked the network API for. */
export interface DriftRun extends RunResult {
  readonly requests: readonly CloudRequest[];
}

/** A cloud, and a stack on it. */
interface Scene {
  readonly cloud: Cloud;
  readonly program: ResourceStack;
}

/**
 * Runs `pulumi-vpnaas drift` on the stack.
 * @throws Error if the state, the configuration or the cloud is not byte for byte what it was before
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

/** Which properties a report says to have drifted, by the logical name of the resource. */
export function driftIn({ resources }: Report): Record<string, string[]> {
  const drifted = resources.filter(({ differences }) => differences.length > 0);
  return Object.fromEntries(
    drifted.map(({ name, differences }) => [name, differences.map(({ property }) => property)]),
  );
}

/** A request, as far as a plan tells it. */
export type Call = Pick<CloudRequest, "method" | "path" | "body">;

/** The requests of `drift --plan`. */
export function planIn({ plan = [] }: Report): Call[] {
  return plan.map(({ method, path, body = null }) => ({ method, path, body }));
}

/**
 * The requests that a run makes, GETs left out, in the words of a plan: `(hidden)` for each of the
 * secrets, and what stands for ids and default names that come about on the way.
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

/** Requests in an order that does not depend on which of them came first. */
export function inAnyOrder(calls: readonly Call[]): Call[] {
  const key = ({ method, path, body }: Call) => JSON.stringify([method, path, body]);
  return [...calls].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/**
 * Resolves when nothing of project `lab` is pending, and no report of an agent is due any more.
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
