import * as pulumi from "@pulumi/pulumi";

import { Runtime, unknownSettings } from "./providerApi";

type Values = Readonly<Record<string, unknown>>;

/** By the engine's monitor, which is another object in each run. */
const runtimes = new WeakMap<object, Runtime>();

/**
 * The runtime that the lookups of a run share: settings, login, lists, lines that are printed once. It
 * does not outlive the run. Programs of the Automation API share a process, whose environment may
 * change between two runs; within a run it is read once.
 */
export function runtimeOfRun(): Runtime {
  const monitor = pulumi.runtime.getMonitor();
  const known = monitor && runtimes.get(monitor);
  if (known !== undefined) return known;
  void warnAtEnd();
  const config = pulumi.runtime.allConfig();
  const sources = {
    stack: (name: string) => config[`vpnaas:${name}`],
    openstack: (name: string) => config[`openstack:${name}`],
    env: { ...process.env },
    project: pulumi.getProject(),
  };
  // The process may print for other purposes.
  const print = isInline() ? (line: string) => void pulumi.log.info(line) : undefined;
  const runtime = new Runtime(sources, print);
  if (monitor !== undefined) runtimes.set(monitor, runtime);
  return runtime;
}

/** The runs whose unknown settings are reported, by the engine's monitor. */
const reported = new WeakSet<object>();

/**
 * Warns once per run of keys of the stack configuration that are not settings, in previews too. The
 * program does so because the process of a dynamic provider cannot list the keys.
 */
export function warnOfUnknownSettings(): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor === undefined || reported.has(monitor)) return;
  reported.add(monitor);
  const keys = Object.keys(pulumi.runtime.allConfig());
  for (const line of unknownSettings(keys, pulumi.getProject())) void pulumi.log.warn(line);
}

/** Leaves the warning of this run to the plugin, which gets every key from the engine. */
export function leaveUnknownSettings(): void {
  const monitor = pulumi.runtime.getMonitor();
  if (monitor !== undefined) reported.add(monitor);
}

/** A member of the resource of a stack that Pulumi does not declare: the end of the program. */
interface Stack {
  readonly __data?: Promise<unknown>;
}

/** Warns at the end of the program, because resources after a lookup may leave the warning to the plugin. */
async function warnAtEnd(): Promise<void> {
  const stack = pulumi.runtime.getStackResource() as Stack | undefined;
  await Promise.allSettled([stack?.__data]);
  warnOfUnknownSettings();
}

/** A suffix for the message of a failed login; empty in a program that the engine has started. */
export function adviceOnLogin(): string {
  return isInline() ? ` ${ADVICE}` : "";
}

/**
 * Reports once that a lookup of an inline program reads its login from its own process: the program cannot
 * see `envVars` of the workspace, with which resources may log in elsewhere.
 */
export function reportLogin(runtime: Runtime, args: Values): void {
  if (!isInline()) return;
  const sources = runtime.sourcesOfProcess(args);
  if (sources.length === 0) return;
  runtime.log.once(
    `login from ${sources.join()}`,
    `Lookups of this program read their login from ${sources.join(", ")}. ${ADVICE}`,
  );
}

const ADVICE =
  "Lookups of an inline program see the stack configuration and the environment of their own process; " +
  "`envVars` of the workspace reach resources alone (docs/guides/automation-api.md).";

/** Whether the program runs in a process that the engine has not started, by the Automation API. */
function isInline(): boolean {
  return process.env["PULUMI_NODEJS_MONITOR"] === undefined;
}
