import { BY_PASSWORD, newCredential, tokenBy, userIdOf } from "../../support/harness/identity";
import { closedPort } from "../../support/harness/loopback";
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

describe.each(PLACES)("a login that %s describes", (place) => {
  beforeEach(async () => {
    scene = await Scene.open({ pendingMs: 0 });
  });

  const provesLogin = async (settings: Settings) =>
    proveLogin(scene, await startWith(scene, place, settings));

  it("works by password and names", async () => {
    await provesLogin(byNames(scene));
    const [auth] = loginsOf(scene);
    expect(auth).toMatchObject({
      identity: { methods: ["password"] },
      scope: { project: { name: "lab", domain: { name: "Default" } } },
    });
  });

  it("works by password and ids, without a domain", async () => {
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

  it("works by an application credential's id, and asks for no scope", async () => {
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

  it("works by an application credential's name and user, and asks for no scope", async () => {
    await provesLogin(byCredential());
    const [auth] = loginsOf(scene);
    expect(auth).toHaveProperty("identity.application_credential.user.name", "lab-user");
    expect(auth).not.toHaveProperty("scope");
  });

  it("works by an unscoped token, which Keystone scopes to the project", async () => {
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

  it("works by a ready token as it is, with the endpoint from its catalog", async () => {
    await provesLogin({ ...authUrl(), token: scene.token });
    expect(loginsOf(scene)).toEqual([]);
  });

  it("works by a ready token and an endpoint, without Keystone", async () => {
    await provesLogin({ token: scene.token, endpoint: scene.sim.endpoint });
    expect(scene.sent(undefined, /identity/)).toEqual([]);
  });
});

describe("a login that is refused", () => {
  beforeEach(async () => {
    scene = await Scene.open({ pendingMs: 0 });
  });

  it.each(PLACES)("for a wrong password in %s names the setting there", async (place) => {
    const provider = await startWith(scene, place, { ...byNames(scene), password: CANARY });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/refused the login of user lab-user.*401/);
    expect(message).toContain(place === "the environment" ? "OS_PASSWORD" : "vpnaas:password");
  });

  it("for a wrong secret of an application credential names the setting", async () => {
    const provider = await startWith(scene, "the environment", {
      ...byCredential(),
      applicationCredentialSecret: CANARY,
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_APPLICATION_CREDENTIAL_SECRET");
    expect(message).toContain("lab-app-cred");
  });

  it("for an application credential that is gone says so", async () => {
    const provider = await startWith(scene, "the environment", {
      ...authUrl(),
      applicationCredentialId: "0123456789abcdef0123456789abcdef",
      applicationCredentialSecret: CANARY,
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_APPLICATION_CREDENTIAL_ID");
    expect(message).toContain("0123456789abcdef0123456789abcdef");
  });

  it("for a token that is dead names the setting and says that it cannot be renewed", async () => {
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

  it("for a ready token that is dead names the setting", async () => {
    scene.sim.revokeTokens();
    const provider = await startWith(scene, "the environment", {
      token: scene.token,
      endpoint: scene.sim.endpoint,
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain("OS_TOKEN");
    expect(message).toContain("401");
  });

  it("for an application credential's token with a project says what is wrong", async () => {
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

  it("by nobody, since nobody listens, names the URL and its setting", async () => {
    const url = `http://127.0.0.1:${await closedPort()}/v3`;
    const provider = await startWith(scene, "the environment", { ...byNames(scene), authUrl: url });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toContain(url);
    expect(message).toMatch(/ECONNREFUSED.*OS_AUTH_URL/s);
  });
});
