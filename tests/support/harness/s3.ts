/** The S3-compatible server of tests/backends/server, for tests that store states in it. */
import { join } from "node:path";

import { PythonProgram, type Served } from "./pythonProgram";

const server = new PythonProgram(
  "the S3 server",
  join(__dirname, "..", "..", "backends", "server", "s3.py"),
);

/**
 * Installs the requirements of {@link startS3}, which takes some seconds the first time and no time later.
 * @throws Error of one line with the reason why this machine cannot run it
 */
export function prepareS3(log: (line: string) => void): Promise<void> {
  return server.setUp(log);
}

/**
 * Starts a server on a free port of loopback, with one empty bucket and any login; it ends when this
 * process does.
 * @throws Error if {@link prepareS3} has not run or the server does not start
 */
export function startS3(): Promise<Served<{ readonly port: number; readonly bucket: string }>> {
  return server.serve();
}
