import type { Answer } from "../../simulator";
import { ALL_KINDS, type Kind } from "../support/harness/kinds";
import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import { type Known, refusal, type Scene } from "./scene";
import { Shared } from "./shared";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

/** An answer whose object is changed so. */
const answering =
  (change: (object: Properties) => unknown) =>
  ({ status, headers, body }: Answer): Answer => {
    const [key, object] = Object.entries(body as Record<string, Properties>)[0]!;
    return { status, ...(headers && { headers }), body: { [key]: change(object) } };
  };

const STRANGE: [string, (object: Properties) => unknown][] = [
  ["another object", (object) => ({ ...object, id: "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77" })],
  ["nulls alone", ({ id, ...rest }) => ({ ...nullsFor(rest), id })],
  ["texts alone", ({ id, ...rest }) => ({ ...textsFor(rest), id })],
  ["a list of it", (object) => [object]],
  ["its id alone", ({ id }) => ({ id })],
];

const nullsFor = (object: Properties) =>
  Object.fromEntries(Object.keys(object).map((name) => [name, null]));
const textsFor = (object: Properties) =>
  Object.fromEntries(Object.keys(object).map((name) => [name, { of: ["x"] }]));

const open = async (kind: Kind) => {
  scene = await shared.scene("neutron", kind);
  provider = await shared.process("neutron", kind);
};

describe("a connection that is answered with", () => {
  let known: Known;

  beforeAll(async () => {
    await open("IpsecSiteConnection");
    known = await scene.settled(provider);
  });

  it.each(STRANGE)("%s leaves the state as it is in a refresh", async (_what, change) => {
    scene.sim.script({
      method: "GET",
      path: scene.item,
      times: 4,
      answer: answering(change),
    });
    const error = await refusal(provider.read(known.id, known.outputs));
    expect(error.message).toContain(
      `Could not read IpsecSiteConnection ${known.id}: the answer is not one of this API: `,
    );
    expect(error.message).not.toMatch(/reading '/);
  });

  it("texts alone after a PUT is read once more, and nothing is lost", async () => {
    scene.sim.script({ method: "PUT", path: scene.item, answer: answering(textsFor) });
    const inputs = { ...known.inputs, description: "changed" };
    const outputs = await provider.update(known.id, known.outputs, inputs);
    expect(outputs).toMatchObject({ description: "changed", peerId: known.outputs["peerId"] });
  });
});

describe.each(ALL_KINDS)("a new %s that is answered with", (kind) => {
  beforeAll(() => open(kind));

  it.each(STRANGE.slice(1))("%s is found and kept", async (_what, change) => {
    scene.forget();
    scene.sim.script({ method: "POST", path: scene.collection, answer: answering(change) });
    const made = await scene.settled(provider);
    expect(await scene.live(made.id)).toMatchObject({ id: made.id });
    expect(scene.sent("POST", scene.collection)).toHaveLength(1);
  });
});
