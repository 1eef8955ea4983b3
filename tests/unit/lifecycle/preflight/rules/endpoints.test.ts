import {
  endpointsFitService,
  oneIpVersion,
  peerIsReachable,
} from "../../../../../provider/lifecycle/preflight/rules/endpoints";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import type { Values } from "../../../../../provider/values";
import {
  declared,
  findingsOf,
  pathsOf,
  requestsOf,
  type CloudContent,
} from "../../../support/preflightCloud";

const CLOUD: CloudContent = {
  objects: {
    VpnService: [
      { id: "legacy", router_id: "r1", subnet_id: "lan" },
      { id: "grouped", router_id: "r1", subnet_id: null },
      { id: "ipv6", router_id: "r1", subnet_id: "lan6" },
      { id: "moved", router_id: "r1", subnet_id: "dmz" },
    ],
    EndpointGroup: [
      { id: "local", type: "subnet", endpoints: ["lan"] },
      { id: "local6", type: "subnet", endpoints: ["lan6"] },
      { id: "mixed", type: "subnet", endpoints: ["lan", "lan6"] },
      { id: "apart", type: "subnet", endpoints: ["dmz"] },
      { id: "peer", type: "cidr", endpoints: ["10.2.0.0/24"] },
      { id: "peer6", type: "cidr", endpoints: ["2001:db8:2::/64"] },
    ],
  },
  routers: { r1: {} },
  subnets: { lan: { ip_version: 4 }, lan6: { ip_version: 6 }, dmz: { ip_version: 4 } },
  ports: [{ device_id: "r1", fixed_ips: [{ subnet_id: "lan" }, { subnet_id: "lan6" }] }],
};
const connection = (inputs: Values) => declared("IpsecSiteConnection", inputs);

describe("the endpoints of a connection", () => {
  const find = (inputs: Values) => findingsOf(endpointsFitService, connection(inputs), CLOUD);
  const groups = { localEpGroupId: "local", peerEpGroupId: "peer" };

  it.each<[string, Values]>([
    ["peer networks fit a service with a subnet", { vpnServiceId: "legacy", peerCidrs: ["x"] }],
    ["groups fit a service without a subnet", { vpnServiceId: "grouped", ...groups }],
    ["unknown peer networks fit any service", { vpnServiceId: "grouped", peerCidrs: UNKNOWN }],
    ["unknown groups fit any service", { vpnServiceId: "legacy", localEpGroupId: UNKNOWN }],
    ["peer networks fit an unknown service", { vpnServiceId: UNKNOWN, peerCidrs: ["x"] }],
  ])("%s", async (_title, inputs) => {
    expect(await find(inputs)).toEqual([]);
  });

  it("peer networks do not fit a service without a subnet", async () => {
    expect(await find({ vpnServiceId: "grouped", peerCidrs: ["10.2.0.0/24"] })).toEqual([
      {
        severity: "failure",
        cause: "no subnet VpnService grouped",
        path: "peerCidrs",
        reason:
          "VpnService grouped has no subnet, so its connections require endpoint groups: remove peerCidrs, and set localEpGroupId and peerEpGroupId.",
      },
    ]);
  });

  it.each(["localEpGroupId", "peerEpGroupId"] as const)(
    "%s does not fit a service with a subnet",
    async (path) => {
      expect(await find({ vpnServiceId: "legacy", [path]: groups[path] })).toEqual([
        {
          severity: "failure",
          cause: "subnet beside groups VpnService legacy",
          path,
          reason:
            "VpnService legacy has a subnet, so its connections require peerCidrs, without endpoint groups.",
        },
      ]);
    },
  );

  it.each([
    ["localEpGroupId", "peer", "cidr", "subnet"],
    ["peerEpGroupId", "local", "subnet", "cidr"],
  ])("%s must not be a group %s of type %s", async (path, id, found, required) => {
    expect(await find({ vpnServiceId: UNKNOWN, [path]: id })).toEqual([
      {
        severity: "failure",
        cause: `type of ${path} ${id}`,
        path,
        reason: `endpoint group ${id} has the type ${found}, and this property requires the type ${required}.`,
      },
    ]);
  });

  it.each<[string, Values, readonly string[]]>([
    ["with a subnet", { vpnServiceId: "legacy" }, ["localEpGroupId", "localEpGroupId"]],
    ["without a subnet", { vpnServiceId: "grouped" }, ["localEpGroupId"]],
    [
      "without a subnet, beside peer networks",
      { vpnServiceId: "grouped", peerCidrs: ["x"] },
      ["localEpGroupId", "peerCidrs"],
    ],
  ])("a group of the wrong type is reported for a service %s", async (_what, inputs, paths) => {
    const findings = await find({ localEpGroupId: "peer", ...inputs });
    expect(findings.map(({ path }) => path)).toEqual(paths);
  });

  it("a group of the wrong type is reported beside a service with a subnet whose groups are unknown", async () => {
    const inputs = { vpnServiceId: "legacy", localEpGroupId: UNKNOWN, peerEpGroupId: "local" };
    expect((await find(inputs)).map(({ cause }) => cause)).toEqual([
      "type of peerEpGroupId local",
      "subnet beside groups VpnService legacy",
    ]);
  });
});

