import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { canariesIn, type Canaries } from "../../support/harness/canaries";
import { newAuthority } from "../../support/harness/certificates";
import { startEchoFront, type EchoFront, type Shape } from "../../support/harness/echo";
import { SHAPES } from "../../support/harness/echoShapes";
import type { ProviderProcess } from "../../support/harness/providerProcess";
import { startTlsFront, type TlsFront } from "../../support/harness/tls";
import { asEnv, byNames, type Settings } from "../logins/logins";
import { COLLECTION, ITEM, LOGIN, Scene, printed, refusal, type Known } from "../scene";

/** With every sign that some writing changes. */
const SIGNS = `'"<&>+/=%41\\ü🔑 end`;
const CANARIES = {
  psk: `canary-psk-1${SIGNS}`,
  "other psk": `canary-psk-2${SIGNS}`,
  "hidden description": `canary-description${SIGNS}`,
  password: `canary-password${SIGNS}`,
  "application credential's secret": `canary-secret${SIGNS}`,
  token: "canaryToken_",
  "ready token": "canary-ready-token_",
  "proxy's password": `canary-proxy'"<&>+/=% end`,
} satisfies Canaries;

let scene: Scene;
let front: EchoFront;
let tls: TlsFront;
let folder: string;
let key: string;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  const aliases = [
    [CANARIES.password, "lab-user-pass"],
    [CANARIES["application credential's secret"], "lab-app-secret"],
    [CANARIES["ready token"], scene.token],
    [CANARIES.token, "gAAAAAB"],
  ] as const;
  front = await startEchoFront(
    () => scene.sim.endpoint,
    () => aliases,
  );
  const authority = await newAuthority();
  const certificate = await authority.server();
  tls = await startTlsFront({ certificate, to: () => front.url, clientAuthority: authority.cert });
  folder = mkdtempSync(join(tmpdir(), "vpnaas-secrets-"));
  const client = await authority.client("a program");
  ({ key } = client);
  for (const [name, text] of Object.entries({ ...client, ca: authority.cert })) {
    writeFileSync(join(folder, `${name}.pem`), text, { mode: 0o600 });
  }
});

afterAll(async () => {
  await scene.close();
  await tls.stop();
  await front.stop();
  rmSync(folder, { recursive: true });
});

const at = (url: string): Settings => ({
  authUrl: `${url}/identity/v3`,
  endpoint: `${url}/network`,
});

const FIRST = "a password, over TLS with a client's key";

/** Each way to log in, with the way to the cloud that it takes. */
const LOGINS: Readonly<Record<string, () => Record<string, string>>> = {
  [FIRST]: () => ({
    ...asEnv({ ...byNames(scene), password: CANARIES.password, ...at(tls.url) }),
    ...asEnv({ cacert: join(folder, "ca.pem"), cert: join(folder, "cert.pem") }),
    OS_KEY: join(folder, "key.pem"),
  }),
  "a password, through a proxy with another one": () => ({
    ...asEnv({ ...byNames(scene), password: CANARIES.password, endpoint: scene.sim.endpoint }),
    HTTP_PROXY: front.url.replace(
      "http://",
      `http://user:${encodeURIComponent(CANARIES["proxy's password"])}@`,
    ),
    NO_PROXY: "",
    no_proxy: "",
  }),
  "an application credential": () =>
    asEnv({
      ...at(front.url),
      applicationCredentialName: "lab-app-cred",
      applicationCredentialSecret: CANARIES["application credential's secret"],
      username: "lab-user",
      userDomainName: "Default",
    }),
  "a ready token": () => {
    const { endpoint } = at(front.url);
    return asEnv({ endpoint: endpoint!, token: CANARIES["ready token"] });
  },
};

const start = (login: string) =>
  scene.startBare({
    config: { "vpnaas:dialect": "neutron", "vpnaas:logLevel": "debug" },
    env: LOGINS[login]!(),
  });

/** Where no answer can be read some requests are repeated, which takes its time: so for one login. */
const shapesFor = (login: string) =>
  Object.entries(SHAPES).filter(([name]) => login === FIRST || !/cut|no HTTP/.test(name));

const expectNone = (...texts: readonly string[]) => {
  expect(canariesIn(texts.join("\n"), { ...CANARIES, "client's key": key })).toEqual([]);
};

describe.each(Object.keys(LOGINS))("with %s", (login) => {
  let provider: ProviderProcess;
  let known: Known;
  let told: string[];

  const args = (psk: string = CANARIES.psk) => ({
    psk,
    description: CANARIES["hidden description"],
    __secrets: ["description"],
    timeouts: { create: "1s", update: "1s", delete: "1s" },
  });

  beforeAll(async () => {
    provider = await start(login);
    known = await scene.settled(provider, args());
  });

  beforeEach(() => {
    told = [];
  });

  /** An operation while requests of that method and path are answered in that shape. */
  const refused = async (
    rule: { readonly method?: string; readonly path: RegExp; readonly shape: Shape },
    operation: () => Promise<unknown>,
  ) => {
    const before = front.echoes;
    const { message, partial } = await refusal(front.during(rule, operation));
    told.push(message, ...(partial?.reasons ?? []));
    expect(front.echoes).toBeGreaterThan(before);
  };

  it.each(shapesFor(login))("nothing is repeated of %s", async (_name, shape) => {
    const { id, inputs, outputs } = known;
    const { inputs: more } = await provider.check(scene.args(args()));
    const { inputs: changed } = await provider.check({
      ...inputs,
      ...args(CANARIES["other psk"]),
    });
    await refused({ method: "POST", path: COLLECTION, shape }, () => provider.create(more));
    await refused({ method: "PUT", path: ITEM, shape }, () =>
      provider.update(id, outputs, changed),
    );
    await refused({ method: "GET", path: /ipsec-site-connections/, shape }, () =>
      provider.read(id, outputs),
    );
    await refused({ method: "DELETE", path: ITEM, shape }, () => provider.delete(id, outputs));
    const { failures } = await front.during({ method: "GET", path: COLLECTION, shape }, () =>
      provider.check(scene.unnamed("adopted", { ...args(), adopt: "by name" })),
    );
    told.push(...failures);
    expectNone(await printed(provider), ...told);
  });
});

it("the server's other words are repeated, so that the tests above look at something", async () => {
  const provider = await start(FIRST);
  const shape = SHAPES["a fault of Neutron"]!;
  const rule = { method: "POST", path: COLLECTION, shape };
  const psk = CANARIES.psk;
  const { message } = await refusal(front.during(rule, () => scene.make(provider, { psk })));
  expect(message).toMatch(/HTTPBadRequest: Bad: .*"x-auth-token":"\(hidden\)".*"psk":"\(hidden\)"/);
});

describe.each(Object.keys(LOGINS).slice(0, 3))("of a login by %s", (login) => {
  let provider: ProviderProcess;

  beforeAll(async () => {
    provider = await start(login);
  });

  it.each(shapesFor(login))("nothing is repeated of %s", async (_name, shape) => {
    const before = front.echoes;
    const { message } = await refusal(
      front.during({ path: LOGIN, shape }, () => provider.create(scene.args())),
    );
    expect(front.echoes).toBeGreaterThan(before);
    expect(message).toMatch(/login|no answer/i);
    expectNone(message, await printed(provider));
  });
});
