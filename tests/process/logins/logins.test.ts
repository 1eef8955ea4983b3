import { BY_PASSWORD, newCredential, tokenBy, userIdOf } from "../../support/harness/identity";
import { CLOSED_PORT } from "../../support/harness/loopback";
import {
  CANARY,
  PLACES,
  byNames,
  loginsOf,
  proveLogin,
  refusedLogin,
  startWith,
  type Settings,
} from "./logins";
import { Scene } from "../scene";

let scene: Scene;

afterEach(() => scene.close());

const authUrl = (): Settings => ({ authUrl: scene.sim.identityUrl });

const byCredential = (): Settings => ({
  ...authUrl(),
  applicationCredentialName: "lab-app-cred",
  applicationCredentialSecret: "lab-app-secret",
  username: "lab-user",
  userDomainName: "Default",
});

describe.each(PLACES)("a login from %s", (place) => {
  beforeEach(async () => {
    scene = await Scene.open({ pendingMs: 0 });
  });

  const provesLogin = async (settings: Settings) =>
    proveLogin(scene, await startWith(scene, place, settings));

  it("works with password and names", async () => {
    await provesLogin(byNames(scene));
    const [auth] = loginsOf(scene);
    expect(auth).toMatchObject({
      identity: { methods: ["password"] },
      scope: { project: { name: "lab", domain: { name: "Default" } } },
    });
  });

  it("works with password and ids, without a domain", async () => {
    const projectId = scene.sim.fixture.projectId;
    const userId = await userIdOf(scene.sim.identityUrl, scene.token);
    await provesLogin({ ...authUrl(), userId, password: "lab-user-pass", projectId });
    const [auth] = loginsOf(scene);
    expect(auth).toEqual({
      identity: {
        methods: ["password"],
        password: { user: { id: userId, password: "lab-user-pass" } },
      },
      scope: { project: { id: projectId } },
    });
  });

  it("works with an application credential's id, without a scope", async () => {
    const { id, secret } = await newCredential(scene.sim.identityUrl, scene.token);
    scene.forget();
    await provesLogin({
      ...authUrl(),
      applicationCredentialId: id,
      applicationCredentialSecret: secret,
    });
    expect(loginsOf(scene)).toEqual([
      {
        identity: {
          methods: ["application_credential"],
          application_credential: { id, secret },
        },
      },
    ]);
  });

  it("works with an application credential's name and user, without a scope", async () => {
    await provesLogin(byCredential());
    const [auth] = loginsOf(scene);
    expect(auth).toHaveProperty("identity.application_credential.user.name", "lab-user");
    expect(auth).not.toHaveProperty("scope");
  });

  it("works with an unscoped token, which Keystone scopes to the project", async () => {
    const token = await tokenBy(scene.sim.identityUrl, BY_PASSWORD);
    scene.forget();
    await provesLogin({
      ...authUrl(),
      token,
      projectName: "lab",
      projectDomainName: "Default",
    });
    expect(loginsOf(scene)).toEqual([
      expect.objectContaining({ identity: { methods: ["token"], token: { id: token } } }),
    ]);
  });

  it("works with a token unchanged, with the endpoint from its catalog", async () => {
    await provesLogin({ ...authUrl(), token: scene.token });
    expect(loginsOf(scene)).toEqual([]);
  });

  it("works with a token and an endpoint, without Keystone", async () => {
    await provesLogin({ token: scene.token, endpoint: scene.sim.endpoint });
    expect(scene.sent(undefined, /identity/)).toEqual([]);
  });
});

describe("a refused login", () => {
  beforeEach(async () => {
    scene = await Scene.open({ pendingMs: 0 });
  });

  it.each(PLACES)(
    "with a wrong password in %s: the error names the setting there",
    async (place) => {
      const provider = await startWith(scene, place, { ...byNames(scene), password: CANARY });
      const message = await refusedLogin(provider, scene.make(provider));
      expect(message).toMatch(/refused the login of user lab-user.*401/);
      expect(message).toContain(place === "the environment" ? "OS_PASSWORD" : "vpnaas:password");
    },
  );

  it("is reported in full once; other resources refer to it", async () => {
    const provider = await startWith(scene, "the environment", {
      ...byNames(scene),
      password: CANARY,
    });
    const first = await refusedLogin(provider, scene.make(provider, { name: "one" }));
    const second = await refusedLogin(provider, scene.make(provider, { name: "two" }));
    expect(second).toMatch(/^The same as for IpsecSiteConnection one: /);
    expect(second.length).toBeLessThan(first.length);
  });

  it("with a wrong application credential's secret: the error names the setting", async () => {
    const provider = await startWith(scene, "the environment", {
      ...byCredential(),
      applicationCredentialSecret: CANARY,
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_APPLICATION_CREDENTIAL_SECRET");
    expect(message).toContain("lab-app-cred");
  });

  it("with an unknown application credential: the error names its id and the setting", async () => {
    const provider = await startWith(scene, "the environment", {
      ...authUrl(),
      applicationCredentialId: "0123456789abcdef0123456789abcdef",
      applicationCredentialSecret: CANARY,
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_APPLICATION_CREDENTIAL_ID");
    expect(message).toContain("0123456789abcdef0123456789abcdef");
  });

  it("with a revoked unscoped token: the error names the setting and the reason", async () => {
    scene.sim.revokeTokens();
    const provider = await startWith(scene, "the environment", {
      ...authUrl(),
      token: scene.token,
      projectName: "lab",
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_TOKEN");
    expect(message).toMatch(/expired|revoked/);
  });

  it("with a revoked token and an endpoint: the error names the setting", async () => {
    scene.sim.revokeTokens();
    const provider = await startWith(scene, "the environment", {
      token: scene.token,
      endpoint: scene.sim.endpoint,
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_TOKEN");
    expect(message).toContain("401");
  });

  it("with an application credential's token and a project: the error explains the conflict", async () => {
    const token = await tokenBy(scene.sim.identityUrl, {
      methods: ["application_credential"],
      application_credential: await newCredential(scene.sim.identityUrl, scene.token),
    });
    const provider = await startWith(scene, "the environment", {
      ...authUrl(),
      token,
      projectName: "lab",
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/application credential/i);
    expect(message).toContain("403");
  });

  it("with an unreachable Keystone: the error names the URL and its setting", async () => {
    const url = `http://127.0.0.1:${CLOSED_PORT}/v3`;
    const provider = await startWith(scene, "the environment", { ...byNames(scene), authUrl: url });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain(url);
    expect(message).toMatch(/ECONNREFUSED.*OS_AUTH_URL/s);
  });
});
