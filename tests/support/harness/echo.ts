import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";

import { LONG_KEEP_ALIVE } from "../../../simulator/http";
import { listening } from "./loopback";

/** A request that an {@link EchoFront} received. */
export interface Seen {
  readonly method: string;
  /** From the first slash on, with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The response of a front: an HTTP response, or bytes after which it closes the connection. */
export type EchoAnswer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown }
  | { readonly raw: string };

/** A response that contains parts of the request. */
export type Shape = (seen: Seen) => EchoAnswer;

/** The requests that a front answers itself, and the shape of its responses. */
export interface EchoRule {
  /** Any method if absent. */
  readonly method?: string;
  readonly path: RegExp;
  /** Any request if absent. */
  readonly when?: (seen: Seen) => boolean;
  readonly shape: Shape;
}

/** A running front. */
export interface EchoFront {
  /** `http://127.0.0.1:PORT`, also a value of HTTP_PROXY. */
  readonly url: string;
  /** Every request so far. */
  readonly seen: readonly Seen[];
  /** Answers the requests of a rule in its shape for the duration of an operation. */
  during<T>(rule: EchoRule, operation: () => Promise<T>): Promise<T>;
  /** The number of requests answered in a shape so far. */
  readonly echoes: number;
  /** Stops the front and every connection. */
  stop(): Promise<void>;
}

/**
 * Starts a front of a plain server on loopback, also as its forward proxy. It forwards every request
 * except those of a rule.
 * @param aliases strings in requests and responses on this side, with their values on the server's side
 */
export async function startEchoFront(
  to: () => string,
  aliases: () => readonly (readonly [here: string, there: string])[] = () => [],
): Promise<EchoFront> {
  const seen: Seen[] = [];
  const rules: EchoRule[] = [];
  const sockets = new Set<Socket>();
  let echoes = 0;

  const inward = (text: string) =>
    aliases().reduce((all, [here, there]) => all.replaceAll(asJson(here), asJson(there)), text);
  const outward = (text: string) =>
    aliases().reduce((all, [here, there]) => all.replaceAll(asJson(there), asJson(here)), text);

  const server = createServer(LONG_KEEP_ALIVE, (incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.once("end", () => {
      const { method = "", url = "", headers } = incoming;
      const path = url.replace(/^https?:\/\/[^/]+/, "");
      const one = { method, path, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      const rule = rules.find(
        (each) =>
          (each.method ?? method) === method && each.path.test(path) && each.when?.(one) !== false,
      );
      if (rule !== undefined) {
        echoes += 1;
        echo(rule.shape(one));
        return;
      }
      const body = inward(one.body);
      const onward = httpRequest(
        new URL(path, to()),
        { method, headers: onwardHeaders(headers, inward, body) },
        (reply) => {
          const parts: Buffer[] = [];
          reply.on("data", (part: Buffer) => parts.push(part));
          reply.once("end", () => {
            const text = outward(Buffer.concat(parts).toString());
            const fields = Object.entries(reply.headers).filter(([name]) => !SIZES.has(name));
            for (const [name, value] of fields) answer.setHeader(name, outward(String(value)));
            answer.writeHead(reply.statusCode ?? 502).end(text);
          });
        },
      );
      onward.once("error", () => answer.destroy());
      onward.end(body);
    });

    const echo = (reply: EchoAnswer): void => {
      if ("raw" in reply) {
        incoming.socket.end(Buffer.from(reply.raw));
        return;
      }
      const { status, headers = {}, body = "" } = reply;
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const type = typeof body === "string" ? "text/html" : "application/json";
      answer.writeHead(status, { "Content-Type": type, ...headers }).end(text);
    };
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    get echoes() {
      return echoes;
    },
    async during(rule, operation) {
      rules.push(rule);
      try {
        return await operation();
      } finally {
        rules.splice(rules.indexOf(rule), 1);
      }
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Header fields that depend on the body's length, or that belong to one connection. */
const SIZES = new Set([
  "content-length",
  "transfer-encoding",
  "accept-encoding",
  "connection",
  "keep-alive",
]);

function onwardHeaders(
  headers: IncomingHttpHeaders,
  inward: (text: string) => string,
  body: string,
): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !SIZES.has(name) && name !== "host" && !name.startsWith("proxy-"),
  );
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, inward(String(value))])),
    ...(body === "" ? {} : { "content-length": String(Buffer.byteLength(body)) }),
  };
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
