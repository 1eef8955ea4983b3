import {
  routerIsFree,
  tunnelsAreApart,
} from "../../../../../provider/lifecycle/preflight/rules/tunnels";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import type { Values } from "../../../../../provider/values";
import {
  declared,
  findingsOf,
  pathsOf,
  requestsOf,
  type Changes,
  type CloudContent,
} from "../../../support/preflightCloud";

describe("the router of a VPN service", () => {
  const FIRST = { id: "s1", name: "first", router_id: "r1" };
  const TAKEN: CloudContent = { objects: { VpnService: [FIRST] } };
  const service = (changes: Changes = {}, inputs: Values = {}) =>
    declared("VpnService", { name: "new", routerId: "r1", ...inputs }, changes);
  const find = (changes: Changes, content: CloudContent = TAKEN) =>
    pathsOf(routerIsFree, service(changes), content);

  it("is taken by an object of another owner, according to a warning with its name", async () => {
    expect(await findingsOf(routerIsFree, service(), TAKEN)).toMatchObject([
      {
        severity: "warning",
        path: "routerId",
        reason: expect.stringMatching(/^router r1 has VpnService first \(s1\) already, /) as string,
      },
    ]);
  });

  it("is taken by another resource of the program, according to a warning with its name", async () => {
    const others = [declared("VpnService", { name: "other", routerId: "r1" })];
    expect(await findingsOf(routerIsFree, service({ others }))).toMatchObject([
      { reason: expect.stringMatching(/^router r1 has VpnService other already, /) as string },
    ]);
  });

  it("is judged by the dialect of the login", async () => {
    const [finding] = await findingsOf(routerIsFree, service({ dialect: "k5" }), TAKEN);
    expect(finding!.reason).toMatch(/K5 accepts one VPN service for each router\.$/);
  });

  it("is reported once for several services", async () => {
    const objects = { VpnService: [FIRST, { ...FIRST, id: "s2", name: "second" }] };
    expect(await find({}, { objects })).toEqual(["warning routerId"]);
  });

  it("is free if the object is that of the resource itself", async () => {
    expect(await find({ oldInputs: { name: "first" } })).toEqual([]);
  });

  it("is free if the object has the name of the resource, whose creation was interrupted", async () => {
    const own = service({}, { name: "first" });
    expect(await pathsOf(routerIsFree, own, TAKEN)).toEqual([]);
  });

  it("is free if this run replaces or deletes the object", async () => {
    expect(await find({}, { ...TAKEN, held: ["s1"] })).toEqual([]);
  });

  it("is free if the program moves the other service away", async () => {
    const others = [declared("VpnService", { name: "first", routerId: "r2" })];
    expect(await find({ others })).toEqual([]);
  });

  it("is free if the services cannot be listed", async () => {
    expect(await find({}, { ...TAKEN, refused: ["vpnservices"] })).toEqual([]);
  });

  it.each([UNKNOWN, undefined, ""])("is not checked while it is %j", async (routerId) => {
    const content = { objects: { VpnService: [{ ...FIRST, router_id: routerId }] } };
    const one = service({}, { routerId });
    expect(await pathsOf(routerIsFree, one, content)).toEqual([]);
    expect(await requestsOf(routerIsFree, one, content)).toEqual([]);
  });
});

const PEER = "198.51.100.7";
const SERVICE = { id: "s1", name: "office", subnet_id: "lan", external_v4_ip: "203.0.113.10" };
const SUBNETS = { lan: { name: "lan", cidr: "10.10.0.0/24" } };
const connection = (inputs: Values = {}, changes: Changes = {}) =>
  declared(
    "IpsecSiteConnection",
    { name: "new", vpnServiceId: "s1", peerAddress: PEER, peerCidrs: ["10.2.0.0/24"], ...inputs },
    changes,
  );

