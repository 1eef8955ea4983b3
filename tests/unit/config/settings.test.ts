import { readBehavior, settingsWarnings } from "../../../provider/config/settings";
import { settingsInForce } from "../../../provider/config/settingsInForce";
import { ConfigurationError } from "../../../provider/errors";
import { ON_DRIFT } from "../../../provider/onDrift";
import { ENV, STACK, errorOf, login, settings, type Texts } from "../support/readings";

const AUTH = STACK["authUrl"];

it("every setting except the login has a default", () => {
  expect(settings(STACK)).toEqual({
    dialect: "k5",
    onDrift: "report",
    preflight: "on",
    maxConcurrency: 32,
    logLevel: "info",
    session: expect.objectContaining({
      endpoint: undefined,
      region: undefined,
      interface: "public",
    }),
    transport: {
      ca: undefined,
      insecure: false,
      maxConcurrency: 32,
      secrets: [STACK["password"]],
    },
    warnings: [],
  });
});

it("every setting can be read from the stack configuration", () => {
  const all = {
    ...STACK,
    dialect: "neutron",
    onDrift: "correct",
    logLevel: "debug",
    region: "one",
    interface: "internal",
    endpoint: "http://127.0.0.1:9696",
    insecure: "true",
  };
  expect(settings(all)).toMatchObject({
    dialect: "neutron",
    onDrift: "correct",
    logLevel: "debug",
    session: { endpoint: "http://127.0.0.1:9696", region: "one", interface: "internal" },
    transport: { insecure: true },
  });
});

it.each([
  [{ OS_REGION_NAME: "one" }, { session: { region: "one" } }],
  [{ OS_INTERFACE: "admin" }, { session: { interface: "admin" } }],
  [{ OS_ENDPOINT_TYPE: "internalURL" }, { session: { interface: "internal" } }],
  [{ OS_INSECURE: "1" }, { transport: { insecure: true } }],
  [{ OS_ENDPOINT_OVERRIDE: "http://127.0.0.1" }, { session: { endpoint: "http://127.0.0.1" } }],
  [{ OS_NETWORK_ENDPOINT_OVERRIDE: "http://[::1]" }, { session: { endpoint: "http://[::1]" } }],
])("a setting can be read from the environment: %j", (env, expected) => {
  expect(settings(STACK, env)).toMatchObject(expected);
});

describe("the precedence of the sources", () => {
  it("puts the stack configuration first for every setting except the login", () => {
    const stack = { ...STACK, region: "stack", interface: "admin", insecure: "false" };
    const env = { ...ENV, OS_REGION_NAME: "env", OS_INTERFACE: "internal", OS_INSECURE: "true" };
    expect(settings(stack, env)).toMatchObject({
      session: { region: "stack", interface: "admin" },
      transport: { insecure: false },
    });
  });

  it("puts the stack configuration first for the login if the environment has no credential", () => {
    const { OS_PASSWORD: _password, ...env } = ENV;
    expect(login(STACK, env)).toMatchObject({
      authUrl: AUTH,
      user: { name: "alice" },
      password: "one",
    });
  });

  it("puts the environment first for the login if it has a password", () => {
    expect(login(STACK, ENV)).toMatchObject({
      authUrl: ENV["OS_AUTH_URL"],
      user: { name: "bob" },
      password: "two",
      project: { name: "ops" },
    });
  });

  it.each(["OS_TOKEN", "OS_AUTH_TOKEN"])("puts the environment first if it has %s", (name) => {
    expect(login({ ...STACK, token: "old" }, { [name]: "new" })).toMatchObject({
      kind: "keystoneToken",
      token: "new",
    });
  });

  it("puts the environment first for the endpoint if it has a credential", () => {
    const stack = { ...STACK, endpoint: "http://stack.example.org" };
    const env = { ...ENV, OS_ENDPOINT_OVERRIDE: "http://env.example.org" };
    expect(settings(stack, env).session.endpoint).toBe("http://env.example.org");
  });

  it("completes the environment from the stack configuration", () => {
    expect(login(STACK, { OS_PASSWORD: "two" })).toMatchObject({
      authUrl: AUTH,
      user: { name: "alice" },
      password: "two",
    });
  });

  it("puts a password of the environment before a token of the stack configuration", () => {
    expect(login({ token: "old" }, ENV)).toMatchObject({ kind: "password", password: "two" });
  });

  it.each([
    ["a user", { userId: "id of alice" }, { user: { name: "bob" } }],
    ["a project", { projectId: "id of web" }, { project: { name: "ops" } }],
  ])(
    "puts %s by name from the first source before one by id from the second",
    (_w, ids, expected) => {
      expect(login({ ...STACK, ...ids }, ENV)).toMatchObject(expected);
    },
  );

  it("puts a domain by name from the first source before one by id from the second", () => {
    const stack = { ...STACK, userDomainName: "contract", projectDomainName: "contract" };
    const env = { OS_USER_DOMAIN_ID: "other", OS_PROJECT_DOMAIN_ID: "other" };
    expect(login(stack, env)).toMatchObject({
      user: { domain: { name: "contract" } },
      project: { domain: { name: "contract" } },
    });
  });

  it("counts an empty string as unset", () => {
    expect(login({ ...STACK, userId: "" }, { OS_PASSWORD: "", OS_TOKEN: "" })).toMatchObject({
      kind: "password",
      user: { name: "alice" },
      password: "one",
    });
  });

  it("puts the newer of two names of a variable first", () => {
    const env = { ...ENV, OS_PROJECT_NAME: undefined, OS_TENANT_NAME: "old" };
    expect(login({}, env)).toMatchObject({ project: { name: "old" } });
    expect(login({}, { ...env, OS_PROJECT_NAME: "new" })).toMatchObject({
      project: { name: "new" },
    });
  });
});

