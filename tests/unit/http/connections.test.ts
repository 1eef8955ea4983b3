import http from "node:http";

import { generate } from "selfsigned";

import { Connections, type ConnectionOptions } from "../../../provider/http/connections";
import { noAnswerError, reasonOf } from "../../../provider/http/noAnswer";
import { newAuthority, type Authority, type KeyPair } from "../../support/harness/certificates";
import { listening } from "../../support/harness/loopback";
import { startTlsFront, type TlsFront, type TlsFrontOptions } from "../../support/harness/tls";

let authority: Authority;
let certificate: KeyPair;
let plain: http.Server;
let plainUrl: string;
let sockets: number;
let front: TlsFront | undefined;

beforeAll(async () => {
  authority = await newAuthority();
  certificate = await authority.server();
});

beforeEach(async () => {
  sockets = 0;
  plain = http.createServer((_request, response) => response.end("{}"));
  plain.on("connection", () => (sockets += 1));
  plainUrl = `http://127.0.0.1:${await listening(plain)}`;
});

afterEach(async () => {
  await front?.stop();
  front = undefined;
  const closed = new Promise((resolve) => plain.close(resolve));
  plain.closeAllConnections();
  await closed;
});

/** Sends a number of requests over the same connections. */
async function ask(url: string, options: ConnectionOptions = {}, times = 1) {
  const connections = new Connections(options, () => undefined);
  const { signal } = new AbortController();
  const send = () => connections.request({ method: "GET", url, headers: {}, signal });
  for (let count = 1; count < times; count += 1) await send();
  return send();
}

/** Sends a number of requests to a TLS server with those options. */
async function askTls(
  options: ConnectionOptions,
  server: Partial<TlsFrontOptions> = {},
  times?: number,
) {
  front = await startTlsFront({ certificate, to: () => plainUrl, ...server });
  return ask(front.url, options, times);
}

/** The message of such a request that fails. */
async function failureOf(...asking: Parameters<typeof askTls>): Promise<string> {
  const error = await askTls(...asking).catch((thrown: unknown) => thrown);
  return noAnswerError("GET /", reasonOf(error)).message;
}

describe("connections with TLS", () => {
  it("trust the configured authorities", async () => {
    const response = await askTls({ ca: authority.cert });
    expect(response).toMatchObject({ status: 200, data: "{}" });
  });

  it("trust no other authority, and the message names the setting", async () => {
    expect(await failureOf({})).toMatch(/certificate is not trusted: set vpnaas:cacert/);
  });

  it("trust any server if the setting insecure is true", async () => {
    expect(await askTls({ insecure: true })).toMatchObject({ status: 200 });
  });

  it("refuse a certificate for another host name", async () => {
    const { cert, private: key } = await generate([{ name: "commonName", value: "another" }], {
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "other.example.org" }] }],
    });
    const message = await failureOf({ ca: cert }, { certificate: { cert, key } });
    expect(message).toMatch(/certificate is for another host name/);
  });

  it("present their own certificate to a server that asks for one", async () => {
    const own = await authority.client("a program");
    await askTls({ ca: authority.cert, ...own }, { clientAuthority: authority.cert });
    expect(front!.clients).toEqual(["a program"]);
  });

  it("stay open", async () => {
    await askTls({ ca: authority.cert }, {}, 3);
    expect(front!.clients).toHaveLength(1);
  });
});

describe("connections without TLS", () => {
  it("stay open", async () => {
    await ask(plainUrl, {}, 3);
    expect(sockets).toBe(1);
  });

  it("return a redirect instead of following it", async () => {
    plain.removeAllListeners("request");
    plain.on("request", (_request, response: http.ServerResponse) => {
      response.writeHead(302, { Location: plainUrl }).end();
    });
    expect(await ask(plainUrl)).toMatchObject({ status: 302 });
    expect(sockets).toBe(1);
  });

  it("ask for JSON and for a compressed response", async () => {
    let headers: http.IncomingHttpHeaders = {};
    plain.on("request", (request: http.IncomingMessage) => (headers = request.headers));
    await ask(plainUrl);
    expect(headers.accept).toBe("application/json");
    expect(headers["accept-encoding"]).toMatch(/gzip/);
  });
});
