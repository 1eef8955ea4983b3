import { execFileSync } from "node:child_process";
import { join } from "node:path";

import type { ProviderProcess } from "../support/harness/providerProcess";
import { until } from "../support/harness/until";
import { COLLECTION, LOGIN, printed, refusal, Scene } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(() => scene.close());

const logins = () => scene.sent("POST", LOGIN).length;

describe("the provider code in the state", () => {
  it.each([
    ["linked", "@pulumi/pulumi"],
    ["installed", "@pulumi/pulumi"],
    ["installed", "pulumi-oldest"],
  ] as const)("finds the package if it is %s, in the process of %s", async (how, sdk) => {
    provider = await scene.start({ package: how, sdk });
    const { id, outputs } = await scene.make(provider);
    expect(outputs).toMatchObject({ status: "ACTIVE", endpoint: scene.sim.endpoint });
    await provider.delete(id, outputs);
    expect(await scene.named(outputs["name"])).toEqual([]);
  });
});

describe("the configuration", () => {
  it("is complete in each of eight concurrent first creates", async () => {
    provider = await scene.start();
    const all = Array.from({ length: 8 }, () => scene.args());
    const made = await Promise.all(all.map((inputs) => provider.create(inputs)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(8);
  });

  it("comes from the environment if that names a credential", async () => {
    provider = await scene.start({
      config: { "vpnaas:authUrl": "http://127.0.0.1:1/v3", "vpnaas:password": "old password" },
      env: {
        OS_AUTH_URL: scene.sim.identityUrl,
        OS_USERNAME: "lab-user",
        OS_PASSWORD: "lab-user-pass",
        OS_PROJECT_NAME: "lab",
      },
    });
    expect((await scene.make(provider)).outputs["projectId"]).toBe(scene.sim.fixture.projectId);
  });
});

describe("the login", () => {
  it("happens once per process for any number of concurrent calls", async () => {
    provider = await scene.start();
    await Promise.all(Array.from({ length: 6 }, () => scene.make(provider)));
    expect(logins()).toBe(1);
  });

  it("fails in every call while Keystone refuses it, and succeeds afterwards", async () => {
    scene.sim.script({ path: LOGIN, times: 2, answer: { status: 401, body: {} } });
    provider = await scene.start();
    for (const _attempt of [1, 2]) {
      const { message } = await refusal(provider.create(scene.args()));
      expect(message).toContain("refused the login of user lab-user");
    }
    await scene.make(provider);
    expect(logins()).toBe(3);
  });

  it("survives one error of Keystone for all waiting calls", async () => {
    scene.sim.script({ path: LOGIN, answer: { status: 503 } });
    provider = await scene.start();
    const made = await Promise.all(Array.from({ length: 8 }, () => scene.make(provider)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(8);
    expect(logins()).toBe(2);
  });

  it("fails with the name of the setting if a proxy answers instead of Keystone", async () => {
    scene.sim.script({
      path: LOGIN,
      answer: { status: 201, body: "<html>", headers: { "X-Subject-Token": "no token" } },
    });
    provider = await scene.start();
    const { message } = await refusal(provider.create(scene.args()));
    expect(message).toMatch(/answer was 201 and no token.*vpnaas:authUrl/);
  });

  it("is repeated once after the tokens are revoked, for any number of concurrent calls", async () => {
    scene.sim.behavior.pendingMs = 700;
    provider = await scene.start();
    const made = () => scene.sent("POST", COLLECTION).filter((one) => one.status === 201).length;
    const making = Array.from({ length: 6 }, () => scene.make(provider));
    await until("the creates", () => made() === 6, 10_000);
    scene.sim.revokeTokens();
    expect((await Promise.all(making)).map(({ outputs }) => outputs["status"])).toEqual(
      Array(6).fill("ACTIVE"),
    );
    expect(logins()).toBe(2);
  });

  it("with a token cannot be repeated, and the 401 names --run-program", async () => {
    const { token } = scene;
    provider = await scene.start({
      config: {
        "vpnaas:authType": "token",
        "vpnaas:token": token,
        "vpnaas:projectId": scene.sim.fixture.projectId,
        "vpnaas:endpoint": scene.sim.endpoint,
      },
    });
    const known = await scene.make(provider);
    scene.sim.revokeTokens();
    const error = await refusal(provider.read(known.id, known.outputs));
    expect(error.message).toMatch(/answered 401.*--run-program/s);
    expect(logins()).toBe(0);
  });
});

describe("optional packages", () => {
  const PACKAGES = /node_modules.(ajv|axios|yaml)\b/;
  /** Logs each package when its first file is loaded. */
  const TELL = `
    const load = require.extensions[".js"];
    const told = new Set();
    require.extensions[".js"] = (module, file) => {
      const [, name] = ${String(PACKAGES)}.exec(file) ?? [];
      if (name !== undefined && !told.has(name)) console.error("loaded: " + name);
      told.add(name);
      load(module, file);
    };`;
  const options = (files = {}) => ({
    files: { "tell.cjs": TELL, ...files },
    env: { NODE_OPTIONS: "--require ./tell.cjs", OS_CLOUD: "clouds.yaml" in files ? "lab" : "" },
  });
  const loaded = async () =>
    [...(await printed(provider)).matchAll(/loaded: (\w+)/g)].map(([, name]) => name);

  it("are loaded when an operation needs them, the fewest by a refresh", async () => {
    const { id, outputs } = await scene.make(await scene.start());
    provider = await scene.start(options());
    expect(await loaded()).toEqual([]);
    await provider.read(id, outputs);
    expect(await loaded()).toEqual(["axios"]);
    await provider.check(scene.args());
    expect(await loaded()).toEqual(["axios", "ajv"]);
  });

  it("include yaml if a clouds.yaml exists, but not axios without a request", async () => {
    const cloud = { auth: { auth_url: scene.sim.identityUrl }, vpnaas: { dialect: "neutron" } };
    const files = { "clouds.yaml": JSON.stringify({ clouds: { lab: cloud } }) };
    provider = await scene.startBare(options(files));
    await provider.check(scene.args());
    expect((await loaded()).sort()).toEqual(["ajv", "yaml"]);
  });

  it("are not loaded by a program without lookups", () => {
    const sdk = join(__dirname, "..", "..", "dist", "sdk", "index.js");
    const files = "Object.keys(require.cache).join(String.fromCharCode(10))";
    const program = `require(${JSON.stringify(sdk)}); console.log(${files})`;
    const text = execFileSync(process.execPath, ["-e", program], { encoding: "utf8" });
    expect(text).toContain(sdk);
    expect(text).not.toMatch(PACKAGES);
  });
});
