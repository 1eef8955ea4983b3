import { startSharedNeutrons } from "../support/harness/sharedNeutron";

/** Jest runs this once before the first live test, and the result after the last one: see stopServers.ts. */
export default async function startServers({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  if (process.env["VPNAAS_SKIP_LIVE"] ?? process.env["VPNAAS_SKIP_ENGINE"]) return;
  Object.assign(globalThis, { STOP_SERVERS: await startSharedNeutrons(maxWorkers) });
}
