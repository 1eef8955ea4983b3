import { setTimeout as sleep } from "node:timers/promises";

import type { ProviderProcess } from "../../support/harness/providerProcess";
import { type Known, type Scene, printed, refusal } from "../scene";
import { Shared } from "../sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

describe.each(["VpnService", "IkePolicy", "IpsecSiteConnection"] as const)("one %s", (kind) => {
  beforeAll(async () => {
    scene = await shared.scene("neutron", kind);
    provider = await shared.process("neutron", kind);
  });

  beforeEach(() => scene.forget());

  it("two concurrent adoptions: one succeeds and the other is refused", async () => {
    const { inputs } = await provider.check(scene.args());
    const id = await scene.byHand(inputs);
    const other = await scene.byHand({ ...inputs, name: "other" });
    const adopting = (resource: string, adopt: string) =>
      provider.create({ ...inputs, name: scene.unnamed(resource).name, adopt });
    // The other two reads are batched while the first one is under way, and get one response.
    const [first, ...outcomes] = await Promise.allSettled([
      adopting("first", other),
      adopting("second", id),
      adopting("third", id),
    ]);
    expect(first.status).toBe("fulfilled");
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [refused] = outcomes.filter((one) => one.status === "rejected");
    expect(String(refused!.reason)).toContain(
      `(${id}) cannot be adopted: another resource of this stack holds it`,
    );
  });

  it("an orphan and two concurrent creates: one create adopts it", async () => {
    const { inputs } = await provider.check(scene.unnamed(`left ${kind}`));
    const id = await scene.byHand(inputs);
    scene.forget();
    const made = await Promise.all([provider.create(inputs), provider.create(inputs)]);
    const ids = made.map((one) => one.id);
    expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(2);
    expect(scene.sent("POST", scene.collection)).toHaveLength(1);
  });

  it("a lost response: the create does not adopt the object of a concurrent create", async () => {
    const { inputs } = await provider.check(scene.args());
    const post = { method: "POST", path: scene.collection };
    const held = scene.sim.script({ ...post, answer: "hold-after" });
    scene.sim.script({ ...post, answer: "reset-after" });
    const making = [provider.create(inputs), provider.create(inputs)];
    await sleep(500);
    held.release();
    const ids = (await Promise.all(making)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect((await scene.named(inputs["name"])).map(({ id }) => id).sort()).toEqual(ids.sort());
  });

  it("a pending deletion: the object is not adopted", async () => {
    const earlier = await shared.process("neutron", kind, "later");
    const { id, inputs, outputs } = await scene.make(earlier);
    const held = scene.sim.script({
      method: "DELETE",
      path: scene.item,
      answer: "hold-until-released",
    });
    const deleting = provider.delete(id, outputs);
    await sleep(200);
    const { message } = await refusal(
      provider.create({ ...inputs, name: scene.unnamed("late").name, adopt: id }),
    );
    held.release();
    await deleting;
    expect(message).toContain(`(${id}) cannot be adopted`);
  });
});

describe("an object of two resources of one stack", () => {
  let earlier: ProviderProcess;

  beforeAll(async () => {
    scene = await shared.scene("neutron", "IpsecSiteConnection");
    earlier = await shared.process("neutron", "IpsecSiteConnection");
    provider = await shared.process("neutron", "IpsecSiteConnection", "later");
  });

  /** A connection that an earlier run created. */
  const made = (): Promise<Known> => scene.make(earlier);

  /** The check and the diff of a resource that stays in the program. */
  const register = async ({ id, inputs, outputs }: Known, changes = {}) => {
    const checked = await provider.check({ ...inputs, ...changes }, inputs);
    return provider.diff(id, outputs, checked.inputs);
  };

  it("is kept with a note when one resource is deleted while the other stays in the program", async () => {
    const known = await made();
    await register(known);
    await provider.delete(known.id, known.outputs);
    expect(await scene.live(known.id)).toMatchObject({ id: known.id });
    expect(await printed(provider)).toContain(
      `(${known.id}) is kept, since another resource of this stack holds it.`,
    );
  });

  it("is deleted when the engine replaces its resource without a request of the diff", async () => {
    const known = await made();
    await register(known);
    await provider.check(known.inputs);
    await provider.delete(known.id, known.outputs);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("is kept when one resource is deleted while the other one changes it", async () => {
    const known = await made();
    expect(await register(known, { description: "new" })).toMatchObject({ replaces: [] });
    await provider.delete(known.id, known.outputs);
    expect(await scene.live(known.id)).toMatchObject({ id: known.id });
  });

  it("is deleted when the other resource is replaced", async () => {
    const known = await made();
    const { replaces } = await register(known, { peerAddress: "198.51.100.77", mtu: 1400 });
    expect(replaces).toEqual([]);
    const another = await made();
    expect((await register(another, { vpnServiceId: known.id })).replaces).not.toEqual([]);
    await provider.delete(another.id, another.outputs);
    expect(await scene.named(another.inputs["name"])).toEqual([]);
  });

  it("is deleted after a refresh, whose diffs do not show the program's resources", async () => {
    const known = await made();
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    await provider.diff(known.id, outputs, known.inputs);
    await register({ ...known, outputs, inputs }, { vpnServiceId: known.id });
    await provider.delete(known.id, outputs);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("causes a warning when both resources are in the program", async () => {
    const warning = (id: string) =>
      new RegExp(`warning: two resources of this stack hold [^(]*\\(${id}\\)\\.`);
    const other = await made();
    await register(other);
    expect(await printed(provider)).not.toMatch(warning(other.id));
    await register(other);
    expect(await printed(provider)).toMatch(warning(other.id));
  });

  it("causes a warning of the second resource after a replacement of the first", async () => {
    const known = await made();
    await register(known, { vpnServiceId: known.id });
    await provider.delete(known.id, known.outputs);
    expect(await register(known)).toMatchObject({ changes: false });
    expect(await printed(provider)).toMatch(
      new RegExp(
        `\\(${known.id}\\) was deleted in this run for another resource of this stack that held it too\\. Run .pulumi up --refresh. to have it created again`,
      ),
    );
  });

  it("is deleted once when one destroy deletes both resources, with a note", async () => {
    const known = await made();
    await provider.delete(known.id, known.outputs);
    await provider.delete(known.id, known.outputs);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
    expect(await printed(provider)).toContain("was held by two resources of this stack");
  });
});

it("a deletion fails at once and names the dependent if the run does not delete that dependent", async () => {
  const policies = await shared.scene("neutron", "IkePolicy");
  const policy = await policies.make(await shared.process("neutron", "IkePolicy"));
  const connections = await shared.scene("neutron", "IpsecSiteConnection");
  const earlier = await shared.process("neutron", "IpsecSiteConnection");
  const user = await connections.make(earlier, { ikePolicyId: policy.id });
  const run = await shared.process("neutron", "IpsecSiteConnection", "later");
  const { inputs } = await run.check(user.inputs, user.inputs);
  await run.diff(user.id, user.outputs, inputs);
  policies.forget();

  const { message } = await refusal(run.delete(policy.id, policy.outputs));

  expect(message).toContain(`(${policy.id}) cannot be deleted: it is in use by`);
  expect(message).toContain(
    `(${user.id}), which this run leaves as it is. Delete the objects that use it`,
  );
  expect(policies.sent("DELETE").map(({ status }) => status)).toEqual([409]);
});
