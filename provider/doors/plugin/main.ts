#!/usr/bin/env node
import { exitWithEngine } from "../parentWatchdog";
import { restoreFlagsAtExit } from "../v8Tuning";
import { EngineLog } from "./engineLog";
import { endWhenInterrupted } from "./interrupt";
import { startServer } from "./server";

/**
 * `pulumi-resource-vpnaas`: the engine starts it with its own address as the last argument, and reads
 * the port from the first line. Without an address (`PULUMI_DEBUG_PROVIDERS`) it runs until it is
 * stopped, and the engine passes its address to `Attach`.
 */
async function main(): Promise<void> {
  // For the compiled code that a release keeps.
  restoreFlagsAtExit();
  const address = process.argv.slice(2).at(-1);
  const log = new EngineLog();
  const isOfEngine = address !== undefined && /:\d+$/.test(address);
  if (isOfEngine) {
    log.connect(address);
    exitWithEngine();
  }
  const server = await startServer(log);
  if (isOfEngine) endWhenInterrupted(server);
  process.stdout.write(`${server.port}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
