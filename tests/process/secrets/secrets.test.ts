import { setTimeout as sleep } from "node:timers/promises";

import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, ITEM, LOGIN, Scene, leftover, refusal } from "../scene";

let scene: Scene;
let provider: ProviderProcess;
/** A part of every secret of one test, different in each test. */
let canary: string;
let tests = 0;
/** The messages that the engine received, apart from the process's output. */
let errors: string[];

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start({ config: { "vpnaas:logLevel": "debug" } });
});

beforeEach(() => {
  tests += 1;
  canary = `canary-${tests}.`;
  errors = [];
});

afterEach(async () => {
  // Output may arrive after the response.
  await sleep(30);
  const seen = [provider.output, ...errors].join("\n");
  expect(seen).not.toContain(canary);
  expect(seen).not.toMatch(/lab-user-pass|gAAAAA/);
});

afterAll(() => scene.close());

const failed = async (operation: Promise<unknown>) => {
  const { message, partial } = await refusal(operation);
  errors.push(message, ...(partial?.reasons ?? []));
  return message;
};

const echo = (status: number, text: string) => ({
  status,
  body: { NeutronError: { type: "HTTPBadRequest", message: text, detail: text } },
});

it("successful operations print no secret", async () => {
  const known = await scene.make(provider, { psk: `${canary}psk` });
  const changed = await scene.change(provider, known, { psk: `${canary}other` });
  await provider.read(known.id, known.outputs);
  await provider.delete(known.id, changed.outputs);
  expect(provider.output).toMatch(/debug: PUT .*psk: differs \(hidden\).*debug: DELETE/s);
});

it.each([
  ["with whitespace at its end", () => `${canary} `],
  ["of over 255 characters", () => canary.repeat(50)],
  ["that is a list", () => [canary]],
])("the check's failure contains no secret for a psk %s", async (_what, psk) => {
  const { failures } = await provider.check(scene.args({ psk: psk() }));
  errors.push(...failures);
  expect(failures).toEqual([expect.stringMatching(/^psk: /)]);
});

it.each([
  ["unchanged", "psk", (psk: string) => psk],
  ["quoted as JSON", ' "psk" \\', (psk: string) => JSON.stringify(psk)],
  ["quoted as Python does", `'s "psk"`, (psk: string) => `'${psk.replaceAll("'", "\\'")}'`],
  ["as a part of a URL", " <psk>", encodeURIComponent],
  ["as a part of a form", " psk", (psk: string) => new URLSearchParams({ psk }).toString()],
  ["as a part of HTML", "<psk>", (psk: string) => psk.replace("<", "&lt;").replace(">", "&gt;")],
  ["as an attribute of HTML", `'psk"`, (psk) => psk.replace("'", "&#39;").replace('"', "&quot;")],
])("a psk that the server echoes %s is hidden", async (_how, end, written) => {
  const psk = `${canary}${end}`;
  const answer = echo(400, `Invalid input for psk: ${written(psk)}.`);
  scene.sim.script({ method: "POST", path: COLLECTION, answer });
  expect(await failed(scene.make(provider, { psk }))).toContain("Invalid input for psk");
});

it("a psk that the server echoes in an update is hidden", async () => {
  const known = await scene.settled(provider, { psk: `${canary}psk` });
  scene.sim.script({ method: "PUT", path: ITEM, answer: echo(400, `Not ${canary}other.`) });
  await failed(scene.change(provider, known, { psk: `${canary}other` }));
});

it.each(["read", "delete"] as const)(
  "a psk that the server echoes in a %s is hidden",
  async (operation) => {
    const known = await scene.settled(provider, { psk: `${canary}psk` });
    const answer = echo(400, `Cannot show the row ('${canary}psk', 1500).`);
    scene.sim.script({ path: ITEM, answer });
    await failed(provider[operation](known.id, known.outputs));
  },
);

it("a psk that only the state contains is hidden too", async () => {
  const known = await scene.settled(provider, { psk: `${canary}psk` });
  const fresh = await scene.start();
  scene.sim.script({ path: ITEM, answer: echo(400, `Cannot show '${canary}psk'.`) });
  errors.push((await refusal(fresh.read(known.id, known.outputs))).message);
  await sleep(30);
  errors.push(fresh.output);
});

it("a psk that the server echoes in the failed wait after a create is hidden", async () => {
  scene.sim.script({ method: "GET", path: ITEM, times: 2, answer: echo(400, `${canary}psk`) });
  await failed(scene.make(provider, { psk: `${canary}psk` }));
});

it("the reason of a partial failure contains no secret, also when the cloud shows another psk", async () => {
  const known = await scene.settled(provider, { psk: `${canary}psk` });
  const old = { ipsec_site_connection: await scene.live(known.id) };
  scene.sim.script({ method: "PUT", path: ITEM, answer: { status: 200, body: old } });
  const left = await leftover(scene.change(provider, known, { psk: `${canary}other` }));
  errors.push(left.reason);
  expect(left.reason).toContain("psk (hidden)");
});

it("the lines of retries and the error of a failed connection contain no secret", async () => {
  const known = await scene.settled(provider, { psk: `${canary}psk` });
  scene.sim.script({ method: "PUT", path: ITEM, times: 4, answer: "reset-before" });
  await failed(scene.change(provider, known, { psk: `${canary}other` }));
  expect(provider.output).toContain("retry: PUT");
});

it("the error of a login contains no password, even if Keystone echoes it", async () => {
  const password = `${canary}password`;
  const stranger = await scene.start({
    config: { "vpnaas:password": password, "vpnaas:logLevel": "debug" },
  });
  const body = { error: { code: 400, message: `Invalid password ${password}`, title: password } };
  scene.sim.script({ path: LOGIN, answer: { status: 400, body } });
  await failed(stranger.create(scene.args()));
  await failed(stranger.create(scene.args()));
  errors.push(stranger.output);
});

it("the error about a URL with a password does not contain the password", async () => {
  const url = scene.sim.identityUrl.replace("http://", `http://lab-user:${canary}password@`);
  const stranger = await scene.start({ config: { "vpnaas:authUrl": url } });
  expect(await failed(stranger.create(scene.args()))).toContain("vpnaas:authUrl");
  errors.push(stranger.output);
});

it("the error about a password in the place of another setting does not contain the password", async () => {
  const password = `${canary}password`;
  const muddled = await scene.start({
    config: { "vpnaas:authUrl": password, "vpnaas:insecure": password },
  });
  await failed(muddled.create(scene.args()));
  errors.push(muddled.output);
});
