import { join } from "node:path";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";

import type { ProviderOptions } from "../../support/harness/providerProcess";
import {
  CANARY,
  asConfig,
  asEnv,
  byNames,
  cloudsYaml,
  entryOf,
  loginsOf,
  proveLogin,
  refusedLogin,
} from "./logins";
import { COLLECTION, Scene } from "../scene";

let scene: Scene;
/** A folder outside every default search path. */
let elsewhere: string;

beforeEach(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  elsewhere = mkdtempSync(join(tmpdir(), "vpnaas-clouds-"));
});

afterEach(async () => {
  await scene.close();
  rmSync(elsewhere, { recursive: true });
});

/** A process in a program's folder whose clouds.yaml has the cloud `lab`, with further options. */
const withCloud = (entry: object, options: Partial<ProviderOptions> = {}) =>
  scene.startBare({
    ...options,
    files: { "clouds.yaml": cloudsYaml({ lab: entry }), ...options.files },
  });

const named = { env: { OS_CLOUD: "lab" } };

const whole = () => entryOf(scene);

const wholeWithout = (key: string) => {
  const { auth, ...rest } = whole();
  const { [key]: _left, ...others } = auth;
  return { ...rest, auth: others };
};

const withPassword = (password: string) => ({
  ...whole(),
  auth: { ...whole().auth, password },
});

describe("a cloud of clouds.yaml is read", () => {
  it("from the program's folder under the name in OS_CLOUD", async () => {
    await proveLogin(scene, await withCloud(whole(), named));
  });

  it("from the program's folder under the name in vpnaas:cloud", async () => {
    await proveLogin(scene, await withCloud(whole(), { config: { "vpnaas:cloud": "lab" } }));
  });

  it("from the user's configuration folder", async () => {
    const files = { "home/.config/openstack/clouds.yaml": cloudsYaml({ lab: whole() }) };
    await proveLogin(scene, await scene.startBare({ ...named, files }));
  });

  it("from the file in OS_CLIENT_CONFIG_FILE instead of the program's folder", async () => {
    const file = join(elsewhere, "other.yaml");
    writeFileSync(file, cloudsYaml({ lab: whole() }), { mode: 0o600 });
    const env = { OS_CLOUD: "lab", OS_CLIENT_CONFIG_FILE: file };
    await proveLogin(scene, await withCloud(withPassword(CANARY), { env }));
  });

  it("with the password of a secure.yaml beside it", async () => {
    const secure = cloudsYaml({ lab: { auth: { password: "lab-user-pass" } } });
    const files = { "secure.yaml": secure };
    await proveLogin(scene, await withCloud(wholeWithout("password"), { ...named, files }));
  });

  it("with the URL of a profile of clouds-public.yaml", async () => {
    const profiles = { "public-clouds": { vendor: { auth: { auth_url: scene.sim.identityUrl } } } };
    const files = { "clouds-public.yaml": JSON.stringify(profiles) };
    const entry = { profile: "vendor", ...wholeWithout("auth_url") };
    await proveLogin(scene, await withCloud(entry, { ...named, files }));
  });

  it("with an application credential, without a scope in the login", async () => {
    const auth = {
      auth_url: scene.sim.identityUrl,
      application_credential_name: "lab-app-cred",
      application_credential_secret: "lab-app-secret",
      username: "lab-user",
      user_domain_name: "Default",
    };
    await proveLogin(
      scene,
      await withCloud({ ...whole(), auth_type: "v3applicationcredential", auth }, named),
    );
    expect(loginsOf(scene)[0]).not.toHaveProperty("scope");
  });

  it("with a token and an endpoint", async () => {
    const entry = {
      auth_type: "token",
      auth: { token: scene.token },
      vpnaas: { dialect: "neutron" },
      network_endpoint_override: scene.sim.endpoint,
    };
    await proveLogin(scene, await withCloud(entry, named));
    expect(scene.sent(undefined, /identity/)).toEqual([]);
  });

  it("without any OS_* variable of another user", async () => {
    const other = {
      ...asEnv(byNames(scene)),
      OS_USERNAME: "lab-other-user",
      OS_PASSWORD: CANARY,
      OS_PROJECT_NAME: "lab-other",
    };
    await proveLogin(scene, await withCloud(whole(), { env: { ...other, OS_CLOUD: "lab" } }));
  });
});