describe("an error of the settings", () => {
  it.each([
    ["authUrl", "OS_AUTH_URL"],
    ["username", "OS_USERNAME"],
    ["password", "OS_PASSWORD"],
    ["projectName", "OS_PROJECT_NAME"],
  ])("gives the setting and the variable of a missing %s", (name, variable) => {
    expect(errorOf({ ...STACK, [name]: undefined })).toContain(
      `The login lacks ${name}: set vpnaas:${name} in the stack configuration, or ${variable} in the environment, or name a cloud of clouds.yaml (vpnaas:cloud, OS_CLOUD).`,
    );
  });

  it("gives the source of the other part of an incomplete login", () => {
    expect(errorOf({ ...STACK, username: undefined }, { OS_PASSWORD: "two" })).toMatch(
      /lacks username: .* Read so far: OS_PASSWORD\.$/,
    );
  });

  it("gives the setting and the variable of a missing token", () => {
    expect(errorOf({ authType: "token" })).toMatch(/vpnaas:token .*OS_TOKEN/);
  });

  const CANARY = "canary-7f3a9c";
  it.each([
    [{ dialect: CANARY }, {}, "vpnaas:dialect must be k5 or neutron."],
    [{ dialect: "neutorn" }, {}, "vpnaas:dialect must be k5 or neutron: did you mean neutron?"],
    [{ onDrift: CANARY }, {}, "vpnaas:onDrift must be report, correct or fail."],
    [
      { maxConcurrency: CANARY },
      {},
      "vpnaas:maxConcurrency must be a whole number from 1 to 1000.",
    ],
    [{ logLevel: CANARY }, {}, "vpnaas:logLevel must be info or debug."],
    [{ interface: CANARY }, {}, "vpnaas:interface must be public, internal or admin."],
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
    "names the setting, its source and the valid values, never the value: %j %j",
    (stack, env, said) => {
      expect(errorOf({ ...STACK, ...stack }, env)).toBe(said);
    },
  );
});

it("the settings refuse a user or a password within a URL", () => {
  for (const endpoint of ["http://alice:canary@127.0.0.1", "http://canary@127.0.0.1"]) {
    expect(errorOf({ ...STACK, endpoint })).toMatch(/^vpnaas:endpoint must be a URL without user/);
  }
});

it("insecure accepts every usual spelling of true and false", () => {
  const read = (insecure: string) => settings({ ...STACK, insecure }).transport.insecure;
  expect(["true", "TRUE", "1", "yes", "on"].filter((text) => !read(text))).toEqual([]);
  expect(["false", "0", "no", "OFF"].filter(read)).toEqual([]);
});

describe("readBehavior: the dialect", () => {
  const dialect = (stack: Texts) =>
    readBehavior({ stack: (name) => stack[name], env: ENV }).dialect;

  it("is k5 by default", () => {
    expect([{}, { dialect: "neutron" }, { dialect: "k5" }].map(dialect)).toEqual([
      "k5",
      "neutron",
      "k5",
    ]);
  });

  it("needs no other valid setting", () => {
    expect(dialect({ dialect: "neutron", authUrl: "?", insecure: "?" })).toBe("neutron");
  });

  it("is refused if it is unknown", () => {
    expect(() => dialect({ dialect: "openstack" })).toThrow(ConfigurationError);
  });
});

describe("the setting maxConcurrency", () => {
  const read = (maxConcurrency: string, env: Texts = {}) =>
    readBehavior({ stack: (name) => ({ maxConcurrency })[name], env }).maxConcurrency;

  it("is 32 by default, can be set in the stack configuration, and limits the requests", () => {
    expect(["", "1", "7", "1000"].map((text) => read(text))).toEqual([32, 1, 7, 1_000]);
    expect(settings({ ...STACK, maxConcurrency: "7" }).transport.maxConcurrency).toBe(7);
  });

  it.each(["0", "-1", "1001", "1e3", "8.5", "0x10", " 8", "many", "9".repeat(400)])(
    "refuses %j before any request",
    (text) => {
      expect(() => read(text)).toThrow(ConfigurationError);
      expect(() => read(text)).toThrow(/^vpnaas:maxConcurrency must be a whole number/);
    },
  );

  it("is shown with its default", () => {
    const shown = (stack: Texts) =>
      settingsInForce({ stack: (name) => stack[name], env: {} }).filter(
        ({ name }) => name === "maxConcurrency",
      );
    expect(shown({})).toEqual([{ name: "maxConcurrency", value: "32", source: "default" }]);
    expect(shown({ maxConcurrency: "7" })).toEqual([
      { name: "maxConcurrency", value: "7", source: "vpnaas:maxConcurrency" },
    ]);
  });
});

describe("the setting onDrift", () => {
  const onDrift = (stack: Texts, env: Texts = {}) =>
    readBehavior({ stack: (name) => stack[name], env }).onDrift;

  it("is report by default", () => {
    const said = [{}, { onDrift: "" }, ...ON_DRIFT.map((one) => ({ onDrift: one }))];
    expect(said.map((stack) => onDrift(stack))).toEqual(["report", "report", ...ON_DRIFT]);
  });

  it.each(["Correct", "true", "correct ", "fix"])("refuses %j", (value) => {
    expect(() => onDrift({ onDrift: value })).toThrow(ConfigurationError);
  });

  it("is not read from the environment", () => {
    const names = ["OS_ON_DRIFT", "OS_ONDRIFT", "VPNAAS_ON_DRIFT", "VPNAAS_ONDRIFT", "onDrift"];
    expect(onDrift({}, Object.fromEntries(names.map((name) => [name, "fail"])))).toBe("report");
  });

  it("needs no other valid setting", () => {
    expect(onDrift({ onDrift: "fail", authUrl: "?", insecure: "?" })).toBe("fail");
  });
});

describe("the settings in force", () => {
  const inForce = (stack: Texts, env: Texts) =>
    settingsInForce({ stack: (name) => stack[name], env });

  it("are listed with the source that wins", () => {
    const all = inForce({ region: "one", dialect: "neutron" }, { OS_REGION_NAME: "two" });
    expect(all).toContainEqual({ name: "region", value: "one", source: "vpnaas:region" });
    expect(all).toContainEqual({ name: "dialect", value: "neutron", source: "vpnaas:dialect" });
    expect(all).toContainEqual({ name: "interface", value: "public", source: "default" });
  });

  it("hide secrets and a URL with a password", () => {
    const secrets = {
      OS_PASSWORD: "canary",
      OS_TOKEN: "canary",
      OS_APPLICATION_CREDENTIAL_SECRET: "canary",
      OS_PASSCODE: "canary",
      OS_AUTH_URL: "https://alice:canary@identity.example.org",
    };
    const all = inForce({}, secrets);
    expect(all.filter(({ value }) => value === "(hidden)").map(({ source }) => source)).toEqual(
      expect.arrayContaining(Object.keys(secrets)),
    );
    expect(JSON.stringify(all)).not.toContain("canary");
  });

  it("include an invalid setting", () => {
    expect(inForce({ dialect: "openstack" }, {})).toContainEqual({
      name: "dialect",
      value: "openstack",
      source: "vpnaas:dialect",
    });
  });
});

describe("the secrets of the transport", () => {
  it("are all secrets of the login, from any source", () => {
    expect(settings({ ...STACK, token: "a token" }).transport.secrets).toEqual(
      expect.arrayContaining([STACK["password"], "a token"]),
    );
  });
});

describe("settingsWarnings", () => {
  it("returns the warnings of the settings", () => {
    const sources = { stack: (name: string) => STACK[name], env: { OS_INSECURE: "true" } };
    expect(settingsWarnings(sources)).toEqual([
      {
        key: "unverified OS_INSECURE",
        line: "warning: certificates are not verified (OS_INSECURE).",
      },
    ]);
  });

  it("returns no warning if a setting cannot be read, because another message reports it", () => {
    const sources = { stack: () => undefined, env: { OS_INSECURE: "perhaps" } };
    expect(settingsWarnings(sources)).toEqual([]);
    expect(settingsWarnings({ ...sources, env: {} }, "nowhere")).toEqual([]);
  });
});
