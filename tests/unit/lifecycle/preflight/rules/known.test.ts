import {
  objectIn,
  serviceOf,
  stringIn,
  stringsIn,
} from "../../../../../provider/lifecycle/preflight/rules/known";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import type { Values } from "../../../../../provider/values";
import { declared, factsOf } from "../../../support/preflightCloud";

it.each([[UNKNOWN], [""], [undefined], [null], [5]])("%j is not a known string", (name) => {
  expect(stringIn({ name }, "name")).toBeUndefined();
});

it("a known string is itself", () => {
  expect(stringIn({ name: "office" }, "name")).toBe("office");
});

it("the known strings of a list leave out all other elements", () => {
  expect(stringsIn({ all: ["a", UNKNOWN, 5, null, "b"] }, "all")).toEqual(["a", "b"]);
});

it.each([[UNKNOWN], [undefined], [null]])("%j has no known strings", (all) => {
  expect(stringsIn({ all }, "all")).toEqual([]);
});

describe("the object whose id a property contains", () => {
  const read = (ikePolicyId: unknown, refused: string[] = []) =>
    objectIn(
      "IkePolicy",
      { ikePolicyId },
      "ikePolicyId",
      factsOf({ objects: { IkePolicy: [{ id: "k1", name: "strong" }] }, refused }),
    );

  it("is read from the cloud", async () => {
    expect(await read("k1")).toEqual({ id: "k1", name: "strong" });
  });

  it("is undefined if it is missing", async () => {
    expect(await read("k9")).toBeUndefined();
  });

  it("is undefined if it cannot be read", async () => {
    expect(await read("k1", ["ikepolicies"])).toBeUndefined();
  });

  it("is undefined while its id is unknown", async () => {
    expect(await read(UNKNOWN)).toBeUndefined();
  });
});

describe("the VPN service of a connection", () => {
  const cloud = { objects: { VpnService: [{ id: "s1", subnet_id: "lan" }] } };
  const declaredService = (name: string, inputs: Values = {}, oldInputs: Values = {}) =>
    declared("VpnService", { name, ...inputs }, { oldInputs });
  const find = (vpnServiceId: unknown, ...others: ReturnType<typeof declaredService>[]) =>
    serviceOf(declared("IpsecSiteConnection", { vpnServiceId }, { others }), factsOf(cloud));

  it("is read from the cloud if its id is known", async () => {
    expect(await find("s1", declaredService("new"))).toEqual({
      label: "VpnService s1",
      attributes: { id: "s1", subnet_id: "lan" },
    });
  });

  it("is undefined if the cloud lacks it", async () => {
    expect(await find("s9", declaredService("new"))).toBeUndefined();
  });

  it("is the only new one if its id is unknown", async () => {
    const found = await find(
      UNKNOWN,
      declaredService("new", { subnetId: "dmz", routerId: UNKNOWN }),
    );
    expect(found?.label).toBe("VpnService new");
    expect(found?.attributes).toMatchObject({ subnet_id: "dmz", router_id: UNKNOWN });
  });

  it("is the only new one beside those that exist", async () => {
    const existing = declaredService("old", {}, { name: "old" });
    expect((await find(UNKNOWN, existing, declaredService("new")))?.label).toBe("VpnService new");
  });

  it.each([
    ["two services are new", [declaredService("a"), declaredService("b")]],
    ["no service is new", [declaredService("old", {}, { name: "old" })]],
    ["the new service is adopted", [declaredService("a", { adopt: "s1" })]],
  ])("is undefined if its id is unknown and %s", async (_reason, others) => {
    expect(await find(UNKNOWN, ...others)).toBeUndefined();
  });
});
