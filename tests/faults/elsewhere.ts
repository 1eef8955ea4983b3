import { createServer, type Server } from "node:http";

import { listening } from "../support/harness/loopback";

/** The target of redirects, which no client may contact. */
export class Elsewhere {
  /** The paths of its requests, which begin with the number of the cell. */
  readonly asked: string[] = [];
  url = "";
  private readonly server: Server = createServer((request, response) => {
    this.asked.push(request.url ?? "");
    response.writeHead(200).end("{}");
  });

  async open(): Promise<void> {
    this.url = `http://localhost:${await listening(this.server)}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
  }
}
