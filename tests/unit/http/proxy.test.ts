import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net from "node:net";

import { ConfigurationError } from "../../../provider/errors";
import { passwordsOf, plainProxy, proxyFor, Tunnel } from "../../../provider/http/proxy";
import { Transport, type TransportOptions } from "../../../provider/http/transport";
import { Log } from "../../../provider/log";
import { newAuthority, type Authority, type KeyPair } from "../../support/harness/certificates";
import { CLOSED_PORT, listening } from "../../support/harness/loopback";
import { startProxy, type Proxy } from "../../support/harness/proxy";
import { startTlsFront, type TlsFront } from "../../support/harness/tls";

const VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);
const own = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

function setProxies(variables: Readonly<Record<string, string | undefined>>): void {
  for (const name of VARIABLES) {
    const value = variables[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

beforeEach(() => setProxies({}));

afterAll(() => setProxies(own));

describe("the proxy for a URL", () => {
  it.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])("comes from %s", (name) => {
    setProxies({ [name]: "http://proxy.example.org:3128" });
    expect(proxyFor("https://cloud.example.org")?.host).toBe("proxy.example.org:3128");
  });

  it("is undefined for a host of NO_PROXY", () => {
    setProxies({ HTTPS_PROXY: "http://proxy.example.org", NO_PROXY: "other,.example.org" });
    expect(proxyFor("https://cloud.example.org")).toBeUndefined();
  });

  it.each(["canary://proxy", "http://alice:canary@:0x", "http://alice:canary%@proxy"])(
    "is refused without its value if the variable is invalid",
    (proxy) => {
      setProxies({ HTTPS_PROXY: proxy });
      expect(() => proxyFor("https://cloud.example.org")).toThrow(ConfigurationError);
      expect(() => proxyFor("https://cloud.example.org")).toThrow(
        /^HTTPS_PROXY \(or ALL_PROXY\) must be a URL of a proxy that begins with http:\/\/ or https:\/\/;/,
      );
    },
  );

  it("has a password that log and messages hide, decoded and as base64", () => {
    const sent = Buffer.from("al@ce:p:w").toString("base64");
    expect(passwordsOf(new URL("http://al%40ce:p%3Aw@proxy"))).toEqual(["p:w", sent]);
    expect(passwordsOf(new URL("http://proxy"))).toEqual([]);
  });

  it("is shown without its password if a tunnel is inspected", () => {
    const tunnel = new Tunnel(new URL("http://alice:canary@proxy:3128"), {});
    expect(tunnel.proxy.href).toBe("http://proxy:3128/");
  });

  it("has its user and password decoded, and a default port for its scheme", () => {
    const proxy = new URL("https://al%40ce:p%3Aw@[::1]");
    expect(plainProxy(proxy)).toEqual({
      protocol: "https:",
      host: "::1",
      port: 443,
      auth: { username: "al@ce", password: "p:w" },
    });
  });
});

describe("a request through a proxy", () => {
  let authority: Authority;
  let certificate: KeyPair;
  let plain: http.Server;
  let plainUrl: string;
  let front: TlsFront;
  let proxy: Proxy;

  beforeAll(async () => {
    authority = await newAuthority();
    certificate = await authority.server();
  });

  beforeEach(async () => {
    plain = http.createServer((_request, response) => response.end("{}"));
    plainUrl = `http://127.0.0.1:${await listening(plain)}`;
    front = await startTlsFront({
      certificate,
      clientAuthority: authority.cert,
      to: () => plainUrl,
    });
    proxy = await startProxy("al@ce:p:w");
    setProxies({ HTTP_PROXY: withUser("al%40ce:p%3Aw"), HTTPS_PROXY: withUser("al%40ce:p%3Aw") });
  });

  afterEach(async () => {
    await front.stop();
    await proxy.stop();
    const closed = new Promise((resolve) => plain.close(resolve));
    plain.closeAllConnections();
    await closed;
  });

  const withUser = (user: string) => `http://${user}@127.0.0.1:${new URL(proxy.url).port}`;

  const lines: string[] = [];
  const transport = (options: TransportOptions = {}) =>
    new Transport(options, new Log((line) => lines.push(line), "debug"));

  it("is sent in one tunnel, with authority and certificate for the server", async () => {
    const client = transport({ ca: authority.cert, ...(await authority.client("a program")) });
    for (let count = 0; count < 3; count += 1) {
      const answer = await client.send({ method: "GET", url: front.url });
      expect(answer).toMatchObject({ status: 200, body: {} });
    }
    expect(proxy.asked).toEqual([`CONNECT ${new URL(front.url).host}`]);
    expect(front.clients).toEqual(["a program"]);
  });

  it("verifies the certificate of the server", async () => {
    await expect(transport().send({ method: "GET", url: front.url })).rejects.toThrow(
      /not trusted/,
    );
  });

  it.each([
    ["accepts a certificate for the address in the URL", ["127.0.0.1"], true],
    ["refuses a certificate for localhost alone", ["localhost"], false],
  ])("%s", async (_what, hosts, isAccepted) => {
    await front.stop();
    front = await startTlsFront({
      certificate: await authority.server({ hosts }),
      to: () => plainUrl,
    });
    const asking = transport({ ca: authority.cert }).send({ method: "GET", url: front.url });
    if (isAccepted) await expect(asking).resolves.toMatchObject({ status: 200 });
    else await expect(asking).rejects.toThrow(/certificate is for another host name/);
  });

  it("is sent without a tunnel if it is plain HTTP", async () => {
    await transport().send({ method: "GET", url: `${plainUrl}/v3` });
    expect(proxy.asked).toEqual([`GET ${plainUrl}/v3`]);
    expect(proxy.refused).toBe(0);
  });

  it("counts as not sent if the proxy refuses it, and hides the password", async () => {
    const wrong = withUser("alice:canary");
    setProxies({ HTTP_PROXY: wrong, HTTPS_PROXY: wrong });
    for (const url of [front.url, plainUrl]) {
      const error: unknown = await transport()
        .send({ method: "POST", url })
        .catch((one: unknown) => one);
      expect(error).toMatchObject({ name: "TransportError", sent: false });
      expect((error as Error).message).toMatch(/no answer \(the proxy answered 407\).*HTTPS_PROXY/);
      expect(`${String(error)} ${lines.join("\n")}`).not.toContain("canary");
    }
  });

  it("ends with the timeout if the proxy does not answer", async () => {
    const sockets: net.Socket[] = [];
    const silent = net.createServer((socket) => sockets.push(socket));
    setProxies({ HTTPS_PROXY: `http://127.0.0.1:${await listening(silent)}` });
    const asking = transport().send({ method: "GET", url: front.url, timeoutMs: 200 });
    await expect(asking).rejects.toThrow(/no answer \(timeout\)/);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });

  it("closes the connection to a silent proxy, because it would keep the process alive", async () => {
    let ended: Promise<unknown> | undefined;
    const silent = net.createServer((socket) => {
      ended = once(socket.on("error", () => undefined).resume(), "close");
    });
    const proxy = new URL(`http://127.0.0.1:${await listening(silent)}`);
    const request = https.get("https://cloud.example.org/", { agent: new Tunnel(proxy, {}, 100) });
    const [error] = (await once(request, "error")) as [{ code: string }];
    expect(error.code).toBe("the proxy answered nothing");
    await ended;
    await new Promise((resolve) => silent.close(resolve));
  });

  it("fails if the proxy does not exist or does not speak HTTP", async () => {
    setProxies({ HTTPS_PROXY: `http://127.0.0.1:${CLOSED_PORT}` });
    const refused = transport().send({ method: "GET", url: front.url });
    await expect(refused).rejects.toThrow(/ECONNREFUSED.*proxy settings/);
    const silent = net.createServer((socket) => socket.resume().end());
    setProxies({ HTTPS_PROXY: `http://127.0.0.1:${await listening(silent)}` });
    const lost = transport().send({ method: "GET", url: front.url });
    await expect(lost).rejects.toThrow(/no answer \(connection lost\)/);
    await new Promise((resolve) => silent.close(resolve));
  });
});
