import type { Kind } from "../../support/harness/kinds";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { linesAs, subject } from "./lines";
import type { Known, Scene } from "../scene";
import { Shared } from "../sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

const open = async (kind: Kind) => {
  scene = await shared.scene("neutron", kind);
  provider = await shared.process("neutron", kind);
};

describe("the status in a refresh", () => {
  beforeAll(() => open("IpsecSiteConnection"));

  const changed = (known: Known, before: string, live: Properties) =>
    linesAs(scene, provider, { ...known, outputs: { ...known.outputs, status: before } }, live);

  it.each(["ACTIVE", "DOWN", "PENDING_UPDATE"])(
    "is reported when it is ERROR after %s",
    async (was) => {
      const known = await scene.settled(provider);
      expect(await changed(known, was, { status: "ERROR" })).toEqual([
        `${subject("IpsecSiteConnection", known)}status: ERROR, was ${was}; ` +
          "the cloud could not set it up, and the next `pulumi up` checks again",
      ]);
    },
  );

  it("is reported when it is DOWN, with the advice once in a run", async () => {
    const known = await scene.settled(provider);
    const first = await changed(known, "ACTIVE", { status: "DOWN" });
    expect(first[0]).toBe(`${subject("IpsecSiteConnection", known)}status: DOWN, was ACTIVE`);
    expect(first.slice(1).join("\n")).toMatch(/^A tunnel is DOWN until both ends agree.*UDP 500/s);
    const other = await scene.settled(provider);
    expect(await changed(other, "ACTIVE", { status: "DOWN" })).toEqual([
      `${subject("IpsecSiteConnection", other)}status: DOWN, was ACTIVE`,
    ]);
  });

  it.each([
    ["DOWN", "ACTIVE"],
    ["ERROR", "ACTIVE"],
    ["PENDING_CREATE", "DOWN"],
    ["ACTIVE", "PENDING_UPDATE"],
    ["ACTIVE", "PENDING_DELETE"],
    ["ACTIVE", "ACTIVE"],
    ["DOWN", "DOWN"],
    ["ERROR", "ERROR"],
  ])("is not reported after %s when it is %s", async (before, status) => {
    const known = await scene.settled(provider);
    expect(await changed(known, before, { status })).toEqual([]);
  });

  it("is not reported when it is DOWN because the connection is administratively down", async () => {
    const known = await scene.settled(provider, { adminStateUp: false });
    expect(await changed(known, "ACTIVE", { status: "DOWN" })).toEqual([]);
  });

  it("is also reported for a VPN service", async () => {
    await open("VpnService");
    const known = await scene.settled(provider);
    expect(await changed(known, "ACTIVE", { status: "ERROR" })).toEqual([
      expect.stringContaining("status: ERROR, was ACTIVE"),
    ]);
  });
});

describe("a refresh of properties that the program marks as secret", () => {
  const marked = { __secrets: ["description", "name"], description: "canary 1", name: "canary 2" };

  it.each<Kind>(["IkePolicy", "EndpointGroup", "IpsecSiteConnection"])(
    "shows neither the old nor the new value (%s)",
    async (kind) => {
      await open(kind);
      const known = await scene.settled(provider, marked);
      expect(known.outputs).toMatchObject(marked);
      const lines = await linesAs(scene, provider, known, {
        description: "canary 3",
        name: "canary 4",
      });
      expect(lines).toEqual([
        `drift: ${kind} ${known.id}: name: differs (hidden)`,
        `drift: ${kind} ${known.id}: description: differs (hidden)`,
      ]);
    },
  );

  it("shows the values of all other properties", async () => {
    await open("IkePolicy");
    const known = await scene.settled(provider, { __secrets: ["description"], description: "x" });
    const lines = await linesAs(scene, provider, known, { description: "y", pfs: "group2" });
    expect(lines.map((line) => line.slice(subject("IkePolicy", known).length))).toEqual([
      "description: differs (hidden)",
      `pfs: declared group14, there is group2 (changed outside Pulumi)`,
    ]);
  });

  it("keeps the names of the properties in the state", async () => {
    await open("IkePolicy");
    const known = await scene.settled(provider, { __secrets: ["pfs"] });
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    expect([outputs["__secrets"], inputs["__secrets"]]).toEqual([["pfs"], ["pfs"]]);
  });
});
