/** An S3-compatible server that tests/backends/server sets up, for tests that keep states in it. */
import { join } from "node:path";

import { PythonProgram, type Served } from "./pythonProgram";

const server = new PythonProgram(
  "the S3 server",
  join(__dirname, "..", "..", "backends", "server", "s3.py"),
);

/**
 * Installs what {@link startS3} needs: some seconds the first time, nothing later.
 * @throws Error of one line that says why this machine cannot run it
 */
export function prepareS3(log: (line: string) => void): Promise<void> {
  return server.setUp(log);
}

/**
 * Starts a server on a free port of loopback, with one empty bucket and any login; it ends when this
 * process does.
 * @throws Error if {@link prepareS3} has not run or it does not come up
 */
export function startS3(): Promise<Served<{ readonly port: number; readonly bucket: string }>> {
  return server.serve();
}
