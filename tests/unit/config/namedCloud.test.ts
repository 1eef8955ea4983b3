import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readBehavior } from "../../../provider/config/settings";
import { settingsInForce } from "../../../provider/config/settingsInForce";
import { ENV, STACK, errorOf, login, settings, type Texts } from "../support/readings";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-clouds-"));
  file = join(folder, "clouds.yaml");
});

afterEach(() => rmSync(folder, { recursive: true }));

const AUTH = {
  auth_url: "https://cloud.example.org/v3",
  username: "carol",
  password: "three",
  project_name: "net",
};

/** Puts a cloud `lab` into clouds.yaml (JSON is YAML) and returns the environment that finds it. */
function lab(entry: object = { auth: AUTH }): Texts {
  writeFileSync(file, JSON.stringify({ clouds: { lab: entry } }), { mode: 0o600 });
  return { OS_CLIENT_CONFIG_FILE: file };
}

const named = (entry?: object): Texts => ({ ...lab(entry), OS_CLOUD: "lab" });

describe("the cloud of the settings", () => {
  it("is the resource's own, otherwise vpnaas:cloud, otherwise OS_CLOUD", () => {
    const clouds = Object.fromEntries(
      ["a", "b", "c"].map((name) => [name, { auth: { ...AUTH, username: name } }]),
    );
    writeFileSync(file, JSON.stringify({ clouds }), { mode: 0o600 });
    const env = { OS_CLIENT_CONFIG_FILE: file, OS_CLOUD: "a" };
    expect(login({}, env)).toMatchObject({ user: { name: "a" } });
    expect(login({ cloud: "b" }, env)).toMatchObject({ user: { name: "b" } });
    expect(login({ cloud: "b" }, env, "c")).toMatchObject({ user: { name: "c" } });
  });

  it("uses every key of its entry", () => {
    const auth = { ...AUTH, user_domain_name: "contract", project_domain_id: "d1" };
    const entry = {
      auth,
      region_name: "one",
      interface: "internal",
      verify: false,
      network_endpoint_override: "https://network.example.org",
      vpnaas: { dialect: "neutron" },
    };
    expect(settings({}, named(entry))).toMatchObject({
      dialect: "neutron",
      session: {
        login: {
          kind: "password",
          authUrl: AUTH.auth_url,
          user: { name: "carol", domain: { name: "contract" } },
          password: "three",
          project: { name: "net", domain: { id: "d1" } },
        },
        endpoint: "https://network.example.org",
        region: "one",
        interface: "internal",
        cloud: "lab",
      },
      transport: { insecure: true },
    });
  });

  it.each([
    [{ regions: ["one", "two"] }, { region: "one" }],
    [{ regions: [{ name: "one" }] }, { region: "one" }],
    [{ regions: ["one"], region_name: "two" }, { region: "two" }],
    [{ endpoint_type: "adminURL" }, { interface: "admin" }],
    [{ endpoint_override: "http://127.0.0.1" }, { endpoint: "http://127.0.0.1" }],
  ])("may have %j", (keys, session) => {
    expect(settings({}, named({ auth: AUTH, ...keys })).session).toMatchObject(session);
  });

  it.each([
    ["domain_id", { id: "d" }],
    ["domain_name", { name: "d" }],
    ["default_domain", { id: "d" }],
  ])("uses auth.%s as the domain of user and project", (key, domain) => {
    expect(login({}, named({ auth: { ...AUTH, [key]: "d" } }))).toMatchObject({
      user: { domain },
      project: { domain },
    });
  });
});

describe("the login of a named cloud", () => {
  it("comes from its entry, regardless of OS_* and the stack configuration", () => {
    expect(login(STACK, { ...ENV, ...named() })).toMatchObject({
      authUrl: AUTH.auth_url,
      user: { name: "carol" },
      password: "three",
      project: { name: "net" },
    });
  });

  it.each([
    ["OS_PASSWORD", {}, ENV],
    ["vpnaas:password", STACK, {}],
  ])("is never completed by %s, and the error names both sources", (source, stack, env) => {
    const { password: _left, ...auth } = AUTH;
    const message = errorOf(stack, { ...env, ...named({ auth }) });
    expect(message).toContain(`lacks password: set clouds.lab.auth.password in ${file}`);
    expect(message).toContain(`Read so far: clouds.yaml at ${file}, clouds.lab.auth.username.`);
    expect(message).toContain(`${source} is ignored`);
  });

  it("may take its whole project from another source", () => {
    const { project_name: _left, ...auth } = AUTH;
    const elsewhere = { projectName: "web", projectDomainName: "contract" };
    expect(login(elsewhere, { ...named({ auth }), OS_PROJECT_DOMAIN_ID: "d" })).toMatchObject({
      project: { name: "web", domain: { name: "contract" } },
    });
    expect(login({ projectDomainName: "contract" }, { ...ENV, ...named({ auth }) })).toMatchObject({
      project: { name: "ops", domain: { id: "default" } },
    });
  });

  it.each([{}, { auth: {} }, { auth: "canary" }])("is reported as missing in %j", (entry) => {
    const message = errorOf({}, named(entry));
    expect(message).toBe(
      `The cloud lab in ${file} has no login: clouds.lab.auth is missing or empty.`,
    );
  });

  it("is none if auth_type is none", () => {
    const entry = { auth_type: "none", network_endpoint_override: "http://127.0.0.1" };
    expect(login({}, named(entry))).toEqual({ kind: "none" });
  });

  it.each([
    [{ auth: { ...AUTH, system_scope: "all" } }, "clouds.lab.auth.system_scope is set"],
    [{ auth: { ...AUTH, trust_id: "t" } }, "clouds.lab.auth.trust_id is set"],
    [{ auth: AUTH, auth_type: "v3oidcpassword" }, "clouds.lab.auth_type must be password"],
    [{ auth: AUTH, identity_api_version: "2" }, "clouds.lab.identity_api_version must be 3"],
    [{ auth: { ...AUTH, auth_url: "cloud" } }, "clouds.lab.auth.auth_url must be a URL"],
    [{ auth: AUTH, verify: "/ca.pem" }, "clouds.lab.verify must be true or false"],
    [{ auth: AUTH, cacert: "/absent.pem" }, "clouds.lab.cacert cannot be read"],
  ])("names file and key of an invalid value in %j", (entry, said) => {
    const message = errorOf({}, named(entry));
    expect(message).toContain(`clouds.yaml at ${file}, ${said}`);
  });
});

