import {
  NotFoundError,
  NotSentError,
  TransportError,
  UnavailableError,
} from "../../../provider/errors";
import type { Request } from "../../../provider/http/transport";
import { Session, type Login } from "../../../provider/identity/session";
import { NeutronClient } from "../../../provider/neutron/client";
import { WriteCounter } from "../../../provider/neutron/writeCounter";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { anEnvironment, FakeClock } from "../support/fakeClock";
import { FakeTransport, type Reply } from "../support/fakeTransport";
import { aWire, KINDS, resourceOf } from "../support/kinds";
import { PASSWORD_LOGIN } from "../support/passwordLogin";

const place = ipsecSiteConnection.definition;
const endpoint = "http://network.example.org";
const NONE: Login = { kind: "none" };

async function aClient(reply: (request: Request, count: number) => Reply, login = NONE) {
  const [transport, clock] = [new FakeTransport(reply), new FakeClock()];
  const options = { login, endpoint, region: undefined, interface: "public" };
  const room = anEnvironment(clock);
  const client = await NeutronClient.open(new Session(options, transport, room), transport, room);
  return { client, transport, clock };
}

const aConnection = (id: string, changes = {}) => aWire("IpsecSiteConnection", { id, ...changes });

const page = (objects: readonly unknown[], next?: string): Reply => ({
  body: {
    ipsec_site_connections: objects,
    ipsec_site_connections_links:
      next === undefined ? [] : [{ rel: "next", href: `${endpoint}/v2.0/x?${next}` }],
  },
});

