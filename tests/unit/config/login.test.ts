import { ENV, STACK, errorOf, login, settings } from "../support/readings";

const ENDPOINT = "http://127.0.0.1:9696";
const SECRET = { applicationCredentialSecret: "s" };

describe("the login method", () => {
  it.each(["password", "v3password", "V3Password"])("is a password for authType %s", (authType) => {
    expect(login({ ...STACK, token: "t", authType })).toMatchObject({ kind: "password" });
  });

  it.each(["token", "v3token", "admin_token"])(
    "is a ready token for authType %s with an endpoint",
    (authType) => {
      const stack = { ...STACK, token: "t", authType, projectId: "p", endpoint: ENDPOINT };
      expect(login(stack)).toEqual({
        kind: "token",
        token: "t",
        projectId: "p",
        source: "vpnaas:token",
      });
    },
  );

  it("is a Keystone token for a project if the catalog is needed", () => {
    expect(login({ ...STACK, token: "t" })).toEqual({
      kind: "keystoneToken",
      authUrl: STACK["authUrl"],
      sources: { authUrl: "vpnaas:authUrl", credential: "vpnaas:token" },
      token: "t",
      project: { name: "web", domain: { id: "default" } },
    });
  });

  it("is a Keystone token without a project if no project is set", () => {
    expect(login({ authUrl: STACK["authUrl"], token: "t" })).toMatchObject({
      kind: "keystoneToken",
      project: undefined,
    });
  });

  it("is not a Keystone token for authType admin_token", () => {
    expect(errorOf({ ...STACK, token: "t", authType: "admin_token" })).toMatch(/lacks endpoint/);
  });

  it.each(["none", "noauth"])(
    "is none for authType %s, which needs only an endpoint",
    (authType) => {
      expect(login({ authType, endpoint: ENDPOINT })).toEqual({ kind: "none" });
      expect(errorOf({ authType })).toMatch(/lacks endpoint: .*OS_NETWORK_ENDPOINT_OVERRIDE/);
    },
  );

  it("follows the credential of the environment and ignores the authType of the stack configuration", () => {
    expect(login({ ...STACK, authType: "token", token: "t" }, ENV)).toMatchObject({
      kind: "password",
      password: "two",
    });
  });

  it("prefers a token to an application credential, and that to a password", () => {
    const all = { ...STACK, ...SECRET, applicationCredentialId: "c", token: "t" };
    expect([login(all).kind, login({ ...all, token: undefined }).kind]).toEqual([
      "keystoneToken",
      "applicationCredential",
    ]);
  });

  const CANARY = "canary-7f3a9c";
  it.each([
    [{ authType: CANARY }, {}, "vpnaas:authType"],
    [{}, { ...ENV, OS_AUTH_TYPE: CANARY }, "OS_AUTH_TYPE"],
    [{}, { ...ENV, OS_AUTH_TYPE: "v3oidcpassword" }, "OS_AUTH_TYPE"],
    [{}, { ...ENV, OS_AUTH_TYPE: "v2password" }, "OS_AUTH_TYPE"],
  ])("is refused with the list of supported methods: %j %j", (stack, env, source) => {
    const message = errorOf({ ...STACK, ...stack }, env);
    expect(message).toContain(`${source} must be password, v3password, token`);
    expect(message).not.toContain(CANARY);
  });

  it.each(["OS_PASSCODE", "OS_SYSTEM_SCOPE", "OS_TRUST_ID"])("does not support %s", (variable) => {
    expect(errorOf(STACK, { [variable]: "all" })).toMatch(
      new RegExp(`^${variable} is set, but one-time passwords, system scope and trusts are not`),
    );
  });

  it("supports only version 3 of Keystone", () => {
    expect(errorOf(STACK, { OS_IDENTITY_API_VERSION: "2.0" })).toMatch(
      /^OS_IDENTITY_API_VERSION must/,
    );
    expect(login(STACK, { OS_IDENTITY_API_VERSION: "3" })).toMatchObject({ kind: "password" });
  });
});

