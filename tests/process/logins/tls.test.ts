import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type Authority, newAuthority, selfSigned } from "../../support/harness/certificates";
import { type TlsFront, type TlsFrontOptions, startTlsFront } from "../../support/harness/tls";
import {
  PLACES,
  asEnv,
  byNames,
  cloudsYaml,
  entryOf,
  proveLogin,
  refusedLogin,
  startWith,
  variableOf,
  type Settings,
} from "./logins";
import { Scene } from "../scene";

let authority: Authority;
let scene: Scene;
let front: TlsFront;
let folder: string;

beforeAll(async () => {
  authority = await newAuthority();
  folder = mkdtempSync(join(tmpdir(), "vpnaas-tls-"));
  written("authority.pem", authority.cert);
});

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  await scene.close();
  await front.stop();
});

/** A cloud with both of its APIs behind TLS. */
async function open(options: Omit<TlsFrontOptions, "to">): Promise<void> {
  front = await startTlsFront({ ...options, to: () => scene.sim.endpoint });
  scene = await Scene.open({
    pendingMs: 0,
    networkEndpoints: [{ url: `${front.url}/network` }],
  });
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

const overTls = (): Settings => ({ ...byNames(scene), authUrl: `${front.url}/identity/v3` });
const trusting = (): Settings => ({ ...overTls(), cacert: join(folder, "authority.pem") });

describe.each([
  ["that is self-signed", selfSigned],
  ["of an unknown authority", () => authority.server()],
])("a server's certificate %s", (_what, certificate) => {
  beforeEach(async () => open({ certificate: await certificate() }));

  it("is refused with advice before a password is sent", async () => {
    const provider = await startWith(scene, "the environment", overTls());
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain(`${front.url}/identity/v3`);
    expect(message).toMatch(/certificate is not trusted.*vpnaas:cacert.*OS_CACERT/);
    expect(scene.sent()).toEqual([]);
  });

  it("is accepted with insecure and a single warning", async () => {
    const provider = await startWith(scene, "the environment", { ...overTls(), insecure: "true" });
    await proveLogin(scene, provider);
    await proveLogin(scene, provider);
    expect(provider.output.match(/certificates are not verified/g)).toHaveLength(1);
  });

  it("is accepted with verify: false in clouds.yaml", async () => {
    const { auth, ...rest } = entryOf(scene);
    const entry = { ...rest, auth: { ...auth, auth_url: overTls()["authUrl"] }, verify: false };
    const files = { "clouds.yaml": cloudsYaml({ lab: entry }) };
    await proveLogin(scene, await scene.startBare({ env: { OS_CLOUD: "lab" }, files }));
  });
});

describe("cacert", () => {
  it.each(PLACES)("in %s adds a trusted authority", async (place) => {
    await open({ certificate: await authority.server() });
    const provider = await startWith(scene, place, trusting());
    await proveLogin(scene, provider);
    expect(front.clients.length).toBeGreaterThan(0);
    expect(provider.output).not.toContain("not verified");
  });

  it("adds a trusted self-signed certificate", async () => {
    const certificate = await selfSigned();
    await open({ certificate });
    const cacert = written("self-signed.pem", certificate.cert);
    await proveLogin(scene, await startWith(scene, "the environment", { ...overTls(), cacert }));
  });

  it.each(PLACES)("in %s causes an error that names it if it is unreadable", async (place) => {
    await open({ certificate: await authority.server() });
    const cacert = join(folder, "absent.pem");
    const provider = await startWith(scene, place, { ...overTls(), cacert });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain(cacert);
    expect(message).toContain(place === "the environment" ? "OS_CACERT" : "vpnaas:cacert");
    expect(front.clients).toEqual([]);
  });
});

describe("a server that requires a client certificate", () => {
  beforeEach(async () => {
    const certificate = await authority.server();
    await open({ certificate, clientAuthority: authority.cert });
  });

  it.each(PLACES)("receives that of cert and key in %s", async (place) => {
    const { cert, key } = await authority.client("a program");
    const settings = { cert: written("cert.pem", cert), key: written("key.pem", key) };
    await proveLogin(scene, await startWith(scene, place, { ...trusting(), ...settings }));
    expect(new Set(front.clients)).toEqual(new Set(["a program"]));
  });

  it("receives that of a cert which also contains the key", async () => {
    const { cert, key } = await authority.client("a program");
    const both = { cert: written("both.pem", `${cert}\n${key}`) };
    await proveLogin(scene, await startWith(scene, "the environment", { ...trusting(), ...both }));
    expect(new Set(front.clients)).toEqual(new Set(["a program"]));
  });

  it("refuses a client without one, and the error names the settings", async () => {
    const provider = await startWith(scene, "the environment", trusting());
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/certificate/i);
    expect(message).toMatch(/vpnaas:cert\b.*OS_CERT\b/);
    expect(scene.sent()).toEqual([]);
  });

  it("receives no request if the key is unreadable", async () => {
    const { cert } = await authority.client("a program");
    const settings = { cert: written("lone.pem", cert), key: join(folder, "absent-key.pem") };
    const provider = await startWith(scene, "the environment", { ...trusting(), ...settings });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain(variableOf("key"));
    expect(message).toContain("absent-key.pem");
  });
});

describe("a certificate of a trusted authority", () => {
  const refusedWith = async (options: Parameters<Authority["server"]>[0]): Promise<string> => {
    await open({ certificate: await authority.server(options) });
    const provider = await startWith(scene, "the environment", trusting());
    return refusedLogin(provider, scene.make(provider));
  };

  it("for another host is refused with advice about the URL", async () => {
    const message = await refusedWith({ hosts: ["vpn.example.test"] });
    expect(message).toMatch(/another (host|name)|host name/);
    expect(message).not.toContain("vpnaas:cacert");
  });

  it("that has expired is refused without advice to trust it", async () => {
    const message = await refusedWith({ isExpired: true });
    expect(message).toMatch(/expired/);
    expect(message).not.toContain("vpnaas:cacert");
  });
});

it("an https URL of a plain server causes an error that explains this", async () => {
  await open({ certificate: await authority.server() });
  const authUrl = scene.sim.identityUrl.replace("http:", "https:");
  const provider = await scene.startBare({ env: asEnv({ ...byNames(scene), authUrl }) });
  const message = await refusedLogin(provider, scene.make(provider));
  expect(message).toMatch(/does not speak TLS/);
});