describe("NeutronClient: a list", () => {
  it("follows the links to further pages", async () => {
    const { client, transport } = await aClient(({ url }) =>
      url.endsWith("marker=a") ? page([aConnection("b")]) : page([aConnection("a")], "marker=a"),
    );
    expect((await client.list(place)).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(transport.requests).toHaveLength(2);
  });

  it("ends if a server without pages repeats the same one", async () => {
    const { client } = await aClient((_request, count) => {
      if (count > 10) throw new Error("it asks for ever");
      return page([aConnection("a")], "marker=a");
    });
    expect((await client.list(place)).map(({ id }) => id)).toEqual(["a"]);
  });

  it.each([null, "text", 5, {}])(
    "with the row %j fails as a response of another API",
    async (strange) => {
      const { client } = await aClient(() => page([aConnection("a"), strange]));
      const error: unknown = await client.list(place).catch((one: unknown) => one);
      expect(error).toBeInstanceOf(TransportError);
      expect((error as Error).message).toMatch(
        /Could not list every IpsecSiteConnection: the answer is not one of this API: /,
      );
    },
  );
});

describe("NeutronClient: while Keystone is unavailable,", () => {
  it.each<[string, (client: NeutronClient) => Promise<unknown>]>([
    ["a read", (client) => client.get(place, "a")],
    ["a list", (client) => client.list(place)],
    ["a lookup by name", (client) => client.listNamed(place, "a")],
    ["a creation", (client) => client.create(place, {}, "a")],
    ["an update", (client) => client.update(place, "a", {})],
    ["a deletion", (client) => client.remove(place, "a")],
    [
      "reads at the same time",
      (client) => Promise.all(["a", "b"].map((id) => client.get(place, id))),
    ],
  ])("%s fails within the 90 seconds of one login", async (_title, ask) => {
    const { client, clock } = await aClient(() => ({ status: 503 }), PASSWORD_LOGIN);
    const begin = clock.now();
    await expect(ask(client)).rejects.toThrow(UnavailableError);
    expect(clock.now() - begin).toBeLessThan(90_000);
  });
});

describe("NeutronClient: names that are listed concurrently", () => {
  const rows = ["a", "b", "c", "c"].map((name, i) => aConnection(`id-${i}`, { name }));

  it("share one list, each with its own objects", async () => {
    const { client, transport } = await aClient(() => page(rows));
    const found = await Promise.all(
      ["a", "b", "c", "d"].map((name) => client.listNamed(place, name)),
    );
    expect(found.map((some) => some.map(({ id }) => id))).toEqual([
      ["id-0"],
      ["id-1"],
      ["id-2", "id-3"],
      [],
    ]);
    expect(transport.requests.map(({ url }) => url.split("?")[1])).toEqual([
      "name=a",
      "name=b&name=c&name=d",
    ]);
  });

  it("are listed one by one from then on if a server refuses several", async () => {
    const { client, transport } = await aClient(({ url }) =>
      url.includes("&name") ? { status: 400 } : page(rows),
    );
    const ask = () => Promise.all(["a", "b", "d"].map((name) => client.listNamed(place, name)));
    for (const found of [await ask(), await ask()]) {
      expect(found.map(({ length }) => length)).toEqual([1, 1, 0]);
    }
    expect(transport.requests).toHaveLength(4 + 3);
  });

  it("are listed one by one if the shared list fails", async () => {
    const { client, transport } = await aClient(({ url }) =>
      url.includes("&name") ? { status: 500 } : page(rows),
    );
    const found = await Promise.all(["a", "b", "d"].map((name) => client.listNamed(place, name)));
    expect(found.map(({ length }) => length)).toEqual([1, 1, 0]);
    expect(transport.requests).toHaveLength(4);
  });
});

describe.each(KINDS)("NeutronClient: a list of %s", (kind) => {
  const { definition } = resourceOf(kind);
  const answer: Reply = {
    body: {
      [definition.listEnvelope]: [
        aWire(kind, { id: "a", mine: true }),
        aWire(kind, { id: "b", mine: false }),
      ],
    },
  };

  it("has its own path and envelope", async () => {
    const { client, transport } = await aClient(() => answer);
    expect((await client.list(definition)).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(transport.requests[0]?.url).toBe(`${endpoint}/v2.0/vpn/${definition.path}`);
  });

  it("is filtered again by the client, including numbers and booleans", async () => {
    const { client } = await aClient(() => answer);
    const found = await client.list(definition, { mine: "true" });
    expect(found.map(({ id }) => id)).toEqual(["a"]);
  });
});

describe("NeutronClient: the project of a login without Keystone", () => {
  const READY: Login = { kind: "token", token: "mine", projectId: "claimed" };
  const told: Reply = { body: { tenant: { tenant_id: "told" } } };

  it.each<Login>([READY, NONE])("comes from Neutron: $kind", async (login) => {
    expect(await (await aClient(() => told, login)).client.projectId()).toBe("told");
  });

  it.each<[string, Login, string | undefined]>([
    ["the configured one", READY, "claimed"],
    ["unknown without configuration", { ...READY, projectId: undefined }, undefined],
  ])("is, without a quota API of Neutron, %s", async (_what, login, project) => {
    const { client } = await aClient(() => ({ status: 404 }), login);
    expect(await client.projectId()).toBe(project);
  });

  it("is neither guessed nor cached while Neutron fails", async () => {
    const { client } = await aClient(
      (_request, count) => (count > 4 ? told : { status: 500 }),
      READY,
    );
    await expect(client.projectId()).rejects.toThrow(UnavailableError);
    expect(await client.projectId()).toBe("told");
  });
});

describe("NeutronClient: a deadline", () => {
  const object: Reply = { body: { ipsec_site_connection: aConnection("a") } };

  it.each([
    ["if it is absent", Infinity, Infinity],
    ["if it is far", 600_000, 600_000],
    ["if it is near, except a read with two seconds", 500, 2_000],
    ["if it has passed, except a read with two seconds", -1, 2_000],
  ])("applies to every request %s", async (_what, left, readLeft) => {
    const { client, transport, clock } = await aClient(() => object);
    const within = client.within(clock.now() + left);
    await within.get(place, "a");
    await within.create(place, {}, "office");
    await within.update(place, "a", {});
    await within.remove(place, "a");
    const lefts = transport.requests.map((one) => one.deadline! - clock.now());
    expect(lefts).toEqual([readLeft, left, left, left]);
  });

  it("ends the retries of a GET, regardless of Retry-After", async () => {
    const asks: Reply = { status: 503, headers: { "retry-after": "4" } };
    const { client, transport, clock } = await aClient(() => asks);
    await expect(client.within(clock.now() + 1_000).get(place, "a")).rejects.toThrow("503");
    expect([transport.requests.length, clock.pauses]).toEqual([1, []]);
  });
});

describe("NeutronClient: a login that is open at the deadline of an operation", () => {
  const object: Reply = { body: { ipsec_site_connection: aConnection("a") } };

  /** A client whose login ends on demand. */
  async function aSlowLogin() {
    const clock = new FakeClock(0);
    const transport = new FakeTransport(({ url }) =>
      url.endsWith("/tokens")
        ? { status: 201, headers: { "x-subject-token": "one" }, body: { token: {} } }
        : object,
    );
    const usual = transport.send.bind(transport);
    let logIn: () => void = () => undefined;
    const isLoggedIn = new Promise<void>((resolve) => (logIn = resolve));
    transport.send = async (request) => {
      if (request.url.endsWith("/tokens")) await isLoggedIn;
      return usual(request);
    };
    const options = { login: PASSWORD_LOGIN, endpoint, region: undefined, interface: "public" };
    const session = new Session(options, transport, anEnvironment(clock));
    const client = await NeutronClient.open(session, transport, anEnvironment(clock));
    return { client, clock, transport, logIn: () => logIn() };
  }

  it("prevents every change of the operation", async () => {
    const { client, clock, transport, logIn } = await aSlowLogin();
    const writes = [
      client.within(5_000).create(place, {}, "office"),
      client.within(5_000).update(place, "a", {}),
      client.within(5_000).remove(place, "a"),
    ];
    clock.pass(5_000);
    for (const write of writes) {
      const error: unknown = await write.catch((one: unknown) => one);
      expect(NotSentError.isInstance(error)).toBe(true);
      expect((error as Error).message).toMatch(/not sent, .* waited for the login\..*doctor/);
    }
    logIn();
    await new Promise(setImmediate);
    expect(transport.requests.filter(({ method, url }) => !/tokens$/.test(url) && method)).toEqual(
      [],
    );
  });

  it("continues for other operations", async () => {
    const { client, clock, transport, logIn } = await aSlowLogin();
    const [short, long] = [5_000, 60_000].map((by) => client.within(by).update(place, "a", {}));
    clock.pass(5_000);
    await expect(short).rejects.toThrow(NotSentError);
    logIn();
    expect(await long).toMatchObject({ id: "a" });
    expect(transport.requests.filter(({ url }) => url.endsWith("/tokens"))).toHaveLength(1);
  });
});

it("NeutronClient: a write by another client of the process invalidates the listed objects, under any name of the cloud", async () => {
  const rows = Array.from({ length: 40 }, (_, i) => aConnection(`c${i}`));
  const transport = new FakeTransport(({ method, url }) => {
    const id = /ipsec-site-connections\/(\w+)$/.exec(url)?.[1];
    if (method !== "GET" || id !== undefined) {
      return { body: { ipsec_site_connection: aConnection(id ?? "made") } };
    }
    return page(rows);
  });
  const [writes, room] = [new WriteCounter(), anEnvironment(new FakeClock())];
  const options = { login: NONE, endpoint, region: undefined, interface: "public" };
  const open = () =>
    NeutronClient.open(new Session(options, transport, room), transport, room, writes);
  const [one, other] = [await open(), await open()];
  await Promise.all(rows.slice(0, 30).map(({ id }) => one.getRecent(place, id)));
  const before = transport.requests.length;
  await one.getRecent(place, "c35");
  expect(transport.requests).toHaveLength(before);
  await other.update(place, "c36", {});
  await one.getRecent(place, "c36");
  expect(transport.requests).toHaveLength(before + 2);
});

describe("NeutronClient sends again", () => {
  const lost = new TransportError("no answer (ECONNRESET)", true);
  const unheard = new TransportError("no answer (ECONNREFUSED)", false);

  it.each<[string, Reply, number[]]>([
    ["only a GET if the server fails", { status: 500 }, [4, 1, 1, 1]],
    ["only a GET if the response is lost", lost, [4, 1, 1, 1]],
    ["every request if the server is unreachable", unheard, [4, 4, 4, 4]],
    ["no request that is refused because of use", { status: 409 }, [1, 1, 1, 1]],
  ])("%s", async (_what, reply, counts) => {
    const { client, transport } = await aClient(() => reply);
    const all = [
      client.get(place, "a"),
      client.create(place, {}, "office"),
      client.update(place, "a", {}),
      client.remove(place, "a"),
    ];
    for (const one of await Promise.allSettled(all)) expect(one.status).toBe("rejected");
    const sent = (method: string) => transport.requests.filter((one) => one.method === method);
    expect(["GET", "POST", "PUT", "DELETE"].map((method) => sent(method).length)).toEqual(counts);
  });

  it("a POST with 429 after the pause that the server asks for", async () => {
    const made: Reply = { body: { ipsec_site_connection: aConnection("a") } };
    const asks: Reply = { status: 429, headers: { "retry-after": "4" } };
    const { client, clock } = await aClient((_request, count) => (count > 1 ? made : asks));
    expect((await client.create(place, {}, "office")).id).toBe("a");
    expect(clock.pauses).toEqual([4_000]);
  });
});

it("NeutronClient does not retry a refused GET", async () => {
  const { client, transport } = await aClient(() => ({ status: 404 }));
  await expect(client.get(place, "a")).rejects.toThrow(NotFoundError);
  expect(transport.requests).toHaveLength(1);
});
