import type { NetworkEndpoint } from "../../../simulator";
import {
  PLACES,
  asEnv,
  byNames,
  proveLogin,
  refusedLogin,
  startWith,
  variableOf,
  type Settings,
} from "./logins";
import { COLLECTION, Scene } from "../scene";

const TWO_REGIONS: NetworkEndpoint[] = [
  { region: "RegionOne" },
  { region: "RegionTwo", url: "/RegionTwo/network" },
  { region: "RegionTwo", interface: "internal", url: "/RegionTwo-internal/network" },
];

let scene: Scene;

afterEach(() => scene.close());

describe("the network endpoint", () => {
  const open = async (networkEndpoints: NetworkEndpoint[]) => {
    scene = await Scene.open({ pendingMs: 0, networkEndpoints });
  };

  it.each([
    [{ region: "RegionTwo" }, "/RegionTwo/network"],
    [{ region: "RegionTwo", interface: "internal" }, "/RegionTwo-internal/network"],
    [{ region: "RegionOne" }, "/network"],
  ] as [Settings, string][])("is chosen by %j", async (choice, path) => {
    await open(TWO_REGIONS);
    await proveLogin(
      scene,
      await startWith(scene, "the environment", { ...byNames(scene), ...choice }),
    );
    expect(scene.sent("POST", COLLECTION)[0]!.path).toBe(`${path}/v2.0/vpn/ipsec-site-connections`);
  });

  it.each(PLACES)("fails in an unknown region with a list of the regions (%s)", async (place) => {
    await open(TWO_REGIONS);
    const provider = await startWith(scene, place, { ...byNames(scene), region: "Nowhere" });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/Nowhere.*RegionOne.*RegionTwo/s);
    const setting = place === "the environment" ? variableOf("region") : "vpnaas:region";
    expect(message).toContain(setting);
    expect(scene.sent(undefined, /network/)).toEqual([]);
  });

  it("fails if several regions match and none is configured", async () => {
    await open(TWO_REGIONS);
    const provider = await startWith(scene, "the environment", byNames(scene));
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/RegionOne.*RegionTwo/s);
    expect(message).toContain("OS_REGION_NAME");
  });

  it("fails if the catalog has none", async () => {
    await open([]);
    const provider = await startWith(scene, "the environment", {
      ...byNames(scene),
      region: "RegionOne",
    });
    const message = await refusedLogin(provider, scene.make(provider));
    expect(message).toMatch(/no network endpoint/);
    expect(message).toContain("vpnaas:endpoint");
  });

  it("is the one named networking in K5", async () => {
    scene = await Scene.open({ pendingMs: 0, dialect: "k5" });
    const provider = await scene.startBare({ env: asEnv(byNames(scene)) });
    await proveLogin(scene, provider);
    expect(scene.sent(undefined, /network-ex/)).toEqual([]);
  });
});
