import { stat } from "node:fs/promises";

import { neutronAt, serveNeutron, type LiveNeutron, type RunningNeutron } from "./neutron";

/** The environment variable that passes a server to the tests of one of Jest's workers. */
const variableOf = (worker: string): string => `VPNAAS_NEUTRON_OF_WORKER_${worker}`;

/**
 * Starts one live Neutron for each of Jest's workers, since a start costs more than most tests; the returned
 * function stops them.
 */
export async function startSharedNeutrons(workers: number): Promise<() => Promise<void>> {
  const servers = await Promise.all(
    Array.from({ length: workers }, async (_, i) => {
      const server = await serveNeutron();
      process.env[variableOf(String(i + 1))] = JSON.stringify(server.ready);
      return server;
    }),
  );
  return async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
}

/**
 * The live Neutron of this worker, which runs one file at a time; undefined if there is none. Objects of
 * earlier files may be left. Its requests begin now, and it does not end with {@link LiveNeutron.stop}.
 */
export async function sharedNeutron(): Promise<LiveNeutron | undefined> {
  const ready = process.env[variableOf(process.env["JEST_WORKER_ID"] ?? "")];
  if (ready === undefined) return undefined;
  const running = JSON.parse(ready) as RunningNeutron;
  const earlier = await stat(running.requests).catch(() => undefined);
  return { ...neutronAt(running, earlier?.size), stop: () => Promise.resolve() };
}