describe("the IP versions of a connection", () => {
  const find = (inputs: Values, content: CloudContent = {}) =>
    findingsOf(oneIpVersion, connection(inputs), { ...CLOUD, ...content });

  it.each<[string, Values]>([
    ["IPv4 networks fit an IPv4 subnet", { vpnServiceId: "legacy", peerCidrs: ["10.2.0.0/24"] }],
    ["IPv6 networks fit an IPv6 subnet", { vpnServiceId: "ipv6", peerCidrs: ["2001:db8::/64"] }],
    ["groups of one version fit", { localEpGroupId: "local6", peerEpGroupId: "peer6" }],
    ["a peer group fits an unknown service", { vpnServiceId: UNKNOWN, peerEpGroupId: "peer6" }],
    ["unknown peer networks fit", { vpnServiceId: "ipv6", peerCidrs: UNKNOWN }],
    ["peer networks with an unknown element fit", { vpnServiceId: "ipv6", peerCidrs: [UNKNOWN] }],
    ["peer networks of another type fit", { vpnServiceId: "ipv6", peerCidrs: [4] }],
    ["an unknown peer group fits", { vpnServiceId: "ipv6", peerEpGroupId: UNKNOWN }],
    ["no subnet is local to a service without one", { vpnServiceId: "grouped", mtu: 1279 }],
    ["a subnet of the service itself is left to its own rules", { vpnServiceId: "moved" }],
    ["peer networks of another form fit", { vpnServiceId: "ipv6", peerCidrs: ["any"] }],
    ["endpoints of a cidr group are no subnets", { localEpGroupId: "peer", peerCidrs: ["::/0"] }],
  ])("%s", async (_title, inputs) => {
    expect(await find(inputs)).toEqual([]);
  });

  it("differ if the peer networks have another version than the local subnet", async () => {
    expect(await find({ vpnServiceId: "ipv6", peerCidrs: ["10.2.0.0/24"] })).toEqual([
      {
        severity: "failure",
        cause: "version of peerCidrs for VpnService ipv6",
        path: "peerCidrs",
        reason:
          "the networks of both ends must have the same IP version: the local subnet has IPv6.",
      },
    ]);
  });

  it("differ if one of the peer networks has another version", async () => {
    const peerCidrs = ["10.2.0.0/24", "2001:db8::/64"];
    expect(await find({ vpnServiceId: "legacy", peerCidrs })).toMatchObject([
      { path: "peerCidrs", reason: expect.stringMatching(/has IPv4\.$/) as string },
    ]);
  });

  it("differ if the groups have different versions", async () => {
    const inputs = { vpnServiceId: "grouped", localEpGroupId: "local", peerEpGroupId: "peer6" };
    expect(await find(inputs)).toMatchObject([
      { cause: "version of peerEpGroupId for VpnService grouped", path: "peerEpGroupId" },
    ]);
  });

  it("differ if the groups have different versions, although the service is unknown", async () => {
    const inputs = { vpnServiceId: UNKNOWN, localEpGroupId: "local", peerEpGroupId: "peer6" };
    expect((await find(inputs)).map(({ path }) => path)).toEqual(["peerEpGroupId"]);
  });

  it("differ within a local group for any peer", async () => {
    const inputs = { localEpGroupId: "mixed", peerEpGroupId: "peer" };
    expect(await find(inputs)).toEqual([
      {
        severity: "failure",
        cause: "versions localEpGroupId",
        path: "localEpGroupId",
        reason: "its subnets must be all IPv4 or all IPv6.",
      },
    ]);
  });

  it.each([
    ["while the service is unknown", { vpnServiceId: UNKNOWN }],
    ["if the service has no subnet", { vpnServiceId: "grouped" }],
  ])("require no request for a subnet %s", async (_what, inputs) => {
    const requests = await requestsOf(oneIpVersion, connection(inputs), CLOUD);
    expect(requests.filter((one) => one.includes("subnet"))).toEqual([]);
  });

  it("are not compared if the local subnet is missing", async () => {
    const inputs = { vpnServiceId: "ipv6", peerCidrs: ["10.2.0.0/24"] };
    expect(await find(inputs, { subnets: {} })).toEqual([]);
  });

  it.each([
    ["peerCidrs", { vpnServiceId: "ipv6" }],
    ["localEpGroupId", { vpnServiceId: "grouped", localEpGroupId: "local6" }],
  ])("are an open question at %s if the local subnet cannot be read", async (path, inputs) => {
    expect(
      await pathsOf(oneIpVersion, connection(inputs), { ...CLOUD, refused: ["subnets"] }),
    ).toEqual([`open ${path}`]);
  });

  it("require an MTU of 1280 at least for IPv6", async () => {
    expect(await find({ vpnServiceId: "ipv6", mtu: 1279 })).toEqual([
      {
        severity: "failure",
        cause: "mtu of IPv6",
        path: "mtu",
        reason: "must be at least 1280 for IPv6.",
      },
    ]);
  });

  it.each<[string, Values]>([
    ["1280 for IPv6", { vpnServiceId: "ipv6", mtu: 1280 }],
    ["1279 for IPv4", { vpnServiceId: "legacy", mtu: 1279 }],
    ["any string", { vpnServiceId: "ipv6", mtu: "1279" }],
    ["none", { vpnServiceId: "ipv6" }],
  ])("accept an MTU of %s", async (_what, inputs) => {
    expect(await find(inputs)).toEqual([]);
  });
});

