import * as pulumi from "@pulumi/pulumi";
import axios from "axios";

import { getIpsecSiteConnection } from "../../../sdk";
import { Transport, type TransportOptions } from "../../../provider/http/transport";
import { Session } from "../../../provider/identity/session";
import { cloudResourceType } from "../../../provider/schema/resourceType";
import { Log } from "../../../provider/log";
import { NeutronClient } from "../../../provider/neutron/client";
import { startSimulator, type Simulator } from "../../../simulator";
import { shareOf } from "../../support/harness/campaigns";
import { canariesIn, textsReachableFrom } from "../../support/harness/canaries";
import { newAuthority, type Authority } from "../../support/harness/certificates";
import { startEchoFront, type EchoFront, type Shape } from "../../support/harness/echo";
import { SHAPES } from "../../support/harness/echoShapes";
import { CLOSED_PORT } from "../../support/harness/loopback";
import { startProxy } from "../../support/harness/proxy";
import { startTlsFront, type TlsFront } from "../../support/harness/tls";
import { anEnvironment, FakeClock } from "../../unit/support/fakeClock";

const CANARIES = {
  psk: `canary-psk'"<&>+/=%41\\ü end`,
  password: `canary-password'"<&>+/=%41\\ü end`,
  token: "canaryToken_",
  "proxy's password": "canary-proxy",
  stem: "canary",
};
const PLACE = cloudResourceType("IpsecSiteConnection");
const VARIABLES = [
  "HTTP_PROXY",
  "http_proxy",
  "HTTPS_PROXY",
  "https_proxy",
  "NO_PROXY",
  "no_proxy",
];
const own = Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]]));

let simulator: Simulator;
let front: EchoFront;
let tls: TlsFront;
let authority: Authority;
let options: TransportOptions & { readonly key: string };

beforeAll(async () => {
  simulator = await startSimulator();
  const aliases = [
    [CANARIES.password, "lab-user-pass"],
    [CANARIES.token, "gAAAAAB"],
  ] as const;
  front = await startEchoFront(
    () => simulator.endpoint,
    () => aliases,
  );
  authority = await newAuthority();
  tls = await startTlsFront({
    certificate: await authority.server(),
    to: () => front.url,
    clientAuthority: authority.cert,
  });
  options = { ca: authority.cert, ...(await authority.client("a program")) };
});

afterEach(() => setProxies(own));

afterAll(async () => {
  await tls.stop();
  await front.stop();
  await simulator.stop();
});

