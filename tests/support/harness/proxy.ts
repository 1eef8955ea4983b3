import { createServer, request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";

import { LONG_KEEP_ALIVE } from "../../../simulator/http";
import { listening } from "./loopback";

/** A running forward proxy. */
export interface Proxy {
  /** A value of `HTTP_PROXY`, with user and password if the proxy requires them. */
  readonly url: string;
  /**
   * The requests so far, in order: `GET http://127.0.0.1:41234/network/v2.0/...` for plain requests,
   * `CONNECT 127.0.0.1:41234` for tunnels.
   */
  readonly asked: readonly string[];
  /** The number of requests refused because of a wrong user or password. */
  readonly refused: number;
  /** Stops the proxy and every connection. */
  stop(): Promise<void>;
}

/**
 * Starts a forward proxy on loopback, which accepts absolute URLs and CONNECT.
 * @param credentials required `user:password`; by default none is required
 */
export async function startProxy(credentials?: string): Promise<Proxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  let refused = 0;
  const wanted =
    credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString("base64")}`;

  const isRefused = (line: string, authorization: string | undefined): boolean => {
    asked.push(line);
    const isWrong = wanted !== undefined && authorization !== wanted;
    if (isWrong) refused += 1;
    return isWrong;
  };

  const server = createServer(LONG_KEEP_ALIVE, (incoming, answer) => {
    const { method = "", url = "", headers } = incoming;
    if (isRefused(`${method} ${url}`, headers["proxy-authorization"])) {
      answer.writeHead(407, { "Proxy-Authenticate": "Basic" }).end();
      return;
    }
    if (!URL.canParse(url)) {
      answer.writeHead(400).end();
      return;
    }
    const { "proxy-authorization": _own, ...rest } = headers;
    const onward = httpRequest(url, { method, headers: rest }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.once("error", () => {
      if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    });
    incoming.pipe(onward);
  });

  server.on("connect", ({ url = "", headers }, client: Socket) => {
    if (isRefused(`CONNECT ${url}`, headers["proxy-authorization"])) {
      client.end("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n");
      return;
    }
    const { hostname, port } = new URL(`http://${url}`);
    const server = connect(Number(port || 80), hostname, () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      client.pipe(server).pipe(client);
    });
    client.once("close", () => server.destroy()).once("error", () => server.destroy());
    server.once("close", () => client.destroy()).once("error", () => client.destroy());
  });

  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  const port = await listening(server);
  return {
    url: `http://${credentials === undefined ? "" : `${credentials}@`}127.0.0.1:${port}`,
    asked,
    get refused() {
      return refused;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