describe("the subnets of a local group", () => {
  const find = (inputs: Values) =>
    findingsOf(oneIpVersion, connection({ peerEpGroupId: "peer", ...inputs }), CLOUD);

  it("on the router of the service have no finding", async () => {
    expect(await find({ vpnServiceId: "grouped", localEpGroupId: "local" })).toEqual([]);
  });

  it("apart from the router of the service are a failure at the group", async () => {
    expect(await find({ vpnServiceId: "grouped", localEpGroupId: "apart" })).toMatchObject([
      { cause: "subnet dmz not on router r1", path: "localEpGroupId" },
    ]);
  });

  it("are not compared with the router of an unknown service", async () => {
    const inputs = { vpnServiceId: UNKNOWN, localEpGroupId: "apart" };
    expect(await find(inputs)).toEqual([]);
    const requests = await requestsOf(oneIpVersion, connection(inputs), CLOUD);
    expect(requests.filter((one) => one.includes("router"))).toEqual([]);
  });
});

describe("the peer of a connection", () => {
  const cloudOf = (external: Values): CloudContent => ({
    objects: { VpnService: [{ id: "s1", ...external }] },
  });
  const find = (peerAddress: unknown, external: Values, vpnServiceId = "s1") =>
    findingsOf(peerIsReachable, connection({ peerAddress, vpnServiceId }), cloudOf(external));
  const V4 = { external_v4_ip: "203.0.113.10", external_v6_ip: null };
  const V6 = { external_v4_ip: null, external_v6_ip: "2001:db8::10" };

  it.each([
    ["2001:db8::7", V4, 6],
    ["198.51.100.7", V6, 4],
  ])("%s is not reachable from %j", async (address, external, version) => {
    expect(await find(address, external)).toEqual([
      {
        severity: "failure",
        cause: `no external IPv${version} s1`,
        path: "peerAddress",
        reason: `is an IPv${version} address, but the router of VpnService s1 has no external address of that version.`,
      },
    ]);
  });

  it.each<[unknown, Values]>([
    ["198.51.100.7", V4],
    ["2001:db8::7", V6],
    ["198.51.100.7", { ...V4, ...V6, external_v4_ip: "203.0.113.10" }],
  ])("%s is reachable from %j", async (address, external) => {
    expect(await find(address, external)).toEqual([]);
  });

  it.each<[string, unknown, Values]>([
    ["it is unknown", UNKNOWN, V4],
    ["it is absent", undefined, V4],
    ["it is a host name", "vpn.example.com", V4],
    ["the service shows no external address", "198.51.100.7", {}],
  ])("is not checked if %s", async (_what, address, external) => {
    expect(await find(address, external)).toEqual([]);
  });

  it("is not checked while the service is unknown", async () => {
    expect(await find("2001:db8::7", V4, UNKNOWN)).toEqual([]);
  });
});