function setProxies(variables: Readonly<Record<string, string | undefined>>): void {
  for (const name of VARIABLES) {
    const value = variables[name];
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

/** A session and a client of the API at the given URL. */
async function clientAt(
  url: string,
  tlsOptions: TransportOptions,
): Promise<{ session: Session; client: NeutronClient; transport: Transport }> {
  const transport = new Transport(tlsOptions, new Log(() => undefined, "debug"));
  const domain = { id: "default" };
  const login = {
    kind: "password",
    authUrl: `${url}/identity/v3`,
    sources: { authUrl: "OS_AUTH_URL", credential: "OS_PASSWORD" },
    user: { name: "lab-user", domain },
    password: CANARIES.password,
    project: { name: "lab", domain },
  } as const;
  const choice = { region: undefined, interface: "public", endpoint: `${url}/network` };
  const environment = anEnvironment(new FakeClock());
  const session = new Session({ login, ...choice }, transport, environment);
  return { session, transport, client: await NeutronClient.open(session, transport, environment) };
}

async function thrownBy(operation: () => Promise<unknown>): Promise<unknown> {
  try {
    await operation();
  } catch (error) {
    return error;
  }
  throw new Error("it succeeded");
}

function expectClean(error: unknown): void {
  const key = { "client's key": options.key };
  const found = textsReachableFrom(error).flatMap((one) =>
    canariesIn(one, { ...CANARIES, ...key }),
  );
  expect(found).toEqual([]);
}

interface Call {
  readonly path: RegExp;
  /** Whether the call accepts any successful response. */
  readonly isEasy?: true;
  readonly run: (client: NeutronClient, session: Session) => Promise<unknown>;
}

const ITEM = /connections\/an-id$/;
const COLLECTION = /connections$/;
const body = { name: "office", psk: CANARIES.psk };
const CALLS: Readonly<Record<string, Call>> = {
  "a login": { path: /auth\/tokens$/, run: (_client, session) => session.authorize() },
  "a create": { path: COLLECTION, run: (client) => client.create(PLACE, body, "office") },
  "a read": { path: ITEM, run: (client) => client.get(PLACE, "an-id") },
  "a list": { path: COLLECTION, run: (client) => client.list(PLACE) },
  "an update": { path: ITEM, run: (client) => client.update(PLACE, "an-id", body) },
  "a delete": { path: ITEM, isEasy: true, run: (client) => client.remove(PLACE, "an-id") },
  "a look for an extension": {
    path: /extensions\/vpnaas$/,
    isEasy: true,
    run: (client) => client.hasExtension("vpnaas"),
  },
};

const away: Shape = (seen) => ({
  status: 503,
  headers: { "Retry-After": "1" },
  body: { NeutronError: { type: "Away", message: JSON.stringify(seen), detail: "" } },
});
const expired: Shape = (seen) => ({ status: 401, body: { error: { message: seen } } });
const ALL_SHAPES: Readonly<Record<string, Shape>> = {
  ...SHAPES,
  "an unavailable service": away,
  "a refused token": expired,
};

describe.each(Object.entries(CALLS))("the error of %s", (name, call) => {
  const possible = Object.entries(ALL_SHAPES).filter(
    ([shape]) => !call.isEasy || !/success/.test(shape),
  );
  const shapes = shareOf("SECRETS", possible, Object.keys(CALLS).indexOf(name), 3);

  it.each(shapes)("contains no secret that the response contains: %s", async (_shape, shape) => {
    const { client, session } = await clientAt(tls.url, options);
    const before = front.echoes;
    const rule = { path: call.path, shape };
    expectClean(await thrownBy(() => front.during(rule, () => call.run(client, session))));
    expect(front.echoes).toBeGreaterThan(before);
  });
});

describe("the error of a failed connection", () => {
  it.each(Object.entries(CALLS))(
    "of %s contains no secret: connection refused",
    async (_name, { run }) => {
      const { client, session } = await clientAt(`https://127.0.0.1:${CLOSED_PORT}`, options);
      expectClean(await thrownBy(() => run(client, session)));
    },
  );

  it.each(Object.entries(CALLS))(
    "of %s contains no secret: untrusted certificate",
    async (_name, { run }) => {
      const { ca: _ca, ...ours } = options;
      const { client, session } = await clientAt(tls.url, ours);
      expectClean(await thrownBy(() => run(client, session)));
    },
  );

  it.each(Object.entries(CALLS))(
    "of %s contains no secret: wrong client key",
    async (_name, { run }) => {
      const stranger = await (await newAuthority()).client("a stranger");
      const { client, session } = await clientAt(tls.url, { ...options, ...stranger });
      expectClean(await thrownBy(() => run(client, session)));
    },
  );

  it.each(["HTTP", "HTTPS"])("contains no password of the proxy: %s", async (name) => {
    const proxy = await startProxy("somebody:another");
    const refused = proxy.url.replace("another", CANARIES["proxy's password"]);
    const host = `http://somebody:${CANARIES["proxy's password"]}@127.0.0.1`;
    for (const url of [refused, `${host}:${CLOSED_PORT}`, `${host}%`]) {
      setProxies({ [`${name}_PROXY`]: url });
      const { session } = await clientAt(name === "HTTP" ? front.url : tls.url, options);
      expectClean(await thrownBy(() => session.authorize()));
    }
    await proxy.stop();
  });

  it("contains no secret after a timeout", async () => {
    const { transport } = await clientAt(tls.url, options);
    const url = `${tls.url}/network/v2.0/vpn/ipsec-site-connections`;
    const headers = { "X-Auth-Token": CANARIES.token };
    const request = { method: "POST", url, headers, body, timeoutMs: 1 } as const;
    const error = await thrownBy(() => transport.send(request));
    expect(error).toMatchObject({ message: expect.stringContaining("timeout") });
    expectClean(error);
  });
});

describe("the error of a lookup", () => {
  const lookUp = (url: string) => {
    pulumi.runtime.setAllConfig({
      "vpnaas:authUrl": `${url}/identity/v3`,
      "vpnaas:endpoint": `${url}/network`,
      "vpnaas:username": "lab-user",
      "vpnaas:password": CANARIES.password,
      "vpnaas:projectName": "lab",
      "vpnaas:dialect": "neutron",
    });
    return getIpsecSiteConnection({ name: "nowhere" });
  };

  it.each(Object.entries(SHAPES).filter(([name]) => !/cut|no HTTP/.test(name)))(
    "contains no secret that the response contains: %s",
    async (_name, shape) => {
      const rule = { path: COLLECTION, shape };
      expectClean(await thrownBy(() => front.during(rule, () => lookUp(front.url))));
    },
  );

  it("contains no secret after a refused login", async () => {
    const rule = { path: /auth\/tokens$/, shape: expired };
    expectClean(await thrownBy(() => front.during(rule, () => lookUp(`${front.url}/.`))));
  });
});

it("axios's own error contains the secrets, so that the tests above can fail", async () => {
  const headers = { "X-Auth-Token": CANARIES.token };
  const url = `http://127.0.0.1:${CLOSED_PORT}`;
  const error = await thrownBy(() => axios.post(url, body, { headers, proxy: false }));
  const { psk, token } = CANARIES;
  const found = canariesIn(textsReachableFrom(error).join("\n"), { psk, token });
  expect(found.join("\n")).toMatch(/the psk \(JSON\)[^]*the token \(plain\)/);
});