describe("the other settings of a named cloud", () => {
  const entry = { auth: AUTH, region_name: "cloud", vpnaas: { dialect: "neutron" } };

  it("come from the stack configuration, then from the entry, then from OS_*", () => {
    const env = { OS_REGION_NAME: "env", OS_INTERFACE: "admin" };
    expect(settings({ region: "stack", dialect: "k5" }, { ...env, ...named(entry) })).toMatchObject(
      {
        dialect: "k5",
        session: { region: "stack", interface: "admin" },
      },
    );
    expect(settings({}, { ...env, ...named(entry) })).toMatchObject({
      dialect: "neutron",
      session: { region: "cloud", interface: "admin" },
    });
  });

  it("use an endpoint of the stack configuration if the entry has none, and never one of OS_*", () => {
    const [stack, env] = ["http://stack.example.org", { OS_ENDPOINT_OVERRIDE: "http://env" }];
    const read = (keys: object, endpoint?: string) =>
      settings({ endpoint }, { ...env, ...named({ ...entry, ...keys }) }).session.endpoint;
    expect(read({ network_endpoint_override: "http://cloud" }, stack)).toBe("http://cloud");
    expect([read({}, stack), read({})]).toEqual([stack, undefined]);
  });
});

describe("a resource's own cloud", () => {
  const stack = { ...STACK, region: "stack", interface: "admin", endpoint: "http://stack" };
  const env = { ...ENV, OS_REGION_NAME: "env", OS_INSECURE: "true", OS_CACERT: "/absent.pem" };

  it("ignores the stack configuration and OS_*", () => {
    const { session, transport } = settings(stack, { ...env, ...lab() }, "lab");
    expect(session).toMatchObject({
      login: { user: { name: "carol" }, password: "three", project: { name: "net" } },
      endpoint: undefined,
      region: undefined,
      interface: "public",
    });
    expect(transport).toMatchObject({ ca: undefined, insecure: false });
  });

  it("takes no project from another source", () => {
    const { project_name: _left, ...auth } = AUTH;
    expect(errorOf(stack, { ...env, ...lab({ auth }) }, "lab")).toMatch(/lacks projectName/);
  });

  it("has the dialect of its entry, otherwise of the stack configuration, otherwise k5", () => {
    const read = (entry: object, dialect?: string) =>
      readBehavior({ stack: (name) => ({ dialect })[name], env: lab(entry) }, "lab").dialect;
    expect([read({ vpnaas: { dialect: "neutron" } }, "k5"), read({}, "neutron"), read({})]).toEqual(
      ["neutron", "neutron", "k5"],
    );
  });

  it("uses the log level of the stack configuration", () => {
    expect(settings({ logLevel: "debug" }, lab(), "lab").logLevel).toBe("debug");
  });

  it.each([undefined, "lab"])("uses onDrift of the stack configuration (%s)", (own) => {
    const env = { ...named({ auth: AUTH, vpnaas: { onDrift: "fail", on_drift: "fail" } }) };
    expect(settings({}, env, own).onDrift).toBe("report");
    expect(settings({ onDrift: "correct" }, env, own).onDrift).toBe("correct");
  });

  it("is named as the resource's input if it is unknown", () => {
    expect(errorOf({}, lab(), "other")).toBe(
      `There is no cloud other (the resource's input cloud) in ${file}. It has: lab.`,
    );
  });
});

it("readBehavior finds a dialect of the stack configuration without reading clouds.yaml", () => {
  const env = { OS_CLOUD: "lab", OS_CLIENT_CONFIG_FILE: join(folder, "absent.yaml") };
  const dialect = (stack: Texts) => readBehavior({ stack: (name) => stack[name], env }).dialect;
  expect(dialect({ dialect: "neutron" })).toBe("neutron");
  expect(() => dialect({})).toThrow(/OS_CLIENT_CONFIG_FILE does not exist/);
});

it("settingsInForce gives each setting with file and key, without secrets", () => {
  const all = settingsInForce({ stack: () => undefined, env: named() });
  expect(all).toContainEqual({ name: "cloud", value: "lab", source: "OS_CLOUD" });
  expect(all).toContainEqual({
    name: "password",
    value: "(hidden)",
    source: `clouds.yaml at ${file}, clouds.lab.auth.password`,
  });
});
