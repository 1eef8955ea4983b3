import { setTimeout as sleep } from "node:timers/promises";

import { changesOf, looksAmong, postsIn } from "../../../bench/looks";
import type { RecordedRequest } from "../../../simulator";
import { until } from "../../support/harness/until";
import { COLLECTION, ITEM, Scene, leftover, type Known } from "../scene";

let scene: Scene;

afterEach(() => scene.close());

/** Creates `count` connections at once, each of which waits until it has settled. */
async function makeMany(count: number, pendingMs: number): Promise<Promise<Known>[]> {
  scene = await Scene.open({ pendingMs });
  const provider = await scene.start({ answerMs: 60_000 });
  return Array.from({ length: count }, () => scene.make(provider));
}

/** A list that polls several connections; the first list of a create has a name as its filter. */
const isList = ({ method, path, query }: RecordedRequest) =>
  method === "GET" && COLLECTION.test(path) && !new URLSearchParams(query).has("name");

const statuses = (all: readonly Known[]) => all.map(({ outputs }) => outputs["status"]);

const active = (count: number) => Array<string>(count).fill("ACTIVE");

describe("waits of 200 concurrent connections", () => {
  const PENDING_MS = 3_000;
  let all: Known[];
  let sent: RecordedRequest[];

  beforeEach(async () => {
    all = await Promise.all(await makeMany(200, PENDING_MS));
    sent = scene.sent();
  }, 60_000);

  it("share polls twice a second, end completely, and leave no requests behind", async () => {
    expect(statuses(all)).toEqual(active(200));
    for (const { inputs, outputs } of all) {
      expect(outputs).toMatchObject({ ...inputs, projectId: scene.sim.fixture.projectId });
    }
    const ends = all.map(({ id, inputs }) => ({ id, name: String(inputs["name"]) }));
    const seconds = (Math.max(...sent.map(({ at }) => at)) - postsIn(sent).first) / 1_000;
    const looks = looksAmong(sent, changesOf(sent, ends, PENDING_MS));
    expect(looks).toBeLessThanOrEqual(Math.ceil(seconds) * 2 + 4);
    expect(sent.filter(isList).length + scene.sent("GET", ITEM).length).toBeLessThan(50);
    await sleep(1_500);
    expect(scene.sent()).toHaveLength(sent.length);
  });
});

it("the wait of a deleted connection fails, and the other waits continue", async () => {
  const making = await makeMany(20, 1_500);
  await until("the connections", () => scene.sent("POST", COLLECTION).length === 20, 10_000);
  const created = async () => (await scene.cloud.list("/vpn/ipsec-site-connections"))[7]!;
  const { id, name } = await created();
  await scene.drop(id);
  const ended = await Promise.allSettled(making);
  const failed = ended.flatMap((one, i) => (one.status === "rejected" ? [making[i]!] : []));
  expect(failed).toHaveLength(1);
  const left = await leftover(failed[0]!);
  expect(left).toMatchObject({ id, properties: { name } });
  expect(left.reason).toContain(`(${id}) is gone, or this login cannot see it.`);
  const others = ended.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(statuses(others)).toEqual(active(19));
});

it.each([
  ["fails", { status: 500 }],
  ["is refused", { status: 400, body: { NeutronError: { type: "HTTPBadRequest" } } }],
  ["is forbidden", { status: 403, body: { NeutronError: { type: "PolicyNotAuthorized" } } }],
  ["is a page of a proxy", { status: 200, body: "<html>Please log in</html>" }],
  ["has no ids", { status: 200, body: { ipsec_site_connections: [{ status: "ACTIVE" }] } }],
  ["is empty", { status: 200, body: { ipsec_site_connections: [] } }],
])("the waits continue with single reads if a list %s", async (_what, answer) => {
  const making = await makeMany(10, 1_000);
  const fault = scene.sim.script({ when: isList, times: Infinity, answer });
  expect(statuses(await Promise.all(making))).toEqual(active(10));
  expect(fault.used).toBeGreaterThan(0);
  expect(scene.sent("GET", ITEM).length).toBeGreaterThanOrEqual(10);
});

it("all waits obey the Retry-After of one list", async () => {
  const making = await makeMany(20, 500);
  const answer = { status: 429, headers: { "Retry-After": "2" } };
  scene.sim.script({ when: isList, answer });
  expect(statuses(await Promise.all(making))).toEqual(active(20));
  const looks = scene.sent("GET").filter((one) => isList(one) || ITEM.test(one.path));
  const [refused, next] = looks;
  expect(refused?.status).toBe(429);
  expect(next!.at - refused!.at).toBeGreaterThanOrEqual(2_000);
});
