import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { shareOf } from "../../support/harness/campaigns";
import { canariesIn, type Canaries } from "../../support/harness/canaries";
import { newAuthority } from "../../support/harness/certificates";
import {
  startEchoFront,
  type EchoFront,
  type EchoRule,
  type Seen,
  type Shape,
} from "../../support/harness/echo";
import { SHAPES } from "../../support/harness/echoShapes";
import type { ProviderProcess } from "../../support/harness/providerProcess";
import { startTlsFront, type TlsFront } from "../../support/harness/tls";
import { asEnv, byNames, type Settings } from "../logins/logins";
import { COLLECTION, LOGIN, Scene, printed, refusal } from "../scene";

/** Every character that some encoding changes. */
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

/** Several times the retries of all unreadable responses, for a busy machine. */
const RETRIES_MS = 240_000;

/** Each kind of login, with its route to the cloud. */
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

/** Unreadable responses cause slow retries, so these shapes are tested with one login alone, which has all shapes. */
const shapesFor = (login: string) => {
  const shapes = Object.entries(SHAPES);
  if (login === FIRST) return shapes;
  const quick = shapes.filter(([name]) => !/cut|no HTTP/.test(name));
  return shareOf("SECRETS", quick, Object.keys(LOGINS).indexOf(login), 3);
};

const expectNone = (...texts: readonly string[]) => {
  expect(canariesIn(texts.join("\n"), { ...CANARIES, "client's key": key })).toEqual([]);
};

const hiddenArgs = (psk: string = CANARIES.psk) => ({
  psk,
  description: CANARIES["hidden description"],
  __secrets: ["description"],
  // Only a DELETE with an unclear response is retried until its timeout.
  timeouts: { delete: "15s" },
});

/** The number of adoptions so far; each has a unique name. */
let adoptions = 0;

/**
 * Runs every operation on a separate connection, each with responses of the given shape to its own requests
 * alone, so that several can run at once; returns the messages that the user reads.
 */
async function everyOperation(provider: ProviderProcess, shape: Shape): Promise<string[]> {
  const { id, inputs, outputs } = await scene.settled(provider, hiddenArgs());
  const { inputs: more } = await provider.check(scene.args(hiddenArgs()));
  const { inputs: changed } = await provider.check({
    ...inputs,
    ...hiddenArgs(CANARIES["other psk"]),
  });
  adoptions += 1;
  const adopt = `adopted-${adoptions}`;
  const told: string[] = [];
  let echoes = 0;
  const during = <T>(rule: Omit<EchoRule, "shape">, operation: () => Promise<T>) =>
    front.during({ ...rule, shape: (seen) => ((echoes += 1), shape(seen)) }, operation);
  const refused = async (rule: Omit<EchoRule, "shape">, operation: () => Promise<unknown>) => {
    const before = echoes;
    const { message, partial } = await refusal(during(rule, operation));
    if (echoes === before) throw new Error(`refused without a response of the shape: ${message}`);
    told.push(message, ...(partial?.reasons ?? []));
  };
  const name = JSON.stringify(more["name"]);
  const isCreate = ({ body }: Seen) => body.includes(name);
  const own = new RegExp(id);
  await refused({ method: "POST", path: COLLECTION, when: isCreate }, () => provider.create(more));
  await refused({ method: "PUT", path: own }, () => provider.update(id, outputs, changed));
  await refused({ method: "GET", path: own }, () => provider.read(id, outputs));
  await refused({ method: "DELETE", path: own }, () => provider.delete(id, outputs));
  const before = echoes;
  const { failures } = await during({ method: "GET", path: new RegExp(`name=${adopt}$`) }, () =>
    provider.check(scene.unnamed("adopted", { ...hiddenArgs(), adopt })),
  );
  expect(echoes).toBeGreaterThan(before);
  return [...told, ...failures];
}

/**
 * A response outside the API's format does not show whether a POST created an object, so the provider searches
 * for it; and neither such a response nor a refusal without a body shows whether a DELETE is final.
 */
const isSlow = (shape: string) => /success|cut|no HTTP|reason phrase/.test(shape);

describe("an operation with a login by", () => {
  const providers = new Map<string, ProviderProcess>();
  const slow = new Map<string, Promise<string[]>>();

  beforeAll(async () => {
    for (const login of Object.keys(LOGINS)) providers.set(login, await start(login));
    for (const [login, provider] of providers) {
      for (const [name, shape] of shapesFor(login).filter(([name]) => isSlow(name))) {
        slow.set(`${login} ${name}`, everyOperation(provider, shape));
      }
    }
    await Promise.allSettled(slow.values());
  }, RETRIES_MS);

  describe.each(Object.keys(LOGINS))("%s", (login) => {
    it.each(shapesFor(login))("repeats no secret from %s", async (name, shape) => {
      const provider = providers.get(login)!;
      const told = await (slow.get(`${login} ${name}`) ?? everyOperation(provider, shape));
      expectNone(await printed(provider), ...told);
    });
  });
});

it("the tests above read messages that repeat the server's other words", async () => {
  const provider = await start(FIRST);
  const shape = SHAPES["a Neutron error"]!;
  const rule = { method: "POST", path: COLLECTION, shape };
  const psk = CANARIES.psk;
  const { message } = await refusal(front.during(rule, () => scene.make(provider, { psk })));
  expect(message).toMatch(/HTTPBadRequest: Bad: .*"x-auth-token":"\(hidden\)".*"psk":"\(hidden\)"/);
});

describe.each(Object.keys(LOGINS).slice(0, 3))("a login by %s", (login) => {
  let provider: ProviderProcess;

  beforeAll(async () => {
    provider = await start(login);
  });

  it.each(shapesFor(login))("repeats no secret from %s", async (_name, shape) => {
    const before = front.echoes;
    const { message } = await refusal(
      front.during({ path: LOGIN, shape }, () => provider.create(scene.args())),
    );
    expect(front.echoes).toBeGreaterThan(before);
    expect(message).toMatch(/login|no answer/i);
    expectNone(message, await printed(provider));
  });
});
