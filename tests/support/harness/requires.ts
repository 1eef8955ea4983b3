import { spawnSync } from "node:child_process";

/** Whether programs of the engine can be built from their Go modules. */
export function hasGo(): boolean {
  return spawnSync("go", ["version"]).status === 0;
}

/** {@link describe} for tests that run the Pulumi engine; skipped with the reason if there is none. */
export function describeWithEngine(title: string, tests: () => void): void {
  describeUnless(process.env["VPNAAS_SKIP_ENGINE"], title, tests);
}

/** {@link describe} for tests of the engine with a language host, which Go builds; skipped without it. */
export function describeWithHost(title: string, tests: () => void): void {
  describeUnless(process.env["VPNAAS_SKIP_ENGINE"] || withoutGo(), title, tests);
}

/** {@link describe} for tests of the engine against the live Neutron; skipped if either is missing. */
export function describeLive(title: string, tests: () => void): void {
  const { VPNAAS_SKIP_LIVE: live, VPNAAS_SKIP_ENGINE: engine } = process.env;
  describeUnless(live ?? engine, title, tests);
}

/** {@link describeLive} for programs in other languages, whose language hosts are built with Go. */
export function describeLiveWithHost(title: string, tests: () => void): void {
  const { VPNAAS_SKIP_LIVE: live, VPNAAS_SKIP_ENGINE: engine } = process.env;
  describeUnless(live ?? engine ?? withoutGo(), title, tests);
}

/** {@link describe} for tests of real tunnels; skipped if the engine, the live Neutron or tunnels are missing. */
export function describeTunnel(title: string, tests: () => void): void {
  const {
    VPNAAS_SKIP_TUNNEL: tunnel,
    VPNAAS_SKIP_LIVE: live,
    VPNAAS_SKIP_ENGINE: engine,
  } = process.env;
  describeUnless(tunnel ?? live ?? engine, title, tests);
}

/** Servers that can store states. */
export type BackendName = "S3" | "POSTGRES";

/** {@link describe} for tests of the engine with its states in servers; skipped if any is missing. */
export function describeWithBackends(
  names: readonly BackendName[],
  title: string,
  tests: () => void,
): void {
  const reasons = ["ENGINE", ...names].map((name) => process.env[`VPNAAS_SKIP_${name}`]);
  describeUnless(reasons.find(Boolean), title, tests);
}

/** {@link describe} for tests of pages in Chromium; skipped with the reason if there is none. */
export function describeInBrowser(title: string, tests: () => void): void {
  describeUnless(process.env["VPNAAS_SKIP_BROWSER"], title, tests);
}

function withoutGo(): string | undefined {
  return hasGo() ? undefined : "there is no Go on the PATH";
}

function describeUnless(reason: string | undefined, title: string, tests: () => void): void {
  if (reason) describe.skip(`${title} [skipped: ${reason}]`, tests);
  else describe(title, tests);
}
