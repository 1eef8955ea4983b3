import { PROVIDER_TEXTS, type ProviderProcess } from "../../support/harness/providerProcess";
import { Scene, leftover, printed, refusal } from "../scene";

let scene: Scene;
let provider: ProviderProcess;

const open = (dialect: "neutron" | "k5") => async () => {
  scene = await Scene.open({
    kind: "VpnService",
    dialect,
    pendingMs: 0,
    // Each test creates a service on the one router.
    servicesPerRouter: Infinity,
  });
  provider = await scene.start();
};

beforeEach(() => scene.forget());

const REPLACED_FIRST = { changes: true, deleteBeforeReplace: true };

describe("a VPN service", () => {
  beforeAll(open("neutron"));
  afterAll(() => scene.close());

  it("is created with every input and default, without a wait", async () => {
    const { inputs, outputs } = await scene.make(provider, { description: "new" });
    const { routerId, subnetId, projectId } = scene.sim.fixture;
    expect(scene.sent("POST", scene.collection).map(({ body }) => body)).toEqual([
      {
        vpnservice: {
          name: inputs["name"],
          description: "new",
          admin_state_up: true,
          router_id: routerId,
          subnet_id: subnetId,
        },
      },
    ]);
    expect(scene.sent("GET", scene.item)).toHaveLength(1);
    expect(outputs).toEqual({
      ...inputs,
      status: "PENDING_CREATE",
      externalV4Ip: "203.0.113.10",
      externalV6Ip: "2001:db8:ffff::10",
      projectId,
      endpoint: scene.sim.endpoint,
      __provider: PROVIDER_TEXTS.VpnService,
    });
  });

  it("shows the address that the cloud assigns after its response to the POST", async () => {
    const row = await scene.byHand(scene.args());
    const { body } = await scene.shown(row, { external_v4_ip: null, external_v6_ip: null });
    const answer = { status: 201, body };
    scene.sim.script({ method: "POST", path: scene.collection, answer });
    const { id, outputs } = await scene.make(provider);
    expect(id).toBe(row);
    expect(outputs).toMatchObject({ externalV4Ip: "203.0.113.10", status: "PENDING_CREATE" });
  });

  it("is created though the first read of it fails", async () => {
    scene.sim.script({ method: "GET", path: scene.item, answer: { status: 503 } });
    const { outputs } = await scene.make(provider);
    expect(outputs["status"]).toBe("PENDING_CREATE");
  });

  it("has no changes while it is PENDING_CREATE without connections", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect((await provider.diff(id, outputs, inputs)).changes).toBe(false);
  });

  it("is recorded with status ERROR after its creation, and the next update fails again", async () => {
    const made = await scene.byHand(scene.args());
    const inError = await scene.shown(made, { status: "ERROR" });
    scene.sim.script({ method: "POST", path: scene.collection, answer: inError });
    const { inputs } = await provider.check(scene.args());
    const stays = { method: "GET", path: scene.item, answer: inError };
    await scene.during(stays, async () => {
      const left = await leftover(provider.create(inputs));
      expect(left).toMatchObject({
        id: made,
        properties: { status: "ERROR", __provider: PROVIDER_TEXTS.VpnService },
      });
      expect(left.reason).toContain("ended in status ERROR");
      expect((await provider.diff(made, left.properties, inputs)).changes).toBe(true);
      const again = await leftover(provider.update(made, left.properties, left.properties));
      expect(again.reason).toContain("ended in status ERROR");
    });
    expect(scene.sent("PUT")).toEqual([]);
  });

  it.each([
    [409, "VPNGatewayInError"],
    [400, "VPNGatewayNotReady"],
  ])(
    "is recorded with status ERROR if a POST answered with %i %s created it",
    async (status, type) => {
      const { inputs } = await provider.check(scene.args());
      const [list, item] = [
        { status: 200, body: {} },
        { status: 200, body: {} },
      ];
      let row: string | undefined;
      scene.sim.script({
        method: "POST",
        path: scene.collection,
        onRequest: async () => {
          row = await scene.byHand(inputs);
          const vpnservice = { ...(await scene.live(row)), status: "ERROR" };
          list.body = { vpnservices: [vpnservice] };
          item.body = { vpnservice };
          scene.sim.script({ method: "GET", path: scene.item, times: 2, answer: item });
        },
        answer: { status, body: { NeutronError: { type, message: "no gateway", detail: "" } } },
      });
      scene.sim.script({ method: "GET", path: scene.collection, skip: 1, answer: list });
      const left = await leftover(provider.create(inputs));
      expect(left.id).toBe(row);
      expect(left.reason).toContain("ended in status ERROR");
    },
  );

  it("is not recorded if a POST answered with VPNGatewayInError created no object", async () => {
    const body = { NeutronError: { type: "VPNGatewayInError", message: "no gateway", detail: "" } };
    const answer = { status: 409, body };
    scene.sim.script({ method: "POST", path: scene.collection, answer });
    const error = await refusal(scene.make(provider));
    expect(error.message).toContain("VPNGatewayInError: no gateway");
    expect(error.message).not.toContain("may have been created");
    expect(error.partial).toBeUndefined();
  });

  it("moves to another router by a create-first replacement", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    const elsewhere = { ...inputs, routerId: "00000000-0000-4000-8000-000000000000" };
    expect(await provider.diff(id, outputs, elsewhere)).toEqual({
      changes: true,
      replaces: ["routerId"],
      deleteBeforeReplace: false,
    });
  });

  it("moves to another subnet of its router by a delete-first replacement", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    const elsewhere = { ...inputs, subnetId: scene.sim.fixture.secondSubnetId };
    expect(await provider.diff(id, outputs, elsewhere)).toEqual({
      ...REPLACED_FIRST,
      replaces: ["subnetId"],
    });
  });

  it("moves to another cloud by a create-first replacement", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect(await provider.diff(id, outputs, { ...inputs, cloud: "other" })).toEqual({
      changes: true,
      replaces: ["cloud"],
      deleteBeforeReplace: false,
    });
  });
});