describe("a connection whose VPN service is created by the same run", () => {
  const find = (rule: typeof oneIpVersion, service: Values, inputs: Values) => {
    const others = [declared("VpnService", { name: "new", routerId: "r1", ...service })];
    const one = declared("IpsecSiteConnection", { vpnServiceId: UNKNOWN, ...inputs }, { others });
    return pathsOf(rule, one, CLOUD);
  };

  it("needs endpoint groups if the service has no subnet", async () => {
    const inputs = { peerCidrs: ["10.2.0.0/24"] };
    expect(await find(endpointsFitService, {}, inputs)).toEqual(["failure peerCidrs"]);
  });

  it("needs peer networks if the service has a subnet", async () => {
    const inputs = { localEpGroupId: "local", peerEpGroupId: "peer" };
    expect(await find(endpointsFitService, { subnetId: "lan" }, inputs)).toEqual([
      "failure localEpGroupId",
    ]);
  });

  it("fits a service whose subnet is unknown", async () => {
    const groups = { localEpGroupId: "local", peerEpGroupId: "peer" };
    for (const inputs of [groups, { peerCidrs: ["10.2.0.0/24"] }]) {
      expect(await find(endpointsFitService, { subnetId: UNKNOWN }, inputs)).toEqual([]);
      expect(await find(oneIpVersion, { subnetId: UNKNOWN }, inputs)).toEqual([]);
    }
  });

  it("has the IP version of the service's subnet", async () => {
    const inputs = { peerCidrs: ["10.2.0.0/24"] };
    expect(await find(oneIpVersion, { subnetId: "lan6" }, inputs)).toEqual(["failure peerCidrs"]);
    expect(await find(oneIpVersion, { subnetId: "lan" }, inputs)).toEqual([]);
  });

  it("has a local group on the router of the service", async () => {
    const groups = { localEpGroupId: "apart", peerEpGroupId: "peer" };
    expect(await find(oneIpVersion, {}, groups)).toEqual(["failure localEpGroupId"]);
  });

  it("reaches any peer, since the address of the service is unknown", async () => {
    const inputs = { peerAddress: "2001:db8::1" };
    expect(await find(peerIsReachable, { subnetId: "lan" }, inputs)).toEqual([]);
  });
});
