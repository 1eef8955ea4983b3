import { TransportError } from "../../../provider/errors";
import { Session, type Login } from "../../../provider/identity/session";
import type { Request } from "../../../provider/http/transport";
import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import { RESOURCES, resolve } from "../../../provider/schema/packageSchema";
import { NeutronClient } from "../../../provider/neutron/client";
import { OTHER_ID } from "../support/builders";
import { anEnvironment, FakeClock } from "../support/fakeClock";
import { FakeTransport, type Reply } from "../support/fakeTransport";
import { aWire, KINDS } from "../support/kinds";

const endpoint = "http://network.example.org";
const NONE: Login = { kind: "none" };
const SECRET = "a value that no message may repeat";

async function aClient(reply: (request: Request) => Reply) {
  const [transport, clock] = [new FakeTransport(reply), new FakeClock()];
  const options = { login: NONE, endpoint, region: undefined, interface: "public" };
  const room = anEnvironment(clock);
  return NeutronClient.open(new Session(options, transport, room), transport, room);
}

/** The error of each way to read such an object, when the cloud returns that value. */
async function errorsOf(kind: Kind, object: unknown): Promise<Record<string, unknown>> {
  const place = cloudResourceType(kind);
  const { id } = aWire(kind);
  const client = await aClient(({ method, url }) => ({
    body:
      method === "GET" && !url.endsWith(id)
        ? { [place.listEnvelope]: [aWire(kind, { id: OTHER_ID }), object] }
        : { [place.envelope]: object },
  }));
  const ways = {
    GET: client.get(place, id),
    recent: client.getRecent(place, id),
    POST: client.create(place, {}, "office"),
    PUT: client.update(place, id, {}),
    list: client.list(place),
  };
  const ended = await Promise.allSettled(Object.values(ways));
  return Object.fromEntries(
    Object.keys(ways).map((way, i) => {
      const one = ended[i]!;
      return [way, one.status === "rejected" ? (one.reason as unknown) : undefined];
    }),
  );
}

/** The `typeof` of an attribute, by schema.json; an object for a list. */
function javaScriptTypeOf(kind: Kind, wire: string): string {
  const { name } = cloudResourceType(kind).fields.find((one) => one.output && one.wire === wire)!;
  const { inputProperties, properties } = RESOURCES[kind];
  const { type = "object" } = resolve(inputProperties[name] ?? properties[name]!);
  return { integer: "number", array: "object" }[type] ?? type;
}

const WAYS = ["GET", "recent", "POST", "PUT", "list"];

/** Each way fails, and its message has the intent and that reason, without any value. */
async function expectRefused(kind: Kind, object: unknown, what: string, ways = WAYS) {
  const errors = await errorsOf(kind, object);
  for (const way of ways) {
    const error = errors[way];
    expect(error).toBeInstanceOf(TransportError);
    const { message } = error as TransportError;
    expect(message).toMatch(/^Could not (?:read|create|update|list every) /);
    expect(message).toContain(`: the answer is not one of this API: ${what}`);
    expect(message).toContain("Check the endpoint and the proxy settings.");
    expect(message).not.toContain(SECRET);
  }
}

describe.each(KINDS)("a response with a %s", (kind) => {
  const whole = aWire(kind);
  const { fields } = cloudResourceType(kind);
  const attributes = fields.filter(({ output, local }) => output && !local);

  it("is accepted in the form of Neutron", async () => {
    const errors = await errorsOf(kind, whole);
    expect(errors).toEqual(Object.fromEntries(WAYS.map((way) => [way, undefined])));
  });

  it.each(attributes.map(({ wire }) => wire))(
    "is refused with another type of %s",
    async (wire) => {
      const right = javaScriptTypeOf(kind, wire);
      const values = [{ [SECRET]: SECRET }, 5, true, SECRET].filter((one) => typeof one !== right);
      if (Array.isArray(whole[wire])) values.push({ [SECRET]: SECRET });
      for (const value of [...values, [{ [SECRET]: SECRET }]]) {
        await expectRefused(kind, { ...whole, [wire]: value }, `\`${wire}\` `);
      }
    },
  );

  it("is refused if every attribute except the id is null", async () => {
    const nulls = Object.fromEntries(Object.keys(whole).map((name) => [name, null]));
    await expectRefused(kind, { ...nulls, id: whole.id }, "`");
  });

  it("is refused if it has only the id", async () => {
    await expectRefused(kind, { id: whole.id }, "`");
  });

  it("is refused with the id of another object than the requested one", async () => {
    const object = { ...whole, id: OTHER_ID };
    const what = "`id` is that of another object";
    await expectRefused(kind, object, what, ["GET", "recent", "PUT"]);
  });

  it.each([null, 5, ["a"], "../a"])("is refused with the id %j", async (id) => {
    await expectRefused(kind, { ...whole, id }, "`id` is ");
  });

  it.each([null, "text", 5, [whole]])("is refused as %j", async (object) => {
    await expectRefused(kind, object, "it has ");
  });

  it("is accepted without the optional attributes that K5 omits or shows as null", async () => {
    const needed = attributes.filter(({ required, secret }) => required && !secret);
    const names = new Set([...needed.map(({ wire }) => wire), "id", "pfs", "tenant_id"]);
    const some = Object.entries(whole).filter(([name]) => names.has(name));
    const least: Values = { ...Object.fromEntries(some), name: null, description: null, psk: null };
    const errors = await errorsOf(kind, least);
    expect(errors["GET"] ?? errors["list"]).toBeUndefined();
  });

  it("is accepted with attributes and values of a newer server", async () => {
    const newer = { ...whole, pfs: "group99", newcomer: { of: [1] } };
    expect((await errorsOf(kind, newer))["GET"]).toBeUndefined();
  });
});

it("a response is accepted with the id in another case, as some databases compare it", async () => {
  const place = cloudResourceType("IkePolicy");
  const client = await aClient(() => ({ body: { ikepolicy: aWire("IkePolicy") } }));
  const { id } = aWire("IkePolicy");
  expect((await client.get(place, id.toUpperCase())).id).toBe(id);
});

it("the project of a login is unknown if the response of the quota API is malformed", async () => {
  for (const body of [null, "<html>", 5, { tenant: null }, { tenant: { tenant_id: 5 } }]) {
    const client = await aClient(() => ({ body }));
    expect(await client.projectId()).toBeUndefined();
  }
});

it("the check of a thousand objects reads each attribute once or twice", () => {
  const { problemIn } = cloudResourceType("IpsecSiteConnection");
  const row = aWire("IpsecSiteConnection");
  let looks = 0;
  const watched = new Proxy(row, {
    get: (target, name: string) => {
      looks += 1;
      return target[name];
    },
  });
  for (let i = 0; i < 1_000; i += 1) expect(problemIn(watched)).toBeUndefined();
  expect(looks / 1_000).toBeLessThanOrEqual(
    2 * cloudResourceType("IpsecSiteConnection").fields.length,
  );
});
