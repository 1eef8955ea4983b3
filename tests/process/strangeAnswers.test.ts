import type { Answer } from "../../simulator";
import { ALL_KINDS, type Kind } from "../support/harness/kinds";
import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import { type Known, refusal, type Scene } from "./scene";
import { Shared } from "./sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

/** A response whose object has the given changes. */
const answering =
  (change: (object: Properties) => unknown) =>
  ({ status, headers, body }: Answer): Answer => {
    const [key, object] = Object.entries(body as Record<string, Properties>)[0]!;
    return { status, ...(headers && { headers }), body: { [key]: change(object) } };
  };

const STRANGE: [string, (object: Properties) => unknown][] = [
  ["another object", (object) => ({ ...object, id: "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77" })],
  ["nulls alone", ({ id, ...rest }) => ({ ...nullsFor(rest), id })],
  ["nested objects alone", ({ id, ...rest }) => ({ ...nestedObjectsFor(rest), id })],
  ["a list with the object", (object) => [object]],
  ["the id alone", ({ id }) => ({ id })],
];

const nullsFor = (object: Properties) =>
  Object.fromEntries(Object.keys(object).map((name) => [name, null]));
const nestedObjectsFor = (object: Properties) =>
  Object.fromEntries(Object.keys(object).map((name) => [name, { of: ["x"] }]));

const open = async (kind: Kind) => {
  scene = await shared.scene("neutron", kind);
  provider = await shared.process("neutron", kind);
};

describe("a connection whose response has", () => {
  let known: Known;

  beforeAll(async () => {
    await open("IpsecSiteConnection");
    known = await scene.settled(provider);
  });

  it.each(STRANGE)("%s keeps its state in a refresh", async (_what, change) => {
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

  it("nested objects alone after a PUT is read once more, and the state is complete", async () => {
    scene.sim.script({ method: "PUT", path: scene.item, answer: answering(nestedObjectsFor) });
    const inputs = { ...known.inputs, description: "changed" };
    const outputs = await provider.update(known.id, known.outputs, inputs);
    expect(outputs).toMatchObject({ description: "changed", peerId: known.outputs["peerId"] });
  });
});

describe.each(ALL_KINDS)("a new %s whose response has", (kind) => {
  beforeAll(() => open(kind));

  it.each(STRANGE.slice(1))("%s is found and recorded", async (_what, change) => {
    scene.forget();
    scene.sim.script({ method: "POST", path: scene.collection, answer: answering(change) });
    const made = await scene.settled(provider);
    expect(await scene.live(made.id)).toMatchObject({ id: made.id });
    expect(scene.sent("POST", scene.collection)).toHaveLength(1);
  });
});