describe("a clouds.yaml that cannot be used", () => {
  it("because of a missing entry: the error lists the entries and the file", async () => {
    const files = { "clouds.yaml": cloudsYaml({ east: whole(), west: whole() }) };
    const provider = await scene.startBare({ env: { OS_CLOUD: "north" }, files });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/north.*OS_CLOUD/);
    expect(message).toMatch(/clouds\.yaml.*east, west/);
  });

  it("because of a missing file: the error lists the searched folders", async () => {
    const provider = await scene.startBare({ config: { "vpnaas:cloud": "lab" } });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/lab.*vpnaas:cloud/);
    expect(message).toMatch(/\.config\/openstack.*\/etc\/openstack/);
  });

  it("because of an unreadable file: the error names the file", async () => {
    const env = { OS_CLOUD: "lab", OS_CLIENT_CONFIG_FILE: elsewhere };
    const provider = await scene.startBare({ env });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain(elsewhere);
    expect(message).toMatch(/EISDIR|cannot be read/);
  });

  it("because of malformed YAML: the error names file and line and quotes nothing", async () => {
    const text = `clouds:\n  lab:\n    auth:\n      password: "${CANARY}\n`;
    const provider = await scene.startBare({ ...named, files: { "clouds.yaml": text } });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/clouds\.yaml.*line \d/);
  });

  it("because of a wrong password: the error names file and key", async () => {
    const provider = await withCloud(withPassword(CANARY), named);
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/401/);
    expect(message).toMatch(/clouds\.yaml.*clouds\.lab\.auth\.password/);
  });

  it("because of a missing password: the provider does not use one of the environment", async () => {
    const env = { OS_CLOUD: "lab", OS_PASSWORD: "lab-user-pass" };
    const provider = await withCloud(wholeWithout("password"), { env });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("clouds.lab.auth.password");
    expect(scene.sent()).toEqual([]);
  });
});

it("the provider warns once about a clouds.yaml with a secret that others may read", async () => {
  writeFileSync(join(elsewhere, "clouds.yaml"), cloudsYaml({ lab: whole() }), { mode: 0o644 });
  const env = { OS_CLOUD: "lab", OS_CLIENT_CONFIG_FILE: join(elsewhere, "clouds.yaml") };
  const provider = await scene.startBare({ env });
  await proveLogin(scene, provider);
  await proveLogin(scene, provider);
  expect(provider.output.match(/others may read/g)).toHaveLength(1);
});

describe("the input cloud", () => {
  let other: Scene;

  afterEach(() => other.close());

  const logins = () => [loginsOf(scene).length, loginsOf(other).length];

  it("selects a cloud beside the default one, with one login for each", async () => {
    other = await Scene.open({ pendingMs: 0 });
    const files = { "clouds.yaml": cloudsYaml({ lab: entryOf(scene), other: entryOf(other) }) };
    const provider = await scene.startBare({ ...named, files });
    const [mine, its] = await Promise.all([
      scene.make(provider, { waitFor: "accepted" }),
      other.make(provider, { waitFor: "accepted", cloud: "other" }),
    ]);
    await other.change(provider, its, { description: "of the other cloud" });
    await Promise.all([provider.read(mine.id, mine.outputs), provider.read(its.id, its.outputs)]);
    expect(await other.live(its.id)).toMatchObject({ description: "of the other cloud" });
    await provider.delete(its.id, its.outputs);
    expect(await other.named(its.inputs["name"])).toEqual([]);
    expect(await scene.named(mine.inputs["name"])).toHaveLength(1);
    expect(logins()).toEqual([1, 1]);
    expect(scene.sent("POST", COLLECTION)).toHaveLength(1);
  });

  it("uses neither the stack's login nor OS_*", async () => {
    other = await Scene.open({ pendingMs: 0 });
    const foreign = { username: "lab-reader", password: CANARY, region: "Nowhere" };
    const provider = await scene.startBare({
      config: asConfig({ ...byNames(scene), ...foreign }),
      env: asEnv({ ...byNames(scene), ...foreign }),
      files: { "clouds.yaml": cloudsYaml({ other: entryOf(other) }) },
    });
    await proveLogin(other, provider, { cloud: "other" });
    expect(logins()).toEqual([0, 1]);
  });

  it("has the dialect of its entry: a K5 and a Neutron in one process", async () => {
    other = await Scene.open({ pendingMs: 0, dialect: "k5" });
    const provider = await scene.startBare({
      config: { "vpnaas:dialect": "neutron" },
      env: asEnv(byNames(scene)),
      files: { "clouds.yaml": cloudsYaml({ fjcloud: entryOf(other, "k5") }) },
    });
    const twoNetworks = { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] };
    await proveLogin(scene, provider, twoNetworks);
    await proveLogin(other, provider, { cloud: "fjcloud" });
    const { failures } = await provider.check(other.args({ cloud: "fjcloud", ...twoNetworks }));
    expect(failures).toEqual([expect.stringMatching(/^peerCidrs/)]);
  });

  it("fails with the name of the input if the entry is unknown", async () => {
    other = await Scene.open({ pendingMs: 0 });
    const provider = await scene.start({
      files: { "clouds.yaml": cloudsYaml({ other: entryOf(other) }) },
    });
    const message = await refusedLogin(provider, scene.make(provider, { cloud: "nowhere" }));
    expect(message).toMatch(/nowhere.*input cloud/);
    expect(message).toMatch(/clouds\.yaml.*other/);
    expect(logins()).toEqual([0, 0]);
  });
});
