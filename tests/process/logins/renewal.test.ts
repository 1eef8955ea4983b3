import { PROVIDER_TEXT, type ProviderProcess } from "../../support/harness/providerProcess";
import { BY_PASSWORD, tokenBy } from "../../support/harness/identity";
import {
  asEnv,
  byNames,
  loginsOf,
  proveLogin,
  refusedLogin,
  startWith,
  type Settings,
} from "./logins";
import { Scene } from "../scene";

/** The number of resources of a large program. */
const MANY = 200;

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open({ pendingMs: 0 });
});

afterEach(() => scene.close());

const start = (settings: Settings): Promise<ProviderProcess> =>
  startWith(scene, "the environment", settings);

const byCredential = (): Settings => ({
  authUrl: scene.sim.identityUrl,
  applicationCredentialName: "lab-app-cred",
  applicationCredentialSecret: "lab-app-secret",
  username: "lab-user",
  userDomainName: "Default",
});

describe.each([
  ["a password", () => byNames(scene)],
  ["an application credential", () => byCredential()],
])("a token of %s", (_what, settings) => {
  it("is renewed after a refusal, and the operation continues", async () => {
    const provider = await start(settings());
    await proveLogin(scene, provider);
    scene.sim.revokeTokens();
    const known = await scene.make(provider, { waitFor: "accepted" });
    expect(known.id).not.toBe("");
    expect(loginsOf(scene)).toHaveLength(2);
    expect(loginsOf(scene)[1]).toEqual(loginsOf(scene)[0]);
  });

  it(`is requested once by ${MANY} concurrent operations, and once more when all are refused`, async () => {
    const provider = await start(settings());
    const id = await scene.byHand(scene.args());
    const { projectId } = scene.sim.fixture;
    const state = { ...scene.args(), projectId, __provider: PROVIDER_TEXT };
    const readAll = () => Promise.all(Array.from({ length: MANY }, () => provider.read(id, state)));

    await readAll();
    expect(loginsOf(scene)).toHaveLength(1);
    scene.sim.revokeTokens();
    const found = await readAll();
    expect(loginsOf(scene)).toHaveLength(2);
    expect(found.map((one) => one.id)).toEqual(Array.from({ length: MANY }, () => id));
  });
});

describe("a token of an unscoped token", () => {
  it("is renewed as long as the unscoped token is valid", async () => {
    const token = await tokenBy(scene.sim.identityUrl, BY_PASSWORD);
    scene.forget();
    const provider = await start({
      authUrl: scene.sim.identityUrl,
      token,
      projectId: scene.sim.fixture.projectId,
    });
    await proveLogin(scene, provider);
    scene.sim.script({
      path: /ipsec-site-connections/,
      answer: { status: 401, body: { error: { code: 401, message: "expired" } } },
    });
    await proveLogin(scene, provider);
    expect(loginsOf(scene)).toHaveLength(2);
  });

  it("fails after the unscoped token expires, and the error names its setting", async () => {
    const token = await tokenBy(scene.sim.identityUrl, BY_PASSWORD);
    const provider = await start({
      authUrl: scene.sim.identityUrl,
      token,
      projectId: scene.sim.fixture.projectId,
    });
    await proveLogin(scene, provider);
    scene.sim.revokeTokens();
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_TOKEN");
    expect(message).toMatch(/expired|revoked/);
  });
});

it("a renewed token that is refused at once causes an error after one more login, not a loop", async () => {
  const provider = await scene.start({
    env: asEnv(byNames(scene)),
    config: { "vpnaas:preflight": "off" },
  });
  const message = await scene.during(
    { path: /ipsec-site-connections/, answer: { status: 401 } },
    () => refusedLogin(provider, scene.make(provider)),
  );
  expect(message).toContain("401");
  expect(message).toContain("OS_PASSWORD");
  expect(loginsOf(scene)).toHaveLength(2);
});

it.each([-7 * 86_400, 7 * 86_400])(
  "a cloud whose clock is %i seconds ahead needs one login, like any other",
  async (clockAheadSeconds) => {
    const askew = await Scene.open({ pendingMs: 0, clockAheadSeconds });
    try {
      const provider = await startWith(askew, "the environment", byNames(askew));
      await proveLogin(askew, provider);
      await proveLogin(askew, provider);
      expect(loginsOf(askew)).toHaveLength(1);
    } finally {
      await askew.close();
    }
  },
);

it("a token is renewed during a wait", async () => {
  const slow = await Scene.open({ pendingMs: 1_500 });
  try {
    const provider = await startWith(slow, "the environment", byNames(slow));
    const making = slow.make(provider);
    await slow.polls(1);
    slow.sim.revokeTokens();
    expect((await making).outputs).toMatchObject({ status: "ACTIVE" });
    expect(loginsOf(slow)).toHaveLength(2);
  } finally {
    await slow.close();
  }
});