describe("a connection with the peer of an existing one", () => {
  const wire = { vpnservice_id: "s1", peer_address: PEER };
  const OLD = { id: "c1", name: "old", ...wire, peer_cidrs: ["10.2.0.0/16"] };
  const OF_GROUP = { ...OLD, peer_cidrs: [], peer_ep_group_id: "g1" };
  const GROUP = { id: "g1", endpoints: ["10.2.0.0/16"] };
  const find = (inputs: Values, existing: Values = OLD, rest: CloudContent = {}) =>
    pathsOf(tunnelsAreApart, connection(inputs), {
      objects: { IpsecSiteConnection: [existing], EndpointGroup: [GROUP] },
      ...rest,
    });

  it("collides if their networks overlap, according to a warning with its name", async () => {
    const content = { objects: { IpsecSiteConnection: [OLD] } };
    expect(await findingsOf(tunnelsAreApart, connection(), content)).toMatchObject([
      {
        severity: "warning",
        cause: "same peer s1 198.51.100.7 10.2.0.0/16 10.2.0.0/24",
        path: "peerCidrs",
        reason: expect.stringMatching(
          /^10\.2\.0\.0\/24 overlaps 10\.2\.0\.0\/16 of IpsecSiteConnection old \(c1\), /,
        ) as string,
      },
    ]);
  });

  it("collides if the existing one has its networks in a group", async () => {
    expect(await find({}, OF_GROUP)).toEqual(["warning peerCidrs"]);
  });

  it("collides at its group if it has its networks there", async () => {
    const inputs = { peerCidrs: undefined, peerEpGroupId: "g1" };
    expect(await find(inputs)).toEqual(["warning peerEpGroupId"]);
  });

  it("collides if both have their networks in one group", async () => {
    const inputs = { peerCidrs: undefined, peerEpGroupId: "g1" };
    expect(await find(inputs, OF_GROUP)).toEqual(["warning peerEpGroupId"]);
  });

  it("collides if its peer's address has another notation", async () => {
    const existing = { ...OLD, peer_address: "2001:db8::1" };
    expect(await find({ peerAddress: "2001:DB8:0::1" }, existing)).toEqual(["warning peerCidrs"]);
  });

  it("collides with the first of several only", async () => {
    const objects = { IpsecSiteConnection: [OLD, { ...OLD, id: "c2", name: "older" }] };
    expect(await findingsOf(tunnelsAreApart, connection(), { objects })).toHaveLength(1);
  });

  it("collides with a resource of the program", async () => {
    const others = [connection({ name: "other" })];
    expect(await findingsOf(tunnelsAreApart, connection({}, { others }))).toMatchObject([
      { reason: expect.stringMatching(/a network of IpsecSiteConnection other, /) as string },
    ]);
  });

  it.each<[string, Values, Values, CloudContent]>([
    ["this run holds that object", {}, OLD, { held: ["c1"] }],
    ["the services differ", { vpnServiceId: "s2" }, OLD, {}],
    ["the peers differ", { peerAddress: "198.51.100.8" }, OLD, {}],
    ["its group cannot be read", {}, OF_GROUP, { refused: ["endpoint-groups"] }],
    ["it has no networks", { peerCidrs: undefined }, OLD, {}],
    ["its networks are unknown", { peerCidrs: UNKNOWN }, OLD, {}],
    ["each of its networks is unknown", { peerCidrs: [UNKNOWN, 5] }, OLD, {}],
    ["its service is unknown", { vpnServiceId: UNKNOWN }, { ...OLD, vpnservice_id: UNKNOWN }, {}],
    ["its peer is unknown", { peerAddress: UNKNOWN }, { ...OLD, peer_address: UNKNOWN }, {}],
  ])("does not collide if %s", async (_what, inputs, existing, rest) => {
    expect(await find(inputs, existing, rest)).toEqual([]);
  });
});

describe("the local end of a connection", () => {
  const CLOUD: CloudContent = {
    subnets: SUBNETS,
    objects: {
      VpnService: [SERVICE, { id: "grouped", subnet_id: null, external_v6_ip: "2001:db8::10" }],
      EndpointGroup: [{ id: "g1", endpoints: ["lan"] }],
    },
  };
  const find = (inputs: Values, content: CloudContent = CLOUD) =>
    findingsOf(tunnelsAreApart, connection(inputs), content);

  it("overlaps the peer's networks, according to a warning with both names", async () => {
    expect(await find({ peerCidrs: ["10.0.0.0/8"] })).toEqual([
      expect.objectContaining({
        severity: "warning",
        path: "peerCidrs",
        reason:
          "10.0.0.0/8 overlaps 10.10.0.0/24 of subnet lan (lan), the local end of VpnService office (s1): the overlapping addresses are not reached through the tunnel.",
      }),
    ]);
  });

  it("overlaps the peer's networks with a subnet of its group", async () => {
    const inputs = { vpnServiceId: "grouped", localEpGroupId: "g1", peerCidrs: ["10.0.0.0/8"] };
    expect(await find(inputs)).toMatchObject([{ path: "peerCidrs" }]);
  });

  it.each([
    ["203.0.113.10", "s1", "VpnService office (s1)"],
    ["2001:db8:0::10", "grouped", "VpnService grouped"],
  ])("has the peer's address %s itself", async (peerAddress, vpnServiceId, name) => {
    expect(await find({ peerAddress, vpnServiceId })).toMatchObject([
      {
        severity: "warning",
        path: "peerAddress",
        reason: expect.stringContaining(`is the external address of ${name} itself`) as string,
      },
    ]);
  });

  it.each<[string, Values, CloudContent]>([
    ["while its service is unknown", { vpnServiceId: UNKNOWN }, CLOUD],
    ["if its service is missing", { vpnServiceId: "s9" }, CLOUD],
    ["if its subnet is missing", {}, { ...CLOUD, subnets: {} }],
    ["if its subnet cannot be read", {}, { ...CLOUD, refused: ["subnets"] }],
    ["if its subnet has no network", {}, { ...CLOUD, subnets: { lan: { cidr: null } } }],
    ["if its subnet has an empty network", {}, { ...CLOUD, subnets: { lan: { cidr: "" } } }],
    ["while its group is unknown", { vpnServiceId: "grouped", localEpGroupId: UNKNOWN }, CLOUD],
    ["without a subnet and a group", { vpnServiceId: "grouped" }, CLOUD],
  ])("is not compared %s", async (_what, inputs, content) => {
    expect(await find({ peerCidrs: ["10.0.0.0/8"], ...inputs }, content)).toEqual([]);
  });
});
