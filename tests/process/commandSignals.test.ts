import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { ChildHandle } from "../support/harness/child";
import { startCommand } from "../support/harness/command";
import { until } from "../support/harness/until";

const ID = "3c2f6a0e-5f0b-4d7e-9a58-0d5a4e0a1b2c";
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** A cloud that accepts requests and answers none of them. */
let silent: Server;
let folder: string;

beforeAll(async () => {
  silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  folder = mkdtempSync(join(tmpdir(), "vpnaas-signals-"));
});
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], others: Record<string, string> = {}): ChildHandle {
  const { port } = silent.address() as AddressInfo;
  return startCommand(folder, args, {
    OS_AUTH_URL: `http://127.0.0.1:${port}/v3`,
    OS_USERNAME: "lab-user",
    OS_PASSWORD: "lab-user-pass",
    OS_PROJECT_NAME: "lab",
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    ...others,
  });
}

// A shell reports the end by SIGINT as the exit status 130.
describe.each([
  ["doctor", ["doctor"]],
  ["peer", ["peer", "--connection", ID, "--format", "swanctl"]],
  ["diagnose", ["diagnose", "--connection", ID]],
])("%s, which waits for a cloud", (_name, args) => {
  it.each(SIGNALS)("ends by %s at once, and its request with it", async (signal) => {
    const requested = once(silent, "request") as Promise<[IncomingMessage]>;
    const running = start(args);
    const [{ socket }] = await requested;
    const closed = once(socket, "close");
    running.kill(signal);
    expect((await running.done).signal).toBe(signal);
    await closed;
  });
});

describe("drift, which waits for pulumi", () => {
  it.each(SIGNALS)("ends by %s at once", async (signal) => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");
    const started = join(folder, `${signal}.started`);
    const path = join(folder, "bin");
    mkdirSync(path, { recursive: true });
    const script = `#!/bin/sh\n: > "$STARTED"\nexec /bin/sleep 3\n`;
    writeFileSync(join(path, "pulumi"), script, { mode: 0o755 });
    const running = start(["drift"], { PATH: path, STARTED: started });
    await until("the start of pulumi", () => existsSync(started));
    running.kill(signal);
    expect((await running.done).signal).toBe(signal);
  });
});
