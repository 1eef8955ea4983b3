import { connect } from "node:net";
import { createServer, type TLSSocket } from "node:tls";

import type { KeyPair } from "./certificates";
import { listening } from "./loopback";

/** A running TLS front of a plain server. */
export interface TlsFront {
  /** `https://127.0.0.1:PORT`, without a path. */
  readonly url: string;
  /** The name in the client's certificate of each connection so far; "" without a certificate. */
  readonly clients: readonly string[];
  /** Stops the front and every connection. */
  stop(): Promise<void>;
}

/** Options of {@link startTlsFront}. */
export interface TlsFrontOptions {
  /** The server's certificate. */
  readonly certificate: KeyPair;
  /** The plain server's URL on this machine; called at each connection, so the server may start later. */
  readonly to: () => string;
  /** Certificate (PEM) of the clients' authority; if set, other clients are refused. */
  readonly clientAuthority?: string;
}

/** Starts a server on loopback that decrypts TLS and forwards every byte to a plain server. */
export async function startTlsFront(options: TlsFrontOptions): Promise<TlsFront> {
  const { certificate, to, clientAuthority: ca } = options;
  const clients: string[] = [];
  const sockets = new Set<TLSSocket>();
  const server = createServer(
    {
      ...certificate,
      ...(ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: true }),
    },
    (socket) => {
      const { subject } = socket.getPeerCertificate() as { subject?: { CN?: string } };
      clients.push(subject?.CN ?? "");
      sockets.add(socket);
      const { hostname, port } = new URL(to());
      const plain = connect(Number(port), hostname);
      const end = (): void => {
        sockets.delete(socket);
        socket.destroy();
        plain.destroy();
      };
      socket.once("close", end).once("error", end).pipe(plain);
      plain.once("close", end).once("error", end).pipe(socket);
    },
  );
  const port = await listening(server);
  return {
    url: `https://127.0.0.1:${port}`,
    clients,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
