import { CanceledError, TransportError } from "../../../provider/errors";
import type { Answer, Request } from "../../../provider/http/transport";
import { Session, type Login } from "../../../provider/identity/session";
import { NeutronClient } from "../../../provider/neutron/client";
import { resources } from "../../../provider/resources";
import { anEnvironment, FakeClock } from "../support/fakeClock";
import { FakeTransport } from "../support/fakeTransport";
import { aWire } from "../support/kinds";
import { PASSWORD_LOGIN } from "../support/passwordLogin";

const collection = resources.ipsecSiteConnection.definition;
const ids = ["a", "b", "c", "d"];
const objects = ids.map((id) => aWire("IpsecSiteConnection", { id, name: `name-${id}` }));

/** The body of the response to a request for connections. */
function bodyFor({ url, body }: Request): unknown {
  const { pathname, searchParams } = new URL(url);
  const id = /ipsec-site-connections\/(\w+)$/.exec(pathname)?.[1];
  if (id !== undefined || body !== undefined) {
    return { ipsec_site_connection: objects.find((one) => one.id === (id ?? "a")) };
  }
  const names = searchParams.getAll("name");
  return {
    ipsec_site_connections: objects.filter((one) => names.includes(String(one["name"]))),
  };
}

const login201 = {
  status: 201,
  headers: { "x-subject-token": "one" },
  body: { token: {} },
};

const isLogin = ({ url }: Request) => url.endsWith("/tokens");

/** A transport that holds its requests until it is released, and obeys no signal. */
class HeldTransport extends FakeTransport {
  release: () => void = () => undefined;
  private readonly released = new Promise<void>((resolve) => (this.release = resolve));

  constructor() {
    super((request) => (isLogin(request) ? login201 : { body: bodyFor(request) }));
  }

  override async send(request: Request): Promise<Answer> {
    const answer = await super.send(request);
    await this.released;
    return answer;
  }

