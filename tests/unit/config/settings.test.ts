import { readDialect, readSettings } from "../../../provider/config/settings";
import { ConfigurationError } from "../../../provider/errors";

type Texts = Readonly<Record<string, string | undefined>>;

const AUTH = "https://identity.example.org/v3";
const STACK: Texts = { authUrl: AUTH, username: "alice", password: "one", projectName: "web" };
const ENV: Texts = {
  OS_AUTH_URL: "https://env.example.org/v3",
  OS_USERNAME: "bob",
  OS_PASSWORD: "two",
  OS_PROJECT_NAME: "ops",
};

function settings(stack: Texts, env: Texts = {}) {
  return readSettings({ stack: (name) => stack[name], env });
}

function login(stack: Texts, env: Texts = {}) {
  return settings(stack, env).session.login;
}

function errorOf(stack: Texts, env: Texts = {}): string {
  try {
    settings(stack, env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

it("has defaults for all but the login", () => {
  expect(settings(STACK)).toEqual({
    dialect: "k5",
    logLevel: "info",
    session: expect.objectContaining({
      endpoint: undefined,
      region: undefined,
      interface: "public",
    }),
    transport: { cacert: undefined, insecure: false },
  });
});

it("reads every setting of the stack configuration", () => {
  const all = {
    ...STACK,
    dialect: "neutron",
    logLevel: "debug",
    region: "one",
    interface: "internal",
    endpoint: "http://127.0.0.1:9696",
    cacert: "ca.pem",
    insecure: "true",
  };
  expect(settings(all)).toMatchObject({
    dialect: "neutron",
    logLevel: "debug",
    session: { endpoint: "http://127.0.0.1:9696", region: "one", interface: "internal" },
    transport: { cacert: "ca.pem", insecure: true },
  });
});

it.each([
  [{ OS_REGION_NAME: "one" }, { session: { region: "one" } }],
  [{ OS_INTERFACE: "admin" }, { session: { interface: "admin" } }],
  [{ OS_ENDPOINT_TYPE: "internalURL" }, { session: { interface: "internal" } }],
  [{ OS_CACERT: "ca.pem" }, { transport: { cacert: "ca.pem" } }],
  [{ OS_INSECURE: "1" }, { transport: { insecure: true } }],
  [{ OS_ENDPOINT_OVERRIDE: "http://127.0.0.1" }, { session: { endpoint: "http://127.0.0.1" } }],
  [{ OS_NETWORK_ENDPOINT_OVERRIDE: "http://[::1]" }, { session: { endpoint: "http://[::1]" } }],
])("reads %j of the environment", (env, expected) => {
  expect(settings(STACK, env)).toMatchObject(expected);
});

describe("the order of the sources", () => {
  it("is stack configuration first for everything but the login", () => {
    const stack = { ...STACK, region: "stack", interface: "admin", insecure: "false" };
    const env = { ...ENV, OS_REGION_NAME: "env", OS_INTERFACE: "internal", OS_INSECURE: "true" };
    expect(settings(stack, env)).toMatchObject({
      session: { region: "stack", interface: "admin" },
      transport: { insecure: false },
    });
  });

  it("is stack configuration first for the login when the environment names no credential", () => {
    const { OS_PASSWORD: _password, ...env } = ENV;
    expect(login(STACK, env)).toMatchObject({
      authUrl: AUTH,
      user: { name: "alice" },
      password: "one",
    });
  });

  it("is environment first for the login when that names a password", () => {
    expect(login(STACK, ENV)).toMatchObject({
      authUrl: ENV["OS_AUTH_URL"],
      user: { name: "bob" },
      password: "two",
      project: { name: "ops" },
    });
  });

  it.each(["OS_TOKEN", "OS_AUTH_TOKEN"])("is environment first when that has %s", (name) => {
    expect(login({ ...STACK, token: "old" }, { [name]: "new" })).toMatchObject({
      kind: "token",
      token: "new",
    });
  });

  it("is environment first for the endpoint beside a credential", () => {
    const stack = { ...STACK, endpoint: "http://stack.example.org" };
    const env = { ...ENV, OS_ENDPOINT_OVERRIDE: "http://env.example.org" };
    expect(settings(stack, env).session.endpoint).toBe("http://env.example.org");
  });

  it("fills what the environment lacks from the stack configuration", () => {
    expect(login(STACK, { OS_PASSWORD: "two" })).toMatchObject({
      authUrl: AUTH,
      user: { name: "alice" },
      password: "two",
    });
  });

  it("takes a password of the environment before a token of the stack configuration", () => {
    expect(login({ token: "old" }, ENV)).toMatchObject({ kind: "password", password: "two" });
  });

  it.each([
    ["a user", { userId: "id of alice" }, { user: { name: "bob" } }],
    ["a project", { projectId: "id of web" }, { project: { name: "ops" } }],
  ])(
    "takes %s by the name of the first source, not by the id of the second",
    (_w, ids, expected) => {
      expect(login({ ...STACK, ...ids }, ENV)).toMatchObject(expected);
    },
  );

  it("takes a domain by the name of the first source, not by the id of the second", () => {
    const stack = { ...STACK, userDomainName: "contract", projectDomainName: "contract" };
    const env = { OS_USER_DOMAIN_ID: "other", OS_PROJECT_DOMAIN_ID: "other" };
    expect(login(stack, env)).toMatchObject({
      user: { domain: { name: "contract" } },
      project: { domain: { name: "contract" } },
    });
  });

  it("takes an empty text for nothing", () => {
    expect(login({ ...STACK, userId: "" }, { OS_PASSWORD: "", OS_TOKEN: "" })).toMatchObject({
      kind: "password",
      user: { name: "alice" },
      password: "one",
    });
  });

  it("prefers the newer of two names of a variable", () => {
    const env = { ...ENV, OS_PROJECT_NAME: undefined, OS_TENANT_NAME: "old" };
    expect(login({}, env)).toMatchObject({ project: { name: "old" } });
    expect(login({}, { ...env, OS_PROJECT_NAME: "new" })).toMatchObject({
      project: { name: "new" },
    });
  });
});

describe("the way to log in", () => {
  it.each(["password", "v3password"])("is %s when that is said", (authType) => {
    expect(login({ ...STACK, token: "t", authType })).toMatchObject({ kind: "password" });
  });

  it.each(["token", "v3token"])("is %s when that is said", (authType) => {
    expect(login({ ...STACK, token: "t", authType, projectId: "p" })).toEqual({
      kind: "token",
      token: "t",
      projectId: "p",
    });
  });

  it("is none when that is said, and needs nothing then", () => {
    expect(login({ authType: "none" })).toEqual({ kind: "none" });
  });

  it("is a token when there is one, and a password else", () => {
    expect([login({ token: "t" }), login(STACK)]).toMatchObject([
      { kind: "token", projectId: undefined },
      { kind: "password" },
    ]);
  });
});

describe("names", () => {
  it("stand in the default domain where none is given", () => {
    expect(login(STACK)).toMatchObject({
      user: { name: "alice", domain: { id: "default" } },
      project: { name: "web", domain: { id: "default" } },
    });
  });

  it("stand in the domain that is given by name or by id", () => {
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

  it("give way to ids, which need no domain", () => {
    const ids = { userId: "u1", projectId: "p1", userDomainName: "contract" };
    expect(login({ ...STACK, ...ids })).toMatchObject({
      user: { id: "u1" },
      project: { id: "p1" },
    });
    expect(login({ ...STACK, ...ids })).not.toHaveProperty("user.domain");
  });
});

describe("an error", () => {
  it.each([
    ["authUrl", "OS_AUTH_URL"],
    ["username", "OS_USERNAME"],
    ["password", "OS_PASSWORD"],
    ["projectName", "OS_PROJECT_NAME"],
  ])("says where a missing %s can be set", (name, variable) => {
    const message = errorOf({ ...STACK, [name]: undefined });
    expect(message).toBe(
      `The login lacks ${name}: set vpnaas:${name} in the stack configuration, or ${variable} in the environment. (clouds.yaml, OS_CLOUD and application credentials are not read yet.)`,
    );
  });

  it("says where a missing token can be set", () => {
    expect(errorOf({ authType: "token" })).toMatch(/vpnaas:token .*OS_TOKEN/);
  });

  const CANARY = "canary-7f3a9c";
  it.each([
    [{ dialect: CANARY }, {}, "vpnaas:dialect must be k5 or neutron."],
    [{ logLevel: CANARY }, {}, "vpnaas:logLevel must be info or debug."],
    [{ authType: CANARY }, {}, "vpnaas:authType must be password, token or none."],
    [{}, { OS_AUTH_TYPE: CANARY }, "OS_AUTH_TYPE must be password, token or none."],
    [{ authUrl: CANARY }, {}, "vpnaas:authUrl must be a URL that begins with http:// or https://."],
    [
      { authUrl: undefined },
      { OS_AUTH_URL: `ftp://${CANARY}` },
      "OS_AUTH_URL must be a URL that begins with http:// or https://.",
    ],
    [
      { endpoint: `${CANARY}:9696` },
      {},
      "vpnaas:endpoint must be a URL that begins with http:// or https://.",
    ],
    [{ insecure: CANARY }, {}, "vpnaas:insecure must be true or false."],
    [{}, { OS_INSECURE: CANARY }, "OS_INSECURE must be true or false."],
  ])(
    "names the setting, its source and what is right, never the value: %j %j",
    (stack, env, said) => {
      expect(errorOf({ ...STACK, ...stack }, env)).toBe(said);
    },
  );
});

it("refuses a user or a password within a URL", () => {
  for (const endpoint of ["http://alice:canary@127.0.0.1", "http://canary@127.0.0.1"]) {
    expect(errorOf({ ...STACK, endpoint })).toMatch(/^vpnaas:endpoint must be a URL without user/);
  }
});

it("reads insecure in every usual writing", () => {
  const read = (insecure: string) => settings({ ...STACK, insecure }).transport.insecure;
  expect(["true", "TRUE", "1", "yes", "on"].filter((text) => !read(text))).toEqual([]);
  expect(["false", "0", "no", "OFF"].filter(read)).toEqual([]);
});

describe("the dialect alone", () => {
  const dialect = (stack: Texts) => readDialect({ stack: (name) => stack[name], env: ENV });

  it("is k5 unless it is said", () => {
    expect([{}, { dialect: "neutron" }, { dialect: "k5" }].map(dialect)).toEqual([
      "k5",
      "neutron",
      "k5",
    ]);
  });

  it("needs nothing else to be right", () => {
    expect(dialect({ dialect: "neutron", authUrl: "?", insecure: "?" })).toBe("neutron");
  });

  it("is refused where it is none", () => {
    expect(() => dialect({ dialect: "openstack" })).toThrow(ConfigurationError);
  });
});
