import http from "node:http";

import { generate } from "selfsigned";

import { NotSentError } from "../../../provider/errors";
import { Transport, type TransportOptions } from "../../../provider/http/transport";
import { Log } from "../../../provider/log";
import { systemClock } from "../../../provider/wait/clock";
import { newAuthority, type Authority, type KeyPair } from "../../support/harness/certificates";
import { closedPort, listening } from "../../support/harness/loopback";
import { startTlsFront, type TlsFront, type TlsFrontOptions } from "../../support/harness/tls";
import { until } from "../../support/harness/until";

let authority: Authority;
let certificate: KeyPair;
let plain: http.Server;
let plainUrl: string;
let connections: number;
let front: TlsFront | undefined;

beforeAll(async () => {
  authority = await newAuthority();
  certificate = await authority.server();
});

beforeEach(async () => {
  connections = 0;
  plain = http.createServer((_request, response) => response.end("{}"));
  plain.on("connection", () => (connections += 1));
  plainUrl = `http://127.0.0.1:${await listening(plain)}`;
});

afterEach(async () => {
  await front?.stop();
  front = undefined;
  const closed = new Promise((resolve) => plain.close(resolve));
  plain.closeAllConnections();
  await closed;
});

const transport = (options: TransportOptions) => new Transport(options, new Log(() => undefined));

/** Asks a TLS server with those options, as many times. */
async function ask(options: TransportOptions, server: Partial<TlsFrontOptions> = {}, times = 1) {
  front = await startTlsFront({ certificate, to: () => plainUrl, ...server });
  const client = transport(options);
  for (let count = 1; count < times; count += 1)
    await client.send({ method: "GET", url: front.url });
  return client.send({ method: "GET", url: front.url });
}

it("trusts the authorities that it is given", async () => {
  await expect(ask({ ca: authority.cert })).resolves.toMatchObject({ status: 200, body: {} });
});

it("trusts no other, and names the setting", async () => {
  await expect(ask({})).rejects.toThrow(/certificate is not trusted: set vpnaas:cacert/);
});

it("trusts any server where it is told to", async () => {
  await expect(ask({ insecure: true })).resolves.toMatchObject({ status: 200 });
});

it("says that a certificate is for another host", async () => {
  const { cert, private: key } = await generate([{ name: "commonName", value: "another" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "other.example.org" }] }],
  });
  const asking = ask({ ca: cert }, { certificate: { cert, key } });
  await expect(asking).rejects.toThrow(/certificate is for another host name/);
});

it("shows its own certificate to a server that wants one", async () => {
  const own = await authority.client("a program");
  await ask({ ca: authority.cert, ...own }, { clientAuthority: authority.cert });
  expect(front!.clients).toEqual(["a program"]);
});

it("keeps connections open, with TLS and without", async () => {
  await ask({ ca: authority.cert }, {}, 3);
  expect(front!.clients).toHaveLength(1);
  const client = transport({});
  connections = 0;
  for (let count = 0; count < 3; count += 1) await client.send({ method: "GET", url: plainUrl });
  expect(connections).toBe(1);
});

it("tells a server that is not there from one that may have seen the request", async () => {
  const url = `http://127.0.0.1:${await closedPort()}`;
  await expect(transport({}).send({ method: "GET", url })).rejects.toMatchObject({ sent: false });
  plain.removeAllListeners("request").on("request", (request) => request.socket.destroy());
  await expect(transport({}).send({ method: "GET", url: plainUrl })).rejects.toMatchObject({
    sent: true,
  });
});

describe("an answer that repeats what it was sent", () => {
  const TOKEN = "gAAAAAB-a-token";
  const lines: string[] = [];

  /** Asks a server that answers with this status, and with the token in a field and in the body. */
  const askEcho = (status: number, path = "/", requestId = `req-${TOKEN}`) => {
    plain.removeAllListeners("request").on("request", (request, response: http.ServerResponse) => {
      const token = String(request.headers["x-auth-token"]);
      response.writeHead(status, { "X-Openstack-Request-Id": requestId, "X-Echo": token });
      response.end(JSON.stringify({ error: { message: `Not ${token}, nor a-password` } }));
    });
    const log = new Log((line) => lines.push(line), "debug");
    const client = new Transport({ secrets: ["a-password"] }, log);
    const headers = { "X-Auth-Token": TOKEN };
    return client.send({ method: "GET", url: `${plainUrl}${path}`, headers });
  };

  it.each([300, 302, 400, 401, 404, 500, 503])("with %i is cleared of it", async (status) => {
    const { headers, body } = await askEcho(status);
    expect(headers["x-echo"]).toBe("(hidden)");
    expect(body).toEqual({ error: { message: "Not (hidden), nor (hidden)" } });
  });

  it.each([200, 201])(
    "with %i is left as it is, since an object may hold its secret",
    async (status) => {
      const { headers, body } = await askEcho(status);
      expect(headers["x-echo"]).toBe(TOKEN);
      expect(body).toEqual({ error: { message: `Not ${TOKEN}, nor a-password` } });
    },
  );

  it("keeps its request id only where it is one", async () => {
    expect((await askEcho(400)).headers).not.toHaveProperty("x-openstack-request-id");
    const { headers } = await askEcho(400, "/", "req-1b2c3d");
    expect(headers["x-openstack-request-id"]).toBe("req-1b2c3d");
  });

  it("does not bring it into the log by a link", async () => {
    lines.length = 0;
    await askEcho(200, `/v2.0/things?marker=1&token=${TOKEN}`);
    expect(lines).toEqual([
      expect.stringMatching(/things\?marker=1&token=\(hidden\) -> 200 in \d+ ms$/),
    ]);
  });
});

describe("a request whose deadline has come", () => {
  /** A server that answers when it is told to, and the transport to it, which sends one at a time. */
  function held() {
    const arrived: string[] = [];
    const answers: (() => void)[] = [];
    plain.removeAllListeners("request");
    plain.on("request", ({ method }: http.IncomingMessage, response: http.ServerResponse) => {
      arrived.push(method!);
      answers.push(() => response.end("{}"));
    });
    const client = transport({ maxConcurrency: 1 });
    const soon = (ms: number) => systemClock.now() + ms;
    return { arrived, answers, client, soon };
  }

  it("is not sent, and says so", async () => {
    const { arrived, client, soon } = held();
    const sending = client.send({ method: "POST", url: plainUrl, deadline: soon(-1) });
    await expect(sending).rejects.toThrow(NotSentError);
    await expect(sending).rejects.toThrow(/^POST http:.*: not sent, .*changed nothing/);
    expect(arrived).toEqual([]);
  });

  it("gives up its place in the queue, and never leaves", async () => {
    const { arrived, answers, client, soon } = held();
    const first = client.send({ method: "GET", url: plainUrl });
    const late = client.send({ method: "DELETE", url: plainUrl, deadline: soon(100) });
    await expect(late).rejects.toThrow(
      /not sent, .* while it waited for another request\..* Raise timeouts or vpnaas:maxConcurrency/,
    );
    answers[0]!();
    await first;
    const next = client.send({ method: "GET", url: plainUrl });
    await until("the next request", () => answers.length === 2, 5_000);
    answers[1]!();
    await next;
    expect(arrived).toEqual(["GET", "GET"]);
  });

  it("is given up where it has left, as one that may have been done", async () => {
    const { arrived, client, soon } = held();
    const sending = client.send({ method: "POST", url: plainUrl, deadline: soon(500) });
    await expect(sending).rejects.toMatchObject({ sent: true });
    expect(arrived).toEqual(["POST"]);
  });
});