  paths(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${new URL(url).pathname}`);
  }
}

async function openClient(transport: FakeTransport, login: Login = { kind: "none" }) {
  const environment = anEnvironment(new FakeClock());
  const options = { login, endpoint: "http://n", region: undefined, interface: "public" };
  const session = new Session(options, transport, environment);
  const client = await NeutronClient.open(session, transport, environment);
  const abort = new AbortController();
  return { abort, client, canceling: client.within(Infinity, abort.signal) };
}

async function openHeldClient(login?: Login) {
  const transport = new HeldTransport();
  return { transport, ...(await openClient(transport, login)) };
}

const soon = () => new Promise(setImmediate);

describe("NeutronClient: a canceled read that shares a request with others", () => {
  it("ends alone: the first reader of a batch", async () => {
    const { abort, canceling, client, transport } = await openHeldClient();
    const canceled = canceling.get(collection, "a");
    const other = client.get(collection, "a");
    abort.abort();
    await expect(canceled).rejects.toThrow(
      /^read IpsecSiteConnection a: the operation was canceled before the response arrived\./,
    );
    transport.release();
    expect(await other).toMatchObject({ id: "a" });
  });

  it("ends alone: one name of a shared list", async () => {
    const { abort, canceling, client, transport } = await openHeldClient();
    const [first, canceled, other] = [
      client.listNamed(collection, "name-a"),
      canceling.listNamed(collection, "name-b"),
      client.listNamed(collection, "name-c"),
    ];
    abort.abort();
    await expect(canceled).rejects.toThrow(CanceledError);
    transport.release();
    expect((await first)[0]).toMatchObject({ id: "a" });
    expect((await other)[0]).toMatchObject({ id: "c" });
  });

  it("ends alone: a bulk read", async () => {
    const { abort, canceling, client, transport } = await openHeldClient();
    const canceled = canceling.getRecent(collection, "a");
    const other = client.getRecent(collection, "a");
    abort.abort();
    await expect(canceled).rejects.toThrow(CanceledError);
    transport.release();
    expect(await other).toMatchObject({ id: "a" });
  });
});

it.each<[string, (client: NeutronClient) => Promise<unknown>]>([
  ["a read", (client) => client.get(collection, "a")],
  ["a bulk read", (client) => client.getRecent(collection, "a")],
  ["a single read", (client) => client.getSingle(collection, "a")],
  ["a list", (client) => client.list(collection)],
  ["a lookup by name", (client) => client.listNamed(collection, "a")],
  ["a request for the project", (client) => client.projectId()],
  ["a creation", (client) => client.create(collection, {}, "office")],
  ["an update", (client) => client.update(collection, "a", {})],
  ["a deletion", (client) => client.remove(collection, "a")],
])(
  "NeutronClient: %s begins neither a login nor a request after the cancellation",
  async (_operation, run) => {
    const { abort, canceling, transport } = await openHeldClient(PASSWORD_LOGIN);
    abort.abort();
    await expect(run(canceling)).rejects.toThrow(CanceledError);
    await soon();
    expect(transport.requests).toEqual([]);
  },
);

it.each<[string, (client: NeutronClient) => Promise<unknown>]>([
  ["single read", (client) => client.getSingle(collection, "a")],
  ["list", (client) => client.list(collection)],
  ["creation", (client) => client.create(collection, {}, "office")],
  ["update", (client) => client.update(collection, "a", {})],
  ["deletion", (client) => client.remove(collection, "a")],
])("NeutronClient: its signal is that of every request: %s", async (_operation, run) => {
  const { abort, canceling, transport } = await openHeldClient();
  void run(canceling).catch(() => undefined);
  await soon();
  expect(transport.requests.map(({ signal }) => signal)).toEqual([abort.signal]);
});

describe("NeutronClient: a login whose first request is canceled", () => {
  it("continues for the others, and the canceled one is not sent", async () => {
    const { abort, canceling, client, transport } = await openHeldClient(PASSWORD_LOGIN);
    const canceled = canceling.update(collection, "a", {});
    const other = client.update(collection, "b", {});
    await soon();
    abort.abort();
    await expect(canceled).rejects.toThrow(
      /^PUT .*\/a: not sent, since the operation was canceled\. It changed nothing\./,
    );
    transport.release();
    expect(await other).toMatchObject({ id: "b" });
    expect(transport.paths()).toEqual([
      "POST /v3/auth/tokens",
      "PUT /v2.0/vpn/ipsec-site-connections/b",
    ]);
  });

  it("continues for the others when a request for the project is canceled", async () => {
    const { abort, canceling, client, transport } = await openHeldClient(PASSWORD_LOGIN);
    const canceled = canceling.projectId();
    const other = client.getSingle(collection, "b");
    await soon();
    abort.abort();
    await expect(canceled).rejects.toThrow(CanceledError);
    transport.release();
    expect(await other).toMatchObject({ id: "b" });
  });
});

it("NeutronClient: a creation that is refused with 401 logs in once more only without a cancellation", async () => {
  const transport = new FakeTransport((request) => {
    if (isLogin(request)) return login201;
    abort.abort();
    return { status: 401 };
  });
  const { abort, canceling } = await openClient(transport, PASSWORD_LOGIN);
  const creating = canceling.create(collection, {}, "office");
  await expect(creating).rejects.toThrow(/^POST .* not sent, since the operation was canceled/);
  expect(transport.requests).toHaveLength(2);
});

it("NeutronClient: a list that fails is not tried again after the cancellation", async () => {
  const transport = new FakeTransport(() => {
    abort.abort();
    return { status: 503 };
  });
  const { abort, canceling } = await openClient(transport);
  await expect(canceling.list(collection)).rejects.toThrow(
    /answered 503.* It was not tried again, since the operation was canceled\./,
  );
  expect(transport.requests).toHaveLength(1);
});

it("NeutronClient: a creation keeps the error of a lost response if it was canceled meanwhile", async () => {
  const lost = new TransportError("POST http://n: no answer (ECONNRESET).", true);
  const transport = new FakeTransport(() => {
    abort.abort();
    return lost;
  });
  const { abort, canceling } = await openClient(transport);
  await expect(canceling.create(collection, {}, "office")).rejects.toBe(lost);
});

it("NeutronClient: a client with a new deadline and without a signal is not canceled", async () => {
  const { abort, canceling, transport } = await openHeldClient();
  abort.abort();
  const reading = canceling.within(Infinity).getSingle(collection, "a");
  await soon();
  transport.release();
  expect(await reading).toMatchObject({ id: "a" });
});
