import { getEventListeners } from "node:events";
import http from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { CanceledError, NotSentError } from "../../../provider/errors";
import { Transport, type TransportOptions } from "../../../provider/http/transport";
import { Log } from "../../../provider/log";
import { systemClock } from "../../../provider/wait/clock";
import { CLOSED_PORT, listening } from "../../support/harness/loopback";
import { until } from "../../support/harness/until";

let plain: http.Server;
let plainUrl: string;

beforeEach(async () => {
  plain = http.createServer((_request, response) => response.end("{}"));
  plainUrl = `http://127.0.0.1:${await listening(plain)}`;
});

afterEach(async () => {
  const closed = new Promise((resolve) => plain.close(resolve));
  plain.closeAllConnections();
  await closed;
});

const transport = (options: TransportOptions) => new Transport(options, new Log(() => undefined));

it("Transport: distinguishes an unreachable server from one that may have received the request", async () => {
  const url = `http://127.0.0.1:${CLOSED_PORT}`;
  await expect(transport({}).send({ method: "GET", url })).rejects.toMatchObject({ sent: false });
  plain.removeAllListeners("request").on("request", (request) => request.socket.destroy());
  await expect(transport({}).send({ method: "GET", url: plainUrl })).rejects.toMatchObject({
    sent: true,
  });
});

describe("Transport: a response that echoes secrets of the request", () => {
  const TOKEN = "gAAAAAB-a-token";
  const lines: string[] = [];

  /**
   * Sends a request to a server that answers with this status, and with the token in a header and
   * in the body.
   */
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

  it.each([300, 302, 400, 401, 404, 500, 503])(
    "is redacted if its status is %i",
    async (status) => {
      const { headers, body } = await askEcho(status);
      expect(headers["x-echo"]).toBe("(hidden)");
      expect(body).toEqual({ error: { message: "Not (hidden), nor (hidden)" } });
    },
  );

  it.each([200, 201])(
    "is unchanged if its status is %i, because an object may contain its secret",
    async (status) => {
      const { headers, body } = await askEcho(status);
      expect(headers["x-echo"]).toBe(TOKEN);
      expect(body).toEqual({ error: { message: `Not ${TOKEN}, nor a-password` } });
    },
  );

  it("keeps its request id only if that has the form of one", async () => {
    expect((await askEcho(400)).headers).not.toHaveProperty("x-openstack-request-id");
    const { headers } = await askEcho(400, "/", "req-1b2c3d");
    expect(headers["x-openstack-request-id"]).toBe("req-1b2c3d");
  });

  it("does not put the secret of a URL into the log", async () => {
    lines.length = 0;
    await askEcho(200, `/v2.0/things?marker=1&token=${TOKEN}`);
    expect(lines).toEqual([
      expect.stringMatching(/things\?marker=1&token=\(hidden\) -> 200 in \d+ ms$/),
    ]);
  });
});

/** A server that answers on demand, and a transport to it that sends one request at a time. */
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

describe("Transport: a request whose deadline has come", () => {
  it("is not sent, and the error states that", async () => {
    const { arrived, client, soon } = held();
    const sending = client.send({ method: "POST", url: plainUrl, deadline: soon(-1) });
    await expect(sending).rejects.toThrow(NotSentError);
    await expect(sending).rejects.toThrow(/^POST http:.*: not sent, .*changed nothing/);
    expect(arrived).toEqual([]);
  });

  it("leaves the queue and is never sent", async () => {
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

  it("ends as possibly received if it was sent before", async () => {
    const { arrived, client, soon } = held();
    const sending = client.send({ method: "POST", url: plainUrl, deadline: soon(500) });
    await expect(sending).rejects.toMatchObject({ sent: true });
    expect(arrived).toEqual(["POST"]);
  });
});

describe("Transport: a canceled request", () => {
  it("is not sent, and the error states that", async () => {
    const { arrived, client } = held();
    const signal = AbortSignal.abort();
    const sending = client.send({ method: "POST", url: plainUrl, signal });
    await expect(sending).rejects.toThrow(CanceledError);
    await expect(sending).rejects.toThrow(
      /^POST http:.*: not sent, since the operation was canceled\. It changed nothing\. Run the same command/,
    );
    expect(arrived).toEqual([]);
  });

  it("leaves the queue at once and is not sent", async () => {
    const { arrived, answers, client } = held();
    const abort = new AbortController();
    const first = client.send({ method: "GET", url: plainUrl });
    const queued = client.send({ method: "DELETE", url: plainUrl, signal: abort.signal });
    await until("the first request", () => answers.length === 1, 5_000);
    abort.abort();
    await expect(queued).rejects.toThrow(/^DELETE .* not sent, since the operation was canceled/);
    answers[0]!();
    await first;
    expect(arrived).toEqual(["GET"]);
  });

  it("is aborted while it is under way if it is a GET", async () => {
    const { answers, client } = held();
    const abort = new AbortController();
    const sending = client.send({ method: "GET", url: plainUrl, signal: abort.signal });
    await until("the request", () => answers.length === 1, 5_000);
    abort.abort();
    await expect(sending).rejects.toThrow(CanceledError);
    await expect(sending).rejects.toThrow(/canceled before the response arrived/);
  });

  it.each(["POST", "PUT", "DELETE"] as const)(
    "returns its response if it is a %s that is under way",
    async (method) => {
      const { answers, client } = held();
      const abort = new AbortController();
      const sending = client.send({ method, url: plainUrl, signal: abort.signal });
      await until("the request", () => answers.length === 1, 5_000);
      abort.abort();
      answers[0]!();
      expect(await sending).toMatchObject({ status: 200, body: {} });
    },
  );

  it("ends with its timeout if it is a POST without a response", async () => {
    const { answers, client } = held();
    const abort = new AbortController();
    const { signal } = abort;
    const sending = client.send({ method: "POST", url: plainUrl, signal, timeoutMs: 500 });
    await until("the request", () => answers.length === 1, 5_000);
    abort.abort();
    await expect(sending).rejects.toMatchObject({ sent: true });
  });

  it("gives its place to the next one when it ends", async () => {
    const { answers, client } = held();
    const abort = new AbortController();
    const first = client.send({ method: "GET", url: plainUrl, signal: abort.signal });
    const next = client.send({ method: "GET", url: plainUrl });
    await until("the first request", () => answers.length === 1, 5_000);
    abort.abort();
    await expect(first).rejects.toThrow(CanceledError);
    await until("the next request", () => answers.length === 2, 5_000);
    answers[1]!();
    expect(await next).toMatchObject({ status: 200 });
  });

  it("leaves no listener at its signal after its response", async () => {
    const { answers, client } = held();
    const { signal } = new AbortController();
    const sending = client.send({ method: "GET", url: plainUrl, signal });
    await until("the request", () => answers.length === 1, 5_000);
    answers[0]!();
    await sending;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

it("Transport: a request without a response ends with its timeout after a garbage collection", async () => {
  const { answers, client } = held();
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const { signal } = new AbortController();
  const sending = client.send({ method: "GET", url: plainUrl, signal, timeoutMs: 500 });
  await until("the request", () => answers.length === 1, 5_000);
  collectGarbage();
  await expect(sending).rejects.toThrow("no answer (timeout)");
});
