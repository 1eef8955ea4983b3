import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Answer } from "./types";

/**
 * Options of a server: it closes an idle connection much later than its clients do. Otherwise a busy machine may lose a
 * request that is sent at the moment of the close.
 */
export const LONG_KEEP_ALIVE = { keepAliveTimeout: 30_000 };

/** The body of a request as text. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The value of a JSON text; the text itself if it is not JSON, null if it is empty. */
export function parsed(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

/** The longest body that is never compressed, in bytes. */
const COMPRESSED_FROM = 1024;

/** Sends an answer. With `isCut` the socket is destroyed after half of the body, or at once without a body. */
export function send(
  response: ServerResponse,
  { status, body, headers }: Answer,
  { now, isCut, isLast }: { now: Date; isCut: boolean; isLast: boolean },
): void {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  if (isCut && text === "") {
    response.socket?.destroy();
    return;
  }
  const accepted = String(response.req.headers["accept-encoding"]);
  const isZipped = /\bgzip\b/.test(accepted) && Buffer.byteLength(text) > COMPRESSED_FROM;
  // A busy front end also prefers speed to a good compression.
  const bytes = isZipped ? gzipSync(text, { level: 1 }) : Buffer.from(text);
  response.writeHead(status, {
    ...(status === 204
      ? {}
      : {
          "Content-Type": typeof body === "string" ? "text/html" : "application/json",
          "Content-Length": bytes.length,
          ...(isZipped ? { "Content-Encoding": "gzip" } : {}),
        }),
    Date: now.toUTCString(),
    "X-Openstack-Request-Id": `req-${randomUUID()}`,
    ...(isLast ? { Connection: "close" } : {}),
    ...headers,
  });
  if (isCut) {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  } else {
    response.end(bytes);
  }
}

/** Listens on 127.0.0.1, on any free port if it is 0, and returns the root URL. */
export async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      // The server may listen several times.
      server.off("error", reject);
      resolve();
    });
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
