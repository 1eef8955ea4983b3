import {
  ApiError,
  ConfigurationError,
  TransportError,
  UnauthorizedError,
  UnavailableError,
} from "../../../provider/errors";
import type { Answer } from "../../../provider/http/transport";
import { Session, type Login, type SessionOptions } from "../../../provider/identity/session";
import { PROJECT_ID } from "../support/builders";
import { anEnvironment, FakeClock } from "../support/fakeClock";
import { FakeTransport, type Reply } from "../support/fakeTransport";
import { PASSWORD_LOGIN } from "../support/passwordLogin";

const OPTIONS: SessionOptions = {
  login: PASSWORD_LOGIN,
  endpoint: undefined,
  region: undefined,
  interface: "public",
};

const token = (value: string): Reply => ({
  status: 201,
  headers: { "x-subject-token": value },
  body: { token: { project: { id: PROJECT_ID }, catalog: [] } },
});
const lost = new TransportError("no answer", true);

function aSession(replies: readonly Reply[], login: Login = PASSWORD_LOGIN) {
  const [transport, clock] = [FakeTransport.of(...replies), new FakeClock()];
  return {
    transport,
    clock,
    session: new Session({ ...OPTIONS, login }, transport, anEnvironment(clock)),
  };
}

it("Session: sends one login for concurrent callers", async () => {
  const { session, transport } = aSession([token("one"), token("two")]);
  const tokens = await Promise.all([session.authorize(), session.authorize()]);
  expect(tokens).toEqual(["one", "one"]);
  expect(transport.requests).toHaveLength(1);
});

describe("Session: a refused token", () => {
  it("is renewed by one login for concurrent callers", async () => {
    const { session, transport } = aSession([token("one"), token("two"), token("three")]);
    const refused = await session.authorize();
    const renewed = await Promise.all(Array.from({ length: 5 }, () => session.renew(refused)));
    expect(renewed).toEqual(Array(5).fill("two"));
    expect(transport.requests).toHaveLength(2);
  });

  it("is renewed again if the new one is refused too", async () => {
    const { session } = aSession([token("one"), token("two"), token("three")]);
    expect(await session.renew(await session.renew(await session.authorize()))).toBe("three");
  });

  it("is not renewed if another request has renewed it meanwhile", async () => {
    const { session, transport } = aSession([token("one"), token("two"), token("three")]);
    const refused = await session.authorize();
    await session.renew(refused);
    expect(await session.renew(refused)).toBe("two");
    expect(transport.requests).toHaveLength(2);
  });

  it.each<Login>([{ kind: "token", token: "mine", projectId: undefined }, { kind: "none" }])(
    "cannot be renewed without Keystone: $kind",
    async (login) => {
      const { session, transport } = aSession([token("one")], login);
      expect(await session.renew("mine")).toBeUndefined();
      expect(transport.requests).toEqual([]);
    },
  );
});

describe("Session: a refused Keystone token", () => {
  const KEYSTONE_TOKEN = {
    kind: "keystoneToken",
    authUrl: "http://identity.example.org/v3",
    sources: { authUrl: "OS_AUTH_URL", credential: "OS_TOKEN" },
    token: "mine",
  } as const;

  it("is exchanged again for a token of its project", async () => {
    const login: Login = { ...KEYSTONE_TOKEN, project: { id: PROJECT_ID } };
    const { session, transport } = aSession([token("one"), token("two")], login);
    expect(await session.renew(await session.authorize())).toBe("two");
    expect(transport.requests[0]).toEqual(transport.requests[1]);
  });

  it("is not renewed without a project, because it would be its own renewal", async () => {
    const login: Login = { ...KEYSTONE_TOKEN, project: undefined };
    const { session, transport } = aSession([token("ignored")], login);
    expect(await session.authorize()).toBe("mine");
    expect(await session.renew("mine")).toBeUndefined();
    expect(transport.requests).toHaveLength(1);
  });
});

describe("Session: a login", () => {
  it.each<[string, Reply]>([
    ["503", { status: 503 }],
    ["429", { status: 429 }],
    ["no answer", lost],
  ])("is retried after a pause when Keystone gives %s", async (_what, reply) => {
    const { session, transport, clock } = aSession([reply, reply, token("one")]);
    expect(await session.authorize()).toBe("one");
    expect([transport.requests.length, clock.pauses.length]).toEqual([3, 2]);
  });

  it("fails after four attempts, and the next request tries it again", async () => {
    const fails: Reply = { status: 500 };
    const { session, transport } = aSession([fails, fails, fails, fails, token("one")]);
    await expect(session.authorize()).rejects.toThrow(UnavailableError);
    expect(transport.requests).toHaveLength(4);
    expect(await session.authorize()).toBe("one");
  });

  it("is retried after the pause that Keystone asks for", async () => {
    const asks: Reply = { status: 429, headers: { "retry-after": "9" } };
    const { session, clock } = aSession([asks, token("one")]);
    expect(await session.authorize()).toBe("one");
    expect(clock.pauses).toEqual([9_000]);
  });

  it("is not retried after a minute and a half, as when Keystone is silent", async () => {
    const clock = new FakeClock();
    const noAnswer = new TransportError("no answer", true);
    const silent = new FakeTransport(() => {
      clock.pass(90_000);
      return noAnswer;
    });
    const session = new Session(OPTIONS, silent, anEnvironment(clock));
    await expect(session.authorize()).rejects.toBe(noAnswer);
    expect(silent.requests).toHaveLength(1);
  });

  it("is not retried when Keystone refuses it", async () => {
    const { session, transport } = aSession([{ status: 401 }, token("one")]);
    await expect(session.authorize()).rejects.toThrow(UnauthorizedError);
    expect(transport.requests).toHaveLength(1);
  });

  it.each<[string, Partial<Answer>]>([
    ["a page of a proxy", { headers: { "x-subject-token": "one" }, body: "<html>" }],
    ["nothing", { headers: { "x-subject-token": "one" } }],
    ["a body without a token", { headers: { "x-subject-token": "one" }, body: {} }],
    ["null for a token", { headers: { "x-subject-token": "one" }, body: { token: null } }],
    ["no header with the token", { body: { token: {} } }],
  ])("fails with the name of the setting if the response is 201 with %s", async (_what, reply) => {
    const { session } = aSession([{ ...reply, status: 201 }]);
    const error: unknown = await session.authorize().catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as Error).message).toMatch(/answer was 201 and no token. Check vpnaas:authUrl/);
  });
});

describe("Session: the project", () => {
  it("comes from Keystone after a login with a password", async () => {
    expect(await aSession([token("one")]).session.projectId()).toBe(PROJECT_ID);
  });

  it("is only a claim if it is configured with a ready token", async () => {
    const { session } = aSession([], { kind: "token", token: "mine", projectId: "said" });
    expect([await session.projectId(), session.claimedProjectId]).toEqual([undefined, "said"]);
  });
});

it("Session: requires a configured endpoint if there is no catalog", async () => {
  await expect(aSession([], { kind: "none" }).session.endpoint()).rejects.toThrow(
    ConfigurationError,
  );
});
