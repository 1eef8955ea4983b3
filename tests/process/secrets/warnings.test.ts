import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stringify } from "yaml";

import { newAuthority, selfSigned } from "../../support/harness/certificates";
import { startCommand } from "../../support/harness/command";
import type { ProviderProcess } from "../../support/harness/providerProcess";
import { startTlsFront, type TlsFront } from "../../support/harness/tls";
import { asEnv, byNames } from "../logins/logins";
import { Scene, printed, type Known } from "../scene";

const NOT_VERIFIED = /certificates are not verified/g;
const OTHERS =
  /^(?:.*?)?warning: (\S+) holds a (?:secret|private key), and others may read it: chmod 600 would keep it\.$/gm;

let scene: Scene;
let front: TlsFront;
let folder: string;

beforeAll(async () => {
  front = await startTlsFront({ certificate: await selfSigned(), to: () => scene.sim.endpoint });
  scene = await Scene.open({ pendingMs: 0, networkEndpoints: [{ url: `${front.url}/network` }] });
  folder = mkdtempSync(join(tmpdir(), "vpnaas-warnings-"));
});

afterEach(() => scene.endProviders());

afterAll(async () => {
  await scene.close();
  await front.stop();
  rmSync(folder, { recursive: true });
});

const dialect = { "vpnaas:dialect": "neutron" };

async function doctor(env: Record<string, string>): Promise<string> {
  return (await startCommand(folder, ["doctor"], env).done).text;
}

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;

describe("certificates that are not verified cause a warning", () => {
  const insecure = () => ({
    ...asEnv({ ...byNames(scene), authUrl: `${front.url}/identity/v3` }),
    OS_INSECURE: "true",
  });
  let known: Known;

  beforeAll(async () => {
    known = await scene.settled(await scene.startBare({ config: dialect, env: insecure() }));
  });

  const RUNS: Readonly<Record<string, (provider: ProviderProcess) => Promise<unknown>>> = {
    "a preview of something new": (provider) => provider.check(scene.args()),
    "a preview without a change": (provider) =>
      provider.diff(known.id, known.outputs, known.inputs),
    "a refresh": (provider) => provider.read(known.id, known.outputs),
    "an up": (provider) => scene.make(provider, { waitFor: "accepted" }),
    "an up with a change": (provider) => scene.change(provider, known, { description: "new" }),
    "a destroy": (provider) => provider.delete(known.id, known.outputs),
  };

  it.each(Object.entries(RUNS))("in %s, once in each process", async (_name, run) => {
    const provider = await scene.startBare({ config: dialect, env: insecure() });
    await run(provider);
    expect(count(await printed(provider), NOT_VERIFIED)).toBe(1);
  });

  it("in each run of doctor", async () => {
    for (let runs = 0; runs < 2; runs += 1) {
      expect(count(await doctor(insecure()), NOT_VERIFIED)).toBe(1);
    }
  });
});

const unlessWindows = process.platform === "win32" ? describe.skip : describe;

unlessWindows("a file with a secret that others may read causes a warning", () => {
  const written = (name: string, text: string, mode: number) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  /** An entry of clouds.yaml that is complete except for the password. */
  const entry = (secret: { password?: string } = {}) => {
    const { authUrl, username, projectName } = byNames(scene);
    const auth = { auth_url: authUrl, username, project_name: projectName, ...secret };
    return { auth, network_endpoint_override: scene.sim.endpoint };
  };

  /** The paths in the warnings of a preview, an `up` and doctor; fails unless these are equal. */
  const warnedOf = async (env: Record<string, string>) => {
    const preview = await scene.startBare({ config: dialect, env });
    await preview.check(scene.args());
    const up = await scene.startBare({ config: dialect, env });
    await scene.make(up, { waitFor: "accepted" });
    const texts = [await printed(preview), await printed(up), await doctor(env)];
    const [paths, ...others] = texts.map((text) => [...text.matchAll(OTHERS)].map(([, at]) => at));
    for (const other of others) expect(other).toEqual(paths);
    return paths;
  };

  it.each(["644", "640", "604"])("clouds.yaml with a password and mode %s", async (mode) => {
    const lab = entry({ password: "lab-user-pass" });
    const path = written("clouds.yaml", stringify({ clouds: { lab } }), parseInt(mode, 8));
    const env = { OS_CLOUD: "lab", OS_CLIENT_CONFIG_FILE: path };
    expect(await warnedOf(env)).toEqual([path]);
  });

  it("secure.yaml, but not the clouds.yaml beside it without a secret", async () => {
    const clouds = written("clouds.yaml", stringify({ clouds: { lab: entry() } }), 0o644);
    const lab = { auth: { password: "lab-user-pass" } };
    const path = written("secure.yaml", stringify({ clouds: { lab } }), 0o644);
    const env = { OS_CLOUD: "lab", OS_CLIENT_CONFIG_FILE: clouds };
    expect(await warnedOf(env)).toEqual([path]);
    chmodSync(path, 0o600);
    expect(await warnedOf(env)).toEqual([]);
  });

  it("the file of a private key, but not that of a certificate", async () => {
    const { cert, key } = await (await newAuthority()).client("a program");
    const own = { cert: written("cert.pem", cert, 0o644), key: written("key.pem", key, 0o640) };
    const env = asEnv({ ...byNames(scene), endpoint: scene.sim.endpoint, ...own });
    expect(await warnedOf(env)).toEqual([own.key]);
    chmodSync(own.key, 0o600);
    expect(await warnedOf(env)).toEqual([]);
  });

  it("the file of a certificate that also contains the key", async () => {
    const { cert, key } = await (await newAuthority()).client("a program");
    const both = written("both.pem", `${cert}\n${key}`, 0o644);
    const env = asEnv({ ...byNames(scene), endpoint: scene.sim.endpoint, cert: both });
    expect(await warnedOf(env)).toEqual([both]);
  });
});
