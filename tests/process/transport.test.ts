import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { resolve } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

import { cleanEnvironment } from "../../scripts/cleanEnvironment";
import { Transport, type TransportOptions } from "../../provider/http/transport";
import { Log } from "../../provider/log";
import { newAuthority } from "../support/harness/certificates";
import { ChildHandle } from "../support/harness/child";
import { startProxy } from "../support/harness/proxy";
import { startTlsFront } from "../support/harness/tls";
import { until } from "../support/harness/until";

let server: Server;
/** The number of connections accepted by the server, and of those still open. */
let sockets: number;
let open: Set<Socket>;

afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

async function serve(listener: RequestListener): Promise<string> {
  sockets = 0;
  const here = (open = new Set<Socket>());
  server = createServer(listener).on("connection", (socket) => {
    sockets += 1;
    here.add(socket);
    socket.once("close", () => here.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const transport = (options: TransportOptions = {}) =>
  new Transport(options, new Log(() => undefined));

async function send(listener: RequestListener, timeoutMs = 5_000) {
  return transport().send({ method: "GET", url: await serve(listener), timeoutMs });
}

/** The error after an incomplete response, with the given reason. */
const noAnswer = (reason: string): unknown =>
  expect.objectContaining({
    name: "TransportError",
    message: expect.stringContaining(`no answer (${reason})`),
    sent: true,
  });

const tooLate = noAnswer("timeout");

it("the transport aborts a request without a response", async () => {
  await expect(send(() => undefined, 300)).rejects.toEqual(tooLate);
});

it("the transport aborts a response that arrives slowly and never ends", async () => {
  const drip: RequestListener = (_request, response) => {
    const drops = setInterval(() => response.write(" "), 50);
    response.once("close", () => clearInterval(drops));
  };
  await expect(send(drip, 300)).rejects.toEqual(tooLate);
});

it("the transport returns a response that arrives in time", async () => {
  const answer = await send((_request, response) => response.writeHead(200).end("{}"));
  expect(answer).toMatchObject({ status: 200, body: {} });
});

describe("a compressed response", () => {
  const TEXT = JSON.stringify({ vpnservices: Array(50).fill({ name: "branch" }) });
  /** Answers with the given bytes under the given encoding. */
  const bytes =
    (content: Buffer, encoding: string): RequestListener =>
    (_request, response) =>
      response.writeHead(200, { "Content-Encoding": encoding }).end(content);

  it("is requested and decompressed", async () => {
    const asked = new Set<string>();
    const { body } = await send((request, response) => {
      for (const one of String(request.headers["accept-encoding"]).split(/,\s*/)) asked.add(one);
      bytes(gzipSync(TEXT), "gzip")(request, response);
    });
    expect([...asked]).toEqual(expect.arrayContaining(["gzip", "deflate", "br"]));
    expect(body).toEqual(JSON.parse(TEXT));
  });

  it.each([
    ["deflate", deflateSync(TEXT)],
    ["br", brotliCompressSync(TEXT)],
  ])("is also decompressed from %s", async (encoding, content) => {
    expect((await send(bytes(content, encoding))).body).toEqual(JSON.parse(TEXT));
  });

  it("with invalid data counts as no response", async () => {
    const broken = gzipSync(TEXT).fill(7, 12, 30);
    await expect(send(bytes(broken, "gzip"))).rejects.toEqual(noAnswer("Z_DATA_ERROR"));
  });

  it("without gzip data counts as no response", async () => {
    await expect(send(bytes(Buffer.from("<html>"), "gzip"))).rejects.toEqual(
      noAnswer("Z_DATA_ERROR"),
    );
  });

  it("whose connection ends in the middle counts as no response", async () => {
    const zipped = gzipSync(TEXT);
    const cut: RequestListener = (_request, response) => {
      response.writeHead(200, { "Content-Encoding": "gzip", "Content-Length": zipped.length });
      response.write(zipped.subarray(0, 20), () => response.socket?.destroy());
    };
    await expect(send(cut)).rejects.toMatchObject({ name: "TransportError", sent: true });
  });

  it("that ends too early without a length is not valid JSON", async () => {
    const { body } = await send(bytes(gzipSync(TEXT).subarray(0, 30), "gzip"));
    expect(typeof body).not.toBe("object");
  });

  it("that decompresses without end is aborted", async () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, " "), { level: 1 });
    await expect(send(bytes(bomb, "gzip"))).rejects.toEqual(noAnswer("more than 64 MiB"));
  });
});

describe("many concurrent requests", () => {
  /** Makes the server slow; records the most unanswered requests at a time, and the order of all. */
  const slow = (ms = 30) => {
    const seen = { now: 0, most: 0, order: [] as string[] };
    const listener: RequestListener = (request, response) => {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      seen.order.push(String(request.url));
      setTimeout(() => {
        seen.now -= 1;
        response.end("{}");
      }, ms);
    };
    return { seen, listener };
  };

  const sendAll = (client: Transport, url: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, i) => client.send({ method: "GET", url: `${url}${i}` })),
    );

  it("are 32 at most, over as few connections", async () => {
    const { seen, listener } = slow();
    await sendAll(transport(), await serve(listener), 200);
    expect(seen.most).toBe(32);
    expect(sockets).toBe(32);
  });

  it.each([1, 5, 50])("are as many as the limit allows: %i", async (maxConcurrency) => {
    const { seen, listener } = slow();
    await sendAll(transport({ maxConcurrency }), await serve(listener), 60);
    expect(seen.most).toBe(maxConcurrency);
    expect(sockets).toBe(maxConcurrency);
  });

  it("are sent in the order of their calls", async () => {
    const { seen, listener } = slow(2);
    await sendAll(transport({ maxConcurrency: 1 }), await serve(listener), 30);
    expect(seen.order).toEqual(Array.from({ length: 30 }, (_, i) => `/${i}`));
  });

  it("have separate timeouts, which begin when each is sent", async () => {
    const url = await serve(slow(200).listener);
    const client = transport({ maxConcurrency: 1 });
    const asked = Array.from({ length: 4 }, () =>
      client.send({ method: "GET", url, timeoutMs: 600 }),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it("continue while some of them get no response", async () => {
    const url = await serve((request, response) => {
      if (request.url !== "/silent") response.end("{}");
    });
    const client = transport({ maxConcurrency: 2 });
    const silent = ["silent", "silent"].map((path) =>
      client.send({ method: "GET", url: url + path, timeoutMs: 200 }),
    );
    const after = client.send({ method: "GET", url });
    for (const one of silent) await expect(one).rejects.toEqual(tooLate);
    expect(await after).toMatchObject({ status: 200 });
  });

  it("share connections over TLS and through a proxy's tunnel", async () => {
    const plain = await serve(slow().listener);
    const authority = await newAuthority();
    const front = await startTlsFront({
      certificate: await authority.server(),
      to: () => plain,
    });
    const proxy = await startProxy();
    try {
      await sendAll(transport({ ca: authority.cert, maxConcurrency: 4 }), `${front.url}/`, 20);
      expect(front.clients).toHaveLength(4);
      process.env["HTTPS_PROXY"] = proxy.url;
      await sendAll(transport({ ca: authority.cert, maxConcurrency: 4 }), `${front.url}/`, 20);
      expect(proxy.asked).toHaveLength(4);
    } finally {
      delete process.env["HTTPS_PROXY"];
      await proxy.stop();
      await front.stop();
    }
  });
});

describe("a kept connection", () => {
  it("is closed by the client if the server never closes it", async () => {
    const url = await serve((_request, response) => response.end("{}"));
    server.keepAliveTimeout = 0;
    const client = transport();
    await client.send({ method: "GET", url });
    await client.send({ method: "GET", url });
    expect([sockets, open.size]).toEqual([1, 1]);
    await until("the end of a connection", () => open.size === 0, 6_000);
    expect(await client.send({ method: "GET", url })).toMatchObject({ status: 200 });
    expect(sockets).toBe(2);
  });

  it("survives a response that takes longer than the idle time", async () => {
    const slow: RequestListener = (_request, response) => {
      setTimeout(() => response.end("{}"), 4_400);
    };
    expect(await send(slow, 10_000)).toMatchObject({ status: 200 });
  });

  it("does not keep the process alive", async () => {
    const url = await serve((_request, response) => response.end("{}"));
    const program = `
      const { Transport } = require("./dist/provider/http/transport");
      const holding = () => process.getActiveResourcesInfo().filter((one) => /tcp/i.test(one));
      new Transport({}, { debug() {} })
        .send({ method: "GET", url: ${JSON.stringify(url)} })
        .then(({ status }) => setTimeout(() => console.log(status, ...holding()), 50));`;
    const root = resolve(__dirname, "..", "..");
    const run = new ChildHandle(process.execPath, ["-e", program], root, cleanEnvironment(root));
    expect((await run.done).text).toBe("200\n");
    expect(sockets).toBe(1);
  });
});
