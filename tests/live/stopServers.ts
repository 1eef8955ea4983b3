/** Jest runs this after all tests: stops the servers of startServers.ts. */
export default async function stopServers(): Promise<void> {
  await (globalThis as { STOP_SERVERS?: () => Promise<void> }).STOP_SERVERS?.();
}
