import type { Server } from "node:http";
import { createServer } from "node:http";

import { listening } from "../../support/harness/loopback";
import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, ITEM, LOGIN, Scene, refusal, type Known } from "../scene";

const REDIRECTS = [301, 302, 303, 307, 308];

let scene: Scene;
let provider: ProviderProcess;
let known: Known;
let other: Server;
let otherUrl: string;
/** Requests and connections that arrived at the other host. */
let arrived: string[];

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  other = createServer((request, response) => {
    arrived.push(`${request.method ?? ""} ${request.url ?? ""}`);
    response.writeHead(200, { "X-Subject-Token": "a token of the other host" });
    response.end(JSON.stringify({ token: {}, ipsec_site_connections: [] }));
  });
  other.on("connection", () => arrived.push("a connection"));
  // Another origin than 127.0.0.1, but one that this machine serves.
  otherUrl = `http://localhost:${await listening(other)}`;
  provider = await scene.start({ config: { "vpnaas:logLevel": "debug" } });
  known = await scene.settled(provider, { timeouts: { delete: "1s", update: "1s", create: "1s" } });
});

beforeEach(() => {
  arrived = [];
});

afterAll(async () => {
  await scene.close();
  await new Promise((resolve) => other.close(resolve));
});

const redirect = (status: number) => ({
  status,
  headers: { Location: `${otherUrl}/elsewhere` },
  body: {},
});

type Operation = readonly [method: string, path: RegExp, run: () => Promise<unknown>];

const OPERATIONS: Readonly<Record<"create" | "read" | "update" | "delete", Operation>> = {
  create: ["POST", COLLECTION, () => scene.make(provider)],
  read: ["GET", ITEM, () => provider.read(known.id, known.outputs)],
  update: ["PUT", ITEM, () => scene.change(provider, known, { description: "new" })],
  delete: ["DELETE", ITEM, () => provider.delete(known.id, known.outputs)],
};

describe.each(REDIRECTS)("a redirect with %i", (status) => {
  it.each(["create", "read", "update", "delete"] as const)(
    "is not followed in a %s",
    async (operation) => {
      const [method, path, run] = OPERATIONS[operation];
      const rule = { method, path, answer: redirect(status) };
      const { message } = await refusal(scene.during(rule, run));
      expect(message).toContain(`answered ${status}`);
      expect(arrived).toEqual([]);
    },
  );

  it("is not followed in a list", async () => {
    const rule = { method: "GET", path: COLLECTION, answer: redirect(status) };
    const { failures } = await scene.during(rule, () =>
      provider.check(scene.unnamed("adopted", { adopt: "a name" })),
    );
    expect(failures).toEqual([expect.stringContaining(`answered ${status}`)]);
    expect(arrived).toEqual([]);
  });

  it("is not followed in a login", async () => {
    const stranger = await scene.start();
    const rule = { path: LOGIN, answer: redirect(status) };
    const { message } = await refusal(scene.during(rule, () => stranger.create(scene.args())));
    expect(message).toContain(`the answer was ${status}`);
    expect(arrived).toEqual([]);
  });

  it("is not followed in the check of a token", async () => {
    const { identityUrl } = scene.sim;
    const config = { "vpnaas:authUrl": identityUrl, "vpnaas:token": scene.token };
    const stranger = await scene.startBare({ config });
    const rule = { path: LOGIN, answer: redirect(status) };
    await refusal(scene.during(rule, () => stranger.create(scene.args())));
    expect(scene.sent("GET", LOGIN)).not.toEqual([]);
    expect(arrived).toEqual([]);
  });
});

it("the link to the next page of a list is not followed to another host", async () => {
  const list = {
    ipsec_site_connections: [await scene.live(known.id)],
    ipsec_site_connections_links: [{ rel: "next", href: `${otherUrl}/more?marker=1` }],
  };
  const rule = { method: "GET", path: COLLECTION, answer: { status: 200, body: list } };
  scene.forget();
  await scene.during(rule, () => provider.check(scene.unnamed("adopted", { adopt: "a name" })));
  expect(scene.sent("GET", COLLECTION).map(({ query }) => query)).toContain("marker=1");
  expect(arrived).toEqual([]);
});
