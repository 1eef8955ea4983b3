import { KINDS } from "../support/harness/kinds";
import { PROVIDER_TEXTS, type ProviderProcess } from "../support/harness/providerProcess";
import { COLLECTION, Scene, printed, refusal } from "./scene";

let scene: Scene;
let provider: ProviderProcess;
/** An id without an object. */
const NOBODY = "00000000-0000-4000-8000-000000000000";
/** A VPN service without a subnet, whose connections need groups. */
let serviceId: string;

beforeAll(async () => {
  scene = await Scene.open({ kind: "EndpointGroup", pendingMs: 0 });
  provider = await scene.start();
  const { routerId } = scene.sim.fixture;
  const body = { name: "of groups", router_id: routerId };
  serviceId = (await scene.cloud.post(KINDS.VpnService.path, { vpnservice: body })).id;
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

/** A group at the given end of a connection, and the id of the connection. */
async function used(end: "local" | "peer", changes = {}) {
  const subnets = { type: "subnet", endpoints: [scene.sim.fixture.subnetId] };
  const groups = { local: subnets, peer: { type: "cidr", endpoints: ["10.5.0.0/24"] } };
  const known = await scene.make(provider, { ...groups[end], ...changes });
  const other = end === "local" ? "peer" : "local";
  const otherId = await scene.byHand({ name: "other end", ...groups[other] });
  const user = await scene.connect({
    name: "its user",
    vpnservice_id: serviceId,
    peer_cidrs: [],
    [`${end}_ep_group_id`]: known.id,
    [`${other}_ep_group_id`]: otherId,
  });
  scene.forget();
  return { ...known, user };
}

describe("an endpoint group", () => {
  it("is created with every input and default", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect(scene.sent("POST", scene.collection).map(({ body }) => body)).toEqual([
      {
        endpoint_group: {
          name: inputs["name"],
          description: "",
          type: "cidr",
          endpoints: ["10.5.0.0/24", "10.6.0.0/24"],
        },
      },
    ]);
    expect(outputs).toEqual({
      ...inputs,
      projectId: scene.sim.fixture.projectId,
      endpoint: scene.sim.endpoint,
      __provider: PROVIDER_TEXTS.EndpointGroup,
    });
    expect(await scene.live(id)).toMatchObject({ endpoints: ["10.6.0.0/24", "10.5.0.0/24"] });
  });

  it.each([
    ["another order", ["10.6.0.0/24", "10.5.0.0/24"]],
    ["another notation of a network", ["10.5.0.9/24", "10.6.0.0/24"]],
  ])("has no changes for %s of its endpoints", async (_what, endpoints) => {
    const { id, inputs, outputs } = await scene.make(provider);
    const news = { ...inputs, endpoints };
    expect((await provider.diff(id, outputs, news)).changes).toBe(false);
    expect(scene.unnamed("office", { endpoints }).name).toBe(scene.unnamed("office").name);
  });

  it.each([
    ["more", ["10.5.0.0/24", "10.6.0.0/24", "10.7.0.0/24"]],
    ["fewer", ["10.5.0.0/24"]],
    ["other", ["10.5.0.0/25", "10.6.0.0/24"]],
  ])("is replaced, creating first, when it gets %s endpoints", async (_what, endpoints) => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect(await provider.diff(id, outputs, { ...inputs, endpoints })).toEqual({
      changes: true,
      replaces: ["endpoints"],
      deleteBeforeReplace: false,
    });
    expect(scene.unnamed("office", { endpoints }).name).not.toBe(scene.unnamed("office").name);
  });

  it.each(["local", "peer"] as const)(
    "is renamed in place at the %s end of a connection",
    async (end) => {
      const known = await used(end, { description: "old" });
      const changes = { name: `${end} renamed`, description: "new" };
      const diff = await provider.diff(known.id, known.outputs, { ...known.inputs, ...changes });
      expect(diff).toEqual({ changes: true, replaces: [], deleteBeforeReplace: false });
      expect(scene.sent()).toEqual([]);
      const { outputs } = await scene.change(provider, known, changes);
      expect(outputs).toEqual({ ...known.outputs, ...changes });
      expect(scene.changes()).toEqual([{ endpoint_group: changes }]);
    },
  );

  it.each(["local", "peer"] as const)(
    "is deleted at the %s end of a connection once the connection is deleted",
    async (end) => {
      const known = await used(end);
      const deleted = provider.delete(known.id, known.outputs);
      await scene.answered("GET", COLLECTION);
      await scene.disconnect(known.user);
      await deleted;
      const statuses = scene.sent("DELETE", scene.item).map(({ status }) => status);
      expect(statuses.slice(0, -1).every((status) => status === 400)).toBe(true);
      expect(statuses.at(-1)).toBe(204);
      expect(await scene.named(known.inputs["name"])).toEqual([]);
    },
  );

  it.each(["local", "peer"] as const)(
    "is not deleted while it stays at the %s end of a connection, which the error names",
    async (end) => {
      const known = await used(end, { timeouts: { delete: "1s" } });
      const error = await refusal(provider.delete(known.id, known.outputs));
      expect(error.message).toMatch(/Waited 1s for EndpointGroup .* to be deleted/);
      expect(error.message).toContain(`in use by IpsecSiteConnection its user (${known.user})`);
      expect(scene.sent("DELETE").length).toBeGreaterThan(1);
      expect(await scene.live(known.id)).toMatchObject({ id: known.id });
    },
  );

  it("is not created if the cloud refuses it, and the error has Neutron's message", async () => {
    const inputs = scene.args({
      type: "subnet",
      endpoints: [NOBODY],
    });
    const error = await refusal(provider.create(inputs));
    expect(error.message).toMatch(/answered 400 NonExistingSubnetInEndpointGroup/);
    expect(error.partial).toBeUndefined();
    expect(await scene.named(inputs["name"])).toEqual([]);
  });

  it.each([
    ["no endpoint", { endpoints: [] }, /^endpoints: /],
    ["one twice", { endpoints: ["10.5.0.0/24", "10.5.0.0/24"] }, /^endpoints: /],
    ["an id among networks", { endpoints: ["10.5.0.0/24", NOBODY] }, /^endpoints\[?.?1/],
    ["both IP versions", { endpoints: ["10.5.0.0/24", "2001:db8::/64"] }, /^endpoints: .*IPv6/],
    ["networks as subnets", { type: "subnet", endpoints: ["10.5.0.0/24"] }, /^endpoints\[?.?0/],
    ["an unknown type", { type: "host" }, /^type: /],
  ])("fails the check with %s", async (_what, wrong, failure) => {
    const { failures } = await provider.check(scene.args(wrong));
    expect(failures).toEqual([expect.stringMatching(failure)]);
  });
});

it("an endpoint group in K5 fails the check without a request", async () => {
  const k5 = await Scene.open({ kind: "EndpointGroup", dialect: "k5" });
  try {
    const inK5 = await k5.start();
    const { failures } = await inK5.check(k5.args({ adopt: "one" }));
    expect(failures).toEqual([
      expect.stringMatching(/k5 dialect has no EndpointGroup.*vpnaas:dialect to neutron/),
    ]);
    expect(k5.sent()).toEqual([]);
    expect(await printed(inK5)).toBe("");
  } finally {
    await k5.close();
  }
});
