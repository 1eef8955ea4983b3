import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { Transport } from "../../provider/http/transport";
import { Log } from "../../provider/log";

let server: Server;

afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

async function send(listener: RequestListener, timeoutMs: number): Promise<unknown> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const transport = new Transport({}, new Log(() => undefined));
  return transport.send({ method: "GET", url, timeoutMs });
}

const tooLate = expect.objectContaining({
  name: "TransportError",
  message: expect.stringContaining("no answer (time-out)"),
  sent: true,
});

it("gives up an answer that does not come", async () => {
  await expect(send(() => undefined, 300)).rejects.toEqual(tooLate);
});

it("gives up an answer that comes bit by bit and never ends", async () => {
  const drip: RequestListener = (_request, response) => {
    const drops = setInterval(() => response.write(" "), 50);
    response.once("close", () => clearInterval(drops));
  };
  await expect(send(drip, 300)).rejects.toEqual(tooLate);
});

it("gives back an answer that comes in time", async () => {
  const answer = await send((_request, response) => response.writeHead(200).end("{}"), 5_000);
  expect(answer).toMatchObject({ status: 200, body: {} });
});
