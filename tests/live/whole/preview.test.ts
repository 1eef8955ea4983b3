import { limit, preview, type Cause, type Ground } from "../../process/preview/cause";
import { CAUSES } from "../../process/preview/causes";
import { api, login, makeParents } from "../../support/harness/api";
import { ALL_KINDS, KINDS } from "../../support/harness/kinds";
import { prepareNeutron, startNeutron, type LiveNeutron } from "../../support/harness/neutron";

let neutron: LiveNeutron;
let ground: Ground;

beforeAll(async () => {
  await prepareNeutron(() => undefined);
  neutron = await startNeutron();
  const token = await login(neutron.identityUrl);
  const cloud = api(neutron.endpoint, token);
  const parents = await makeParents(cloud, neutron.fixture);
  ground = { cloud, parents, token, sim: neutron };
}, 120_000);

afterAll(() => neutron.stop());

/** Deletes the objects of a cause, and its limits. */
afterEach(async () => {
  const kept = Object.values(ground.parents);
  for (const kind of ALL_KINDS) {
    const { path } = KINDS[kind];
    for (const { id } of await ground.cloud.list(path)) {
      if (!kept.includes(id)) await ground.cloud.delete(`${path}/${id}`);
    }
  }
  await limit(ground, { ikepolicy: -1, ipsec_site_connection: -1 });
});

/** The causes that a live Neutron can have. */
const LIVE = Object.values(CAUSES).flatMap((causes) =>
  causes.flatMap((cause) => ("attempt" in cause ? [[cause.what, cause] as const] : [])),
);

const changesOf = async () =>
  (await neutron.requests()).filter(({ method }) => method !== "GET").length;

it.each(LIVE)(
  "a preview on the live Neutron has the same effect and sends no change: %s",
  async (_what, cause: Extract<Cause, { attempt: unknown }>) => {
    const attempt = await cause.attempt(ground);
    const before = await changesOf();

    const { effect, words } = await preview(ground, attempt);

    expect([effect, words]).toEqual([cause.effect, expect.stringContaining(cause.words ?? "")]);
    expect(await changesOf()).toBe(before);
  },
);
