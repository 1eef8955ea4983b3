import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { basename, join } from "node:path";

import { listening } from "./loopback";
import { NodeHost, type ServerOptions } from "./nodeHost";
import type { Plugin } from "./stackFolder";
import { IS_IN_TEST_FILE } from "./testFile";

/** The programs that the engine starts, and the servers that hosts run in their place. */
const SERVERS = {
  "pulumi-language-nodejs": join(__dirname, "programServer.cjs"),
  "pulumi-resource-pulumi-nodejs": require.resolve("@pulumi/pulumi/cmd/dynamic-provider"),
};

/** The plugins of a project that make the engine start {@link script} in place of {@link SERVERS}. */
export const HOSTED_PLUGINS: readonly Plugin[] = [
  { kind: "languages", name: "nodejs", path: "../hosts" },
  { kind: "providers", name: "pulumi-nodejs", path: "../hosts" },
];

/** A variable with which the engine starts its own programs. */
export const OWN_PROCESSES = "VPNAAS_OWN_PROCESSES";

/**
 * Takes the place of a program that starts Node.js: hands its name, its id, the engine's address, the folder and the
 * variables to the test's process. The server that starts there writes to its streams. The connection ends with this process.
 */
const script = (port: number, own: string): string => `#!/usr/bin/env bash
[ -z "$${OWN_PROCESSES}" ] || exec ${JSON.stringify(own)} "$@"
exec 3<>/dev/tcp/127.0.0.1/${port}
{ printf '%s\\0' "$0" "$$" "\${@: -1}" "$PWD"; env -0; printf '\\0'; } >&3
read -r -u 3
`;

/** The server of all stacks of a test file. */
const server = createServer((socket) => {
  // A killed process resets its connection.
  socket.on("error", () => undefined);
  serve(socket).catch((error: unknown) => socket.destroy(error as Error));
});
let port: Promise<number> | undefined;

/** Outside Jest no test ends, so that each command has its own processes. */
const canShare = IS_IN_TEST_FILE && process.platform === "linux";
if (canShare) afterAll(() => void server.close());

/** The processes of stacks whose tests have no need of their own; `VPNAAS_PROCESSES=own` gives them to every command. */
export const PROCESSES = canShare && process.env["VPNAAS_PROCESSES"] !== "own" ? "shared" : "own";

/**
 * Makes the engine run the program and the dynamic provider of a stack in processes that all stacks of a test file use
 * one after the other; a run takes a third of the CPU time of one with its own processes. The project has
 * {@link HOSTED_PLUGINS}, and its program is index.js or index.ts.
 *
 * @param root The temporary folder of the stack.
 * @param engine The folder of the engine's programs.
 */
export async function addSharedHosts(root: string, engine: string): Promise<void> {
  port ??= listening(server);
  const folder = join(root, "hosts");
  mkdirSync(folder);
  for (const name of Object.keys(SERVERS)) {
    writeFileSync(join(folder, name), script(await port, join(engine, name)), { mode: 0o755 });
  }
}

async function serve(socket: Socket): Promise<void> {
  const closed = new Promise((resolve) => socket.once("close", resolve));
  const { host } = await NodeHost.serve(await readRequest(socket));
  await closed;
  await host.release();
}

/** A request of {@link script}. */
async function readRequest(socket: Socket): Promise<ServerOptions> {
  let text = "";
  for await (const chunk of socket.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    text += chunk as string;
    if (text.endsWith("\0\0")) break;
  }
  const [program = "", pid = "", engine = "", directory = "", ...variables] = text
    .slice(0, -2)
    .split("\0");
  return {
    server: SERVERS[basename(program) as keyof typeof SERVERS],
    copyOutputTo: Number(pid),
    engine,
    directory,
    environment: Object.fromEntries(
      variables.map((one) => {
        const end = one.indexOf("=");
        return [one.slice(0, end), one.slice(end + 1)];
      }),
    ),
  };
}
