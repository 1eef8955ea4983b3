import { ConfigurationError, UnauthorizedError } from "../../../provider/errors";
import { issueToken, type KeystoneLogin } from "../../../provider/identity/keystone";
import { PROJECT_ID } from "../support/builders";
import { FakeTransport, type Reply } from "../support/fakeTransport";

const AT = {
  authUrl: "https://identity.example.org/v3",
  sources: { authUrl: "OS_AUTH_URL", credential: "OS_TOKEN" },
} as const;
const domain = { id: "default" };
const user = { name: "alice", domain };
const project = { name: "web", domain };

const PASSWORD: KeystoneLogin = { kind: "password", ...AT, user, password: "p", project };
const TOKEN: KeystoneLogin = { kind: "keystoneToken", ...AT, token: "mine", project };
const AS_IS: KeystoneLogin = { ...TOKEN, project: undefined };
const BY_ID: KeystoneLogin = {
  kind: "applicationCredential",
  ...AT,
  credential: { id: "c" },
  secret: "s",
};
const BY_NAME: KeystoneLogin = { ...BY_ID, credential: { name: "n", user } };

const made: Reply = {
  status: 201,
  headers: { "x-subject-token": "new" },
  body: { token: { project: { id: PROJECT_ID }, catalog: [] } },
};

async function sentFor(login: KeystoneLogin, reply: Reply = made) {
  const transport = FakeTransport.of(reply);
  const token = await issueToken(transport, login);
  return { token, request: transport.requests[0]! };
}

it.each<[string, KeystoneLogin, object]>([
  [
    "a password for a project",
    PASSWORD,
    {
      identity: { methods: ["password"], password: { user: { ...user, password: "p" } } },
      scope: { project },
    },
  ],
  [
    "a token for a project",
    TOKEN,
    { identity: { methods: ["token"], token: { id: "mine" } }, scope: { project } },
  ],
  [
    "an application credential by id, without a scope",
    BY_ID,
    {
      identity: {
        methods: ["application_credential"],
        application_credential: { id: "c", secret: "s" },
      },
    },
  ],
  [
    "an application credential by name and user, without a scope",
    BY_NAME,
    {
      identity: {
        methods: ["application_credential"],
        application_credential: { name: "n", user, secret: "s" },
      },
    },
  ],
])("Keystone receives %s", async (_what, login, auth) => {
  const { token, request } = await sentFor(login);
  expect(request).toMatchObject({ method: "POST", url: `${AT.authUrl}/auth/tokens` });
  expect(request.body).toEqual({ auth });
  expect(token).toMatchObject({ value: "new", projectId: PROJECT_ID, catalog: [] });
});

describe("a Keystone token without a configured project", () => {
  it("is used unchanged, after a GET that finds its project", async () => {
    const { token, request } = await sentFor(AS_IS, { ...made, status: 200, headers: {} });
    expect(request).toMatchObject({
      method: "GET",
      headers: { "X-Auth-Token": "mine", "X-Subject-Token": "mine" },
    });
    expect(request.body).toBeUndefined();
    expect(token).toMatchObject({ value: "mine", projectId: PROJECT_ID });
  });

  it("is refused if it has no project, and the error names its setting", async () => {
    const unscoped: Reply = { status: 200, body: { token: {} } };
    const failing = sentFor(AS_IS, unscoped);
    await expect(failing).rejects.toThrow(ConfigurationError);
    await expect(failing).rejects.toThrow(/^The token of OS_TOKEN is for no project/);
  });
});

it.each([
  ["https://a.example.org", "https://a.example.org/v3/auth/tokens"],
  ["https://a.example.org/identity/", "https://a.example.org/identity/v3/auth/tokens"],
  ["https://a.example.org/v3/", "https://a.example.org/v3/auth/tokens"],
  ["https://a.example.org/v3/auth/tokens", "https://a.example.org/v3/auth/tokens"],
])("Keystone's URL may be %s", async (authUrl, url) => {
  expect((await sentFor({ ...PASSWORD, authUrl })).request.url).toBe(url);
});

it("a v2.0 URL of Keystone is refused, and the error names the setting", async () => {
  const authUrl = "https://a.example.org/v2.0/";
  await expect(sentFor({ ...PASSWORD, authUrl })).rejects.toThrow(/^OS_AUTH_URL is .*v3 is needed/);
});

describe("the message about a refused login", () => {
  const refusalOf = async (login: KeystoneLogin, status: number, credential = "OS_PASSWORD") => {
    const sources = { ...AT.sources, credential };
    const error: unknown = await sentFor({ ...login, sources }, { status }).catch(
      (one: unknown) => one,
    );
    expect(error).toBeInstanceOf(UnauthorizedError);
    return (error as Error).message;
  };

  it("names user, project and sources, and no secret", async () => {
    expect(await refusalOf({ ...PASSWORD, password: "canary" }, 401)).toBe(
      "Keystone at https://identity.example.org/v3/auth/tokens refused the login of user alice to project web (401). " +
        "It does not say which of user, password, domain and project is wrong; check them all. Read from: OS_PASSWORD.",
    );
  });

  it("mentions --run-program if the stack configuration may be outdated", async () => {
    expect(await refusalOf(PASSWORD, 401, "vpnaas:password")).toContain("--run-program");
    expect(await refusalOf(PASSWORD, 401)).not.toContain("--run-program");
  });

  it.each([
    ["of an expired token", TOKEN, 404, /a token to project web.*expired.*check OS_AUTH_URL/],
    ["of a token that may not be exchanged", TOKEN, 403, /leave the project out/],
    ["of a deleted credential", BY_ID, 404, /application credential id c.*was deleted/],
    ["of a credential by name", BY_NAME, 401, /application credential n/],
    ["of a token without a project", AS_IS, 401, /the login of a token \(401\)/],
  ])("gives the cause %s", async (_what, login, status, said) => {
    expect(await refusalOf(login, status)).toMatch(said);
  });
});
