import { autoName } from "../../../provider/model/autoName";
import { cloudResourceType } from "../../../provider/schema/resourceType";
import {
  PROVIDER_TEXT,
  type ProviderProcess,
  type Properties,
} from "../../support/harness/providerProcess";
import { COLLECTION, Scene, leftover, refusal } from "../scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open();
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

describe("an orphaned connection with the default name", () => {
  const named = (resource: string, changes: Properties = {}) => {
    const args = scene.args(changes);
    const place = { project: "project", stack: "test", resource };
    return { ...args, name: autoName(cloudResourceType("IpsecSiteConnection"), place, args) };
  };

  it("is adopted and updated to the inputs, without a duplicate", async () => {
    const args = named("left", { description: "wanted", psk: "another key" });
    const id = await scene.byHand(args, {
      psk: "old key",
      mtu: 1300,
      description: "[pending 0.4s]",
    });
    const { inputs } = await provider.check(args);
    const made = await provider.create(inputs);
    expect(made).toMatchObject({ id, outputs: { ...inputs, status: "ACTIVE" } });
    expect(await scene.named(args.name)).toMatchObject([
      { id, psk: "another key", mtu: 1500, description: "wanted" },
    ]);
    expect(provider.output).toMatch(/an earlier run .* It is adopted/);
  });

  it("is kept in the state when it is stuck", async () => {
    const args = named("stuck", { timeouts: { create: "1s" } });
    const id = await scene.byHand(args, { description: "[stuck]" });
    const left = await leftover(provider.create(args));
    expect(left.id).toBe(id);
    expect(left.properties).toMatchObject({ status: "PENDING_CREATE", __provider: PROVIDER_TEXT });
  });

  it("is ambiguous when there are two, and the create fails", async () => {
    const args = named("twice");
    const ids = [await scene.byHand(args), await scene.byHand(args)];
    scene.forget();
    const error = await refusal(provider.create(args));
    for (const id of ids) expect(error.message).toContain(id);
    expect(scene.sent("POST", COLLECTION)).toEqual([]);
  });

  it("is kept when the same run deletes it as the old object of a forced replacement", async () => {
    const args = named("forced");
    const { inputs } = await provider.check(args);
    const old = await provider.create(inputs);
    const next = await scene.start();
    const made = await next.create(inputs);
    await next.delete(old.id, old.outputs);
    expect(await scene.live(made.id)).toMatchObject({ name: args.name });
    expect(next.output).toContain(`(${old.id}) is kept`);
  });

  it.each([
    ["another peer", { peer_address: "198.51.100.99" }],
    ["another identity of the peer", { peer_id: "@another" }],
  ])("is not adopted with %s, since it may belong to another resource", async (_what, changes) => {
    const args = named("elsewhere");
    const id = await scene.byHand(args, changes);
    const made = await provider.create(args);
    expect(made.id).not.toBe(id);
    expect(await scene.live(id)).toMatchObject(changes);
    await Promise.all(
      [id, made.id].map((one) => scene.cloud.delete(`/vpn/ipsec-site-connections/${one}`)),
    );
  });

  it("is not adopted during its deletion", async () => {
    const args = named("leaving");
    const id = await scene.byHand(args);
    const leaving = { ...(await scene.live(id)), status: "PENDING_DELETE" };
    scene.sim.script({
      method: "GET",
      path: COLLECTION,
      answer: { status: 200, body: { ipsec_site_connections: [leaving] } },
    });
    expect((await provider.create(args)).id).not.toBe(id);
  });

  it("is not adopted under a name that the program sets", async () => {
    const args = { ...scene.args(), name: "test-office-0123abc" };
    const id = await scene.byHand(args);
    const made = await provider.create(args);
    expect(made.id).not.toBe(id);
    expect(await scene.named(args.name)).toHaveLength(2);
  });

  it("is not adopted from another project with the same stack and resource", async () => {
    const args = scene.args();
    const place = { project: "another", stack: "test", resource: "left" };
    const name = autoName(cloudResourceType("IpsecSiteConnection"), place, args);
    const id = await scene.byHand({ ...args, name });
    expect((await provider.create({ ...args, name })).id).not.toBe(id);
  });
});
