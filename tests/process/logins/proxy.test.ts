import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Authority, newAuthority } from "../../support/harness/certificates";
import { CLOSED_PORT } from "../../support/harness/loopback";
import { type Proxy, startProxy } from "../../support/harness/proxy";
import { type TlsFront, startTlsFront } from "../../support/harness/tls";
import { asEnv, byNames, CANARY, proveLogin, refusedLogin, type Settings } from "./logins";
import { Scene } from "../scene";

/** The environment of the tests excludes loopback from proxies. */
const NO_EXCEPTIONS = { NO_PROXY: "", no_proxy: "" };

let authority: Authority;
let scene: Scene;
let front: TlsFront;
let proxy: Proxy;

beforeAll(async () => {
  authority = await newAuthority();
});

beforeEach(async () => {
  proxy = await startProxy();
  front = await startTlsFront({
    certificate: await authority.server(),
    to: () => scene.sim.endpoint,
  });
  scene = await Scene.open({
    pendingMs: 0,
    networkEndpoints: [{}, { region: "Secure", url: `${front.url}/network` }],
  });
});

afterEach(async () => {
  await scene.close();
  await front.stop();
  await proxy.stop();
});

const startIn = (settings: Settings, env: Record<string, string>) =>
  scene.startBare({
    config: { "vpnaas:dialect": "neutron", "vpnaas:logLevel": "debug" },
    env: { ...asEnv({ ...byNames(scene), ...settings }), ...NO_EXCEPTIONS, ...env },
  });

const plain = { region: "RegionOne" };
const secure = (): Settings => ({
  region: "Secure",
  insecure: "true",
  authUrl: `${front.url}/identity/v3`,
});

const hostOf = (url: string): string => new URL(url).host;

it.each(["HTTP_PROXY", "http_proxy"])(
  "%s: plain URLs are requested from the proxy",
  async (name) => {
    await scene.make(await startIn(plain, { [name]: proxy.url }), { waitFor: "accepted" });
    expect(proxy.asked).toContain(`POST ${scene.sim.identityUrl}/auth/tokens`);
    expect(proxy.asked).toContain(`POST ${scene.sim.endpoint}/v2.0/vpn/ipsec-site-connections`);
    expect(proxy.asked).toHaveLength(scene.sent().length);
  },
);

it.each(["HTTPS_PROXY", "https_proxy"])(
  "%s: https URLs are requested through a tunnel",
  async (name) => {
    await proveLogin(scene, await startIn(secure(), { [name]: proxy.url }));
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${hostOf(front.url)}`]));
    expect(front.clients.length).toBeGreaterThan(0);
  },
);

it("HTTPS_PROXY: few tunnels are opened, since connections are kept", async () => {
  const provider = await startIn(secure(), { HTTPS_PROXY: proxy.url });
  for (let count = 0; count < 5; count += 1) await scene.make(provider, { waitFor: "accepted" });
  expect(scene.sent().length).toBeGreaterThan(10);
  expect(proxy.asked.length).toBeLessThan(8);
});

describe("a certificate of a trusted authority, through a tunnel", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vpnaas-tunnel-"));
    writeFileSync(join(folder, "authority.pem"), authority.cert);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const startFor = async (host: string) => {
    await front.stop();
    const certificate = await authority.server({ hosts: [host] });
    front = await startTlsFront({ certificate, to: () => scene.sim.endpoint });
    const endpoint = `${front.url}/network`;
    const { insecure: _insecure, ...settings } = secure();
    const cacert = join(folder, "authority.pem");
    return startIn({ ...settings, endpoint, cacert }, { HTTPS_PROXY: proxy.url });
  };

  it("is accepted for the host of the URL", async () => {
    await proveLogin(scene, await startFor("127.0.0.1"));
    expect(proxy.asked).not.toEqual([]);
  });

  it("is refused for another host", async () => {
    const provider = await startFor("localhost");
    await refusedLogin(provider, scene.make(provider));
    expect(proxy.asked).not.toEqual([]);
    expect(scene.sent()).toEqual([]);
  });
});

it("NO_PROXY excludes its host from the proxy, and no other host", async () => {
  const authUrl = scene.sim.identityUrl.replace("127.0.0.1", "localhost");
  const env = { HTTP_PROXY: proxy.url, NO_PROXY: "localhost,example.test" };
  await proveLogin(scene, await startIn({ ...plain, authUrl }, env));
  expect(proxy.asked.filter((line) => line.includes("/identity/"))).toEqual([]);
  expect(proxy.asked.filter((line) => line.includes("/network/"))).not.toEqual([]);
});

it("NO_PROXY also excludes its host from a tunnel", async () => {
  const env = { HTTPS_PROXY: proxy.url, NO_PROXY: "127.0.0.1" };
  await proveLogin(scene, await startIn(secure(), env));
  expect(proxy.asked).toEqual([]);
});

describe("a proxy with a password", () => {
  beforeEach(async () => {
    await proxy.stop();
    proxy = await startProxy("somebody:proxy-canary");
  });

  const wrong = () => proxy.url.replace("proxy-canary", `wrong-${CANARY}`);

  it("receives it for plain URLs", async () => {
    await proveLogin(scene, await startIn(plain, { HTTP_PROXY: proxy.url }));
    expect(proxy.refused).toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
  });

  it("receives it for tunnels", async () => {
    await proveLogin(scene, await startIn(secure(), { HTTPS_PROXY: proxy.url }));
    expect(proxy.refused).toBe(0);
    expect(proxy.asked.length).toBeGreaterThan(0);
  });

  it("causes an error that names the proxy when it refuses the password for plain URLs", async () => {
    const provider = await startIn(plain, { HTTP_PROXY: wrong() });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/407/);
    expect(message).toMatch(/proxy/i);
  });

  it("causes an error that names the proxy when it refuses the password for tunnels", async () => {
    const provider = await startIn(secure(), { HTTPS_PROXY: wrong() });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/proxy/i);
    expect(front.clients).toEqual([]);
  });
});

it.each([
  ["HTTP_PROXY", () => plain],
  ["HTTPS_PROXY", () => secure()],
])("%s: an unreachable proxy causes an error that names the proxy", async (name, settings) => {
  const url = `http://somebody:${CANARY}@127.0.0.1:${CLOSED_PORT}`;
  const provider = await startIn(settings(), { [name]: url });
  const message = await refusedLogin(provider, scene.make(provider));
  expect(message).toMatch(/ECONNREFUSED/);
  expect(message).toMatch(/proxy/i);
});
