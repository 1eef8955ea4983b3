import { cloudResourceType } from "../../provider/schema/resourceType";
import { autoName } from "../../provider/model/autoName";
import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import type { Scene } from "./scene";
import { Shared } from "./sharedScene";

const KINDS = ["VpnService", "IkePolicy", "EndpointGroup", "IpsecSiteConnection"] as const;

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

describe.each(KINDS)("one %s with its default name", (kind) => {
  beforeAll(async () => {
    scene = await shared.scene("neutron", kind);
    provider = await shared.process("neutron", kind);
  });

  /** The inputs after `pulumi stack rename prod`. */
  const inProd = (inputs: Properties) => {
    const place = { project: "project", stack: "prod", resource: "renamed" };
    return { ...inputs, name: autoName(cloudResourceType(kind), place, inputs) };
  };

  it("has no changes after a rename of its stack, before and after a refresh", async () => {
    const known = await scene.make(provider, scene.unnamed("renamed"));
    const { inputs } = await provider.check(inProd(known.inputs), known.inputs);
    const nothing = { changes: false, replaces: [] };
    expect(await provider.diff(known.id, known.outputs, inputs)).toMatchObject(nothing);
    const read = await provider.read(known.id, known.outputs);
    expect(await provider.diff(known.id, read.outputs, inputs)).toMatchObject(nothing);
    expect(read.inputs["name"]).toBe(known.inputs["name"]);
  });

  it("gets its new name along with a change in place and has no changes afterwards", async () => {
    const known = await scene.make(provider, scene.unnamed("renamed"));
    // A service without a connection is immutable.
    if (kind === "VpnService") await scene.connect({ vpnservice_id: known.id });
    const news = inProd({ ...known.inputs, description: "changed" });
    scene.forget();
    const { outputs, inputs } = await scene.change(provider, known, news);
    const body = { description: "changed", name: news.name };
    expect(scene.changes().map((one) => Object.values(one as Properties))).toEqual([[body]]);
    expect(outputs).toMatchObject(body);
    expect((await provider.diff(known.id, outputs, inputs)).changes).toBe(false);
  });

  it("gets the name that the program sets", async () => {
    const known = await scene.make(provider, scene.unnamed("renamed"));
    const { inputs } = await provider.check({ ...known.inputs, name: "given" }, known.inputs);
    expect((await provider.diff(known.id, known.outputs, inputs)).changes).toBe(true);
  });
});
