import { createServer, type AddressInfo, type Server } from "node:net";

/** Makes a server listen on a free port of 127.0.0.1 and resolves with that port. */
export async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/**
 * A port of 127.0.0.1 that refuses connections: that of tcpmux. No server of another test can
 * receive it, since systems choose free ports from a range far above.
 */
export const CLOSED_PORT = 1;

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