describe("an application credential", () => {
  const AT = { authUrl: STACK["authUrl"] };

  it("is found by its id, which needs no user", () => {
    const stack = { ...AT, ...SECRET, applicationCredentialId: "c" };
    expect(login(stack)).toMatchObject({
      kind: "applicationCredential",
      credential: { id: "c" },
      secret: "s",
    });
  });

  it("is found by its name and its user", () => {
    const stack = { ...AT, ...SECRET, applicationCredentialName: "n", username: "alice" };
    expect(login({ ...stack, userDomainName: "contract" })).toMatchObject({
      credential: { name: "n", user: { name: "alice", domain: { name: "contract" } } },
    });
    expect(login({ ...stack, userId: "u" })).toMatchObject({
      credential: { name: "n", user: { id: "u" } },
    });
  });

  it("ignores a project", () => {
    const stack = { ...STACK, ...SECRET, applicationCredentialId: "c" };
    expect(login(stack)).not.toHaveProperty("project");
  });

  it("is read from the environment", () => {
    const env = {
      OS_AUTH_TYPE: "v3applicationcredential",
      OS_AUTH_URL: ENV["OS_AUTH_URL"],
      OS_APPLICATION_CREDENTIAL_ID: "c",
      OS_APPLICATION_CREDENTIAL_SECRET: "s",
    };
    expect(login(STACK, env)).toMatchObject({
      authUrl: ENV["OS_AUTH_URL"],
      credential: { id: "c" },
      sources: { credential: "OS_APPLICATION_CREDENTIAL_ID, OS_APPLICATION_CREDENTIAL_SECRET" },
    });
  });

  it.each([
    ["without id and name", SECRET, "applicationCredentialName"],
    ["without a secret", { applicationCredentialId: "c" }, "applicationCredentialSecret"],
    ["by name without a user", { ...SECRET, applicationCredentialName: "n" }, "username"],
  ])("%s is an error that names the missing setting", (_what, stack, missing) => {
    expect(errorOf({ ...AT, ...stack })).toContain(`The login lacks ${missing}`);
  });
});

describe("the user and project names of a login", () => {
  it("belong to the default domain if none is set", () => {
    expect(login(STACK)).toMatchObject({
      user: { name: "alice", domain: { id: "default" } },
      project: { name: "web", domain: { id: "default" } },
    });
  });

  it("belong to a domain that is set by name or by id", () => {
    const domains = { userDomainName: "contract", projectDomainId: "d1" };
    expect(login({ ...STACK, ...domains })).toMatchObject({
      user: { domain: { name: "contract" } },
      project: { domain: { id: "d1" } },
    });
  });

  it.each([
    [{ OS_DOMAIN_NAME: "contract" }, { name: "contract" }],
    [{ OS_DOMAIN_ID: "d1" }, { id: "d1" }],
  ])("share the domain of %j", (env, domain) => {
    expect(login(STACK, env)).toMatchObject({ user: { domain }, project: { domain } });
  });

  it("are ignored in favor of ids, which need no domain", () => {
    const ids = { userId: "u1", projectId: "p1", userDomainName: "contract" };
    expect(login({ ...STACK, ...ids })).toMatchObject({
      user: { id: "u1" },
      project: { id: "p1" },
    });
    expect(login({ ...STACK, ...ids })).not.toHaveProperty("user.domain");
  });

  it("belong to their own domain in preference to a common one", () => {
    const env = { OS_USER_DOMAIN_NAME: "contract", OS_DOMAIN_ID: "d1", OS_DEFAULT_DOMAIN: "d2" };
    expect(login(STACK, env)).toMatchObject({
      user: { domain: { name: "contract" } },
      project: { domain: { id: "d1" } },
    });
  });

  it("belong to OS_DEFAULT_DOMAIN if no other domain is set", () => {
    expect(login(STACK, { OS_DEFAULT_DOMAIN: "d2" })).toMatchObject({
      user: { domain: { id: "d2" } },
      project: { domain: { id: "d2" } },
    });
  });
});

it("a ready token's project becomes the project of the login", () => {
  const { session } = settings({ token: "t", projectId: "p", endpoint: ENDPOINT });
  expect(session).toMatchObject({ endpoint: ENDPOINT, login: { projectId: "p" } });
});

describe("an incomplete login", () => {
  it("is one error that names every missing setting, and three ways to set it", () => {
    expect(errorOf({ authUrl: "https://keystone.example.org/v3" })).toBe(
      "The login lacks username, password and projectName: " +
        "set vpnaas:username, vpnaas:password and vpnaas:projectName in the stack configuration, " +
        "or OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME in the environment, " +
        "or name a cloud of clouds.yaml (vpnaas:cloud, OS_CLOUD).",
    );
  });
});
