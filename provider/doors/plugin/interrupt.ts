import type { PluginServer } from "./server";

/** How soon after Ctrl-C an engine certainly cancels the operations, in milliseconds. */
const CANCEL_MS = 500;

/**
 * Ends the process when its engine interrupts it, as engines do at their end; one that stays is
 * killed after 5 seconds (Pulumi 3.232.0, plugin.go). Ctrl-C interrupts the whole process group: then the engine
 * cancels the operations, records their results and interrupts once more.
 *
 * Engines before the cancellation at their end (3.206.0) only interrupt, when no operation is under way.
 */
export function endWhenInterrupted(server: PluginServer): void {
  const end = () => void server.close().then(() => process.exit());
  process.on("SIGINT", () => {
    if (server.isCanceled()) end();
    else setTimeout(() => !server.isCanceled() && server.isIdle() && end(), CANCEL_MS);
  });
}