describe.each(["neutron", "k5"] as const)("a VPN service without connections (%s)", (dialect) => {
  beforeAll(open(dialect));
  afterAll(() => scene.close());

  it.each([
    ["name", "renamed"],
    ["description", "new"],
    ["adminStateUp", false],
  ])("changes its %s by a delete-first replacement and prints the reason", async (name, value) => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect(await provider.diff(id, outputs, { ...inputs, [name]: value })).toEqual({
      ...REPLACED_FIRST,
      replaces: [name],
    });
    expect(await printed(provider)).toMatch(
      new RegExp(`VpnService vpnservice-\\d+ \\(${id}\\) is replaced.*it has no connection yet`),
    );
  });

  it("is unchanged if it loses its connection after the diff, and the error states the reason", async () => {
    const known = await scene.make(provider, { description: "old" });
    const error = await refusal(scene.change(provider, known, { description: "new" }));
    expect(error.message).toMatch(/cannot be changed now: it has no connection yet/);
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toEqual([]);
    expect(await scene.live(known.id)).toMatchObject({ description: "old" });
  });

  it("changes its timeouts without a request", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    scene.forget();
    const news = { ...inputs, timeouts: { delete: "3m" } };
    expect(await provider.diff(id, outputs, news)).toMatchObject({ changes: true, replaces: [] });
    expect(scene.sent()).toEqual([]);
    expect(await provider.update(id, outputs, news)).toMatchObject(news);
    expect(scene.sent("PUT")).toEqual([]);
  });

  it("is deleted at once", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    await provider.delete(id, outputs);
    expect(await scene.named(inputs["name"])).toEqual([]);
  });
});

describe("a VPN service of K5", () => {
  beforeAll(open("k5"));
  afterAll(() => scene.close());

  it("is created in its availability zone and moves to another one by a delete-first replacement", async () => {
    const { id, inputs, outputs } = await scene.make(provider, { availabilityZone: "jp-east-1b" });
    expect(await scene.live(id)).toMatchObject({ availability_zone: "jp-east-1b" });
    expect(outputs).toMatchObject({ availabilityZone: "jp-east-1b", status: "PENDING_CREATE" });
    const news = { ...inputs, availabilityZone: "jp-east-1a" };
    expect(await provider.diff(id, outputs, news)).toEqual({
      ...REPLACED_FIRST,
      replaces: ["availabilityZone"],
    });
  });

  it("shows the zone chosen by the cloud, which is not a difference", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect(outputs["availabilityZone"]).toBe("jp-east-1a");
    expect((await provider.diff(id, outputs, inputs)).changes).toBe(false);
  });

  it("requires a subnet and refuses a flavor", async () => {
    const { failures } = await provider.check(
      scene.args({ subnetId: null, flavorId: scene.sim.fixture.subnetId }),
    );
    expect(failures).toEqual([
      expect.stringMatching(/^subnetId: /),
      expect.stringMatching(/^flavorId: /),
    ]);
  });
});
