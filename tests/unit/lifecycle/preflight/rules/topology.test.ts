import {
  attachment,
  groupSubnetsExist,
  routerHasGateway,
  subnetIsOnRouter,
} from "../../../../../provider/lifecycle/preflight/rules/topology";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import type { Values } from "../../../../../provider/values";
import {
  declared,
  factsOf,
  findingsOf,
  pathsOf,
  requestsOf,
  type CloudContent,
} from "../../../support/preflightCloud";

const CLOUD: CloudContent = {
  routers: { r1: { external_gateway_info: { network_id: "n1" } } },
  subnets: { lan: {}, dmz: {} },
  ports: [{ device_id: "r1", fixed_ips: [{ subnet_id: "lan" }] }],
};
const NOT_KNOWN = [
  ["unknown", UNKNOWN],
  ["absent", undefined],
] as const;
const service = (inputs: Values) => declared("VpnService", { name: "office", ...inputs });

describe("the router of a VPN service", () => {
  const find = (router: Values, routerId: unknown = "r1") =>
    findingsOf(routerHasGateway, service({ routerId }), { routers: { r1: router } });

  it("with an external gateway has no finding", async () => {
    expect(await find({ external_gateway_info: { network_id: "n1" } })).toEqual([]);
  });

  it("whose gateway the login may not see has no finding", async () => {
    expect(await find({})).toEqual([]);
  });

  it("without an external gateway is a failure with the command that sets one", async () => {
    expect(await find({ external_gateway_info: null })).toEqual([
      {
        severity: "failure",
        cause: "no gateway r1",
        path: "routerId",
        reason:
          "router r1 has no external gateway, which a VPN service requires. Set one: `openstack router set --external-gateway <network> r1`.",
      },
    ]);
  });

  it("that does not exist is a failure", async () => {
    expect(await find({}, "r9")).toEqual([
      {
        severity: "failure",
        cause: "missing router r9",
        path: "routerId",
        reason:
          "http://network.example.org has no router r9 that this login can see. Correct the id, or check the project of the login.",
      },
    ]);
  });

  it("is found by its id in upper case", async () => {
    expect(await find({}, "R1")).toEqual([]);
  });

  it("that cannot be read is an open question", async () => {
    expect(
      await pathsOf(routerHasGateway, service({ routerId: "r1" }), { refused: ["routers"] }),
    ).toEqual(["open routerId"]);
  });

  it.each(NOT_KNOWN)("is not checked while it is %s", async (_what, routerId) => {
    expect(await findingsOf(routerHasGateway, service({ routerId }), CLOUD)).toEqual([]);
  });
});

describe("the subnet of a VPN service", () => {
  const find = (subnetId: unknown, content: CloudContent = {}, routerId: unknown = "r1") =>
    pathsOf(subnetIsOnRouter, service({ routerId, subnetId }), { ...CLOUD, ...content });

  it("on the router has no finding", async () => {
    expect(await find("lan")).toEqual([]);
  });

  it("that does not exist is a failure", async () => {
    expect(await findingsOf(subnetIsOnRouter, service({ subnetId: "wan" }), CLOUD)).toEqual([
      {
        severity: "failure",
        cause: "missing subnet wan",
        path: "subnetId",
        reason:
          "http://network.example.org has no subnet wan that this login can see. Correct the id, or check the project of the login.",
      },
    ]);
  });

  it("apart from the router is a failure", async () => {
    expect(await find("dmz")).toEqual(["failure subnetId"]);
  });

  it.each(["subnets", "ports"])("is an open question if the %s cannot be read", async (name) => {
    expect(await find("dmz", { refused: [name] })).toEqual(["open subnetId"]);
  });

  it.each(NOT_KNOWN)("is not checked while it is %s", async (_what, subnetId) => {
    expect(await find(subnetId)).toEqual([]);
  });

  it.each(NOT_KNOWN)("is not compared with a router that is %s", async (_what, routerId) => {
    const one = service({ routerId, subnetId: "dmz" });
    expect(await findingsOf(subnetIsOnRouter, one, CLOUD)).toEqual([]);
    expect(await requestsOf(subnetIsOnRouter, one, CLOUD)).toEqual([
      "read subnet dmz: /v2.0/subnets/dmz",
    ]);
  });
});

describe("the subnets of an endpoint group", () => {
  const find = (inputs: Values, content: CloudContent = CLOUD) =>
    findingsOf(groupSubnetsExist, declared("EndpointGroup", inputs), content);

  it("that exist have no finding", async () => {
    expect(await find({ type: "subnet", endpoints: ["lan", "DMZ"] })).toEqual([]);
  });

  it("that do not exist are a failure at their place in the list", async () => {
    expect(await find({ type: "subnet", endpoints: ["lan", "wan"] })).toEqual([
      expect.objectContaining({
        severity: "failure",
        cause: "missing subnet wan",
        path: "endpoints[1]",
      }),
    ]);
  });

  it("are open questions if they cannot be read", async () => {
    expect(
      await find({ type: "subnet", endpoints: ["lan"] }, { ...CLOUD, refused: ["subnets"] }),
    ).toMatchObject([{ severity: "open", path: "endpoints[0]" }]);
  });

  it("are not checked while they are unknown", async () => {
    expect(await find({ type: "subnet", endpoints: [UNKNOWN] })).toEqual([]);
  });

  it.each([
    ["of another type", { type: "cidr", endpoints: ["10.0.0.0/8"] }],
    ["whose list is unknown", { type: "subnet", endpoints: UNKNOWN }],
    ["without a list", { type: "subnet" }],
  ])("are not looked up in a group %s", async (_what, inputs) => {
    expect(await find(inputs)).toEqual([]);
  });
});

describe("the attachment of a subnet to a router", () => {
  const find = (subnetId: string, content: CloudContent = {}) =>
    attachment("localEpGroupId", subnetId, "r1", factsOf({ ...CLOUD, ...content }));

  it("exists if a port of the router is on the subnet", async () => {
    expect(await find("lan")).toEqual([]);
  });

  it("that is missing is a failure with the command that attaches the subnet", async () => {
    expect(await find("dmz")).toEqual([
      {
        severity: "failure",
        cause: "subnet dmz not on router r1",
        path: "localEpGroupId",
        reason:
          "subnet dmz is not attached to router r1. Attach it: `openstack router add subnet r1 dmz`. If a resource of this program attaches it, derive the id from an output of that resource that is known after its creation.",
      },
    ]);
  });

  it("is an open question if the ports cannot be read", async () => {
    expect(await find("dmz", { refused: ["ports"] })).toMatchObject([
      { severity: "open", path: "localEpGroupId" },
    ]);
  });

  it.each<[string, CloudContent]>([
    ["is missing", { routers: {} }],
    ["cannot be read", { refused: ["routers"] }],
  ])("is left to the rule of the router if that router %s", async (_what, content) => {
    expect(await find("dmz", content)).toEqual([]);
  });
});
