import { KINDS } from "../../support/harness/kinds";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { Scene } from "../scene";

const ABSENT = "00000000-0000-4000-8000-000000000000";

let scene: Scene;
let provider: ProviderProcess;
/** VPN services: with a subnet of IPv6, and without a subnet on the first router. */
let ipv6: string;
let bare: string;

async function service(router_id: string, subnet_id?: string): Promise<string> {
  const body = { vpnservice: { name: "service", router_id, subnet_id } };
  return (await scene.cloud.post(KINDS.VpnService.path, body)).id;
}

async function group(type: string, endpoints: readonly string[]): Promise<string> {
  const body = { endpoint_group: { name: "group", type, endpoints } };
  return (await scene.cloud.post(KINDS.EndpointGroup.path, body)).id;
}

const onService = (changes: Properties) =>
  provider.as("VpnService").check(scene.of("VpnService").args(changes));

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0, servicesPerRouter: Infinity });
  provider = await scene.start();
  const { routerId, secondRouterId, ipv6SubnetId } = scene.sim.fixture;
  ipv6 = await service(secondRouterId, ipv6SubnetId);
  bare = await service(routerId);
});

afterAll(() => scene.close());

describe("a preview of a VPN service", () => {
  it("without a mistake reports no failure", async () => {
    expect((await onService({})).failures).toEqual([]);
  });

  it.each([
    ["routerId", "router"],
    ["subnetId", "subnet"],
  ])("fails for a %s without a %s", async (path, what) => {
    const { failures } = await onService({ [path]: ABSENT });
    expect(failures).toEqual([
      expect.stringMatching(
        new RegExp(`^${path}: http.* has no ${what} ${ABSENT} that this login`),
      ),
    ]);
  });

  it("fails for a subnet of another project, which the login cannot see", async () => {
    const { failures } = await onService({ subnetId: scene.sim.fixture.foreignSubnetId });
    expect(failures).toEqual([expect.stringMatching(/^subnetId: http.* has no subnet /)]);
  });

  it("fails for a subnet that is not attached to the router, with the command that attaches it", async () => {
    const { routerId, thirdSubnetId } = scene.sim.fixture;
    const { failures } = await onService({ subnetId: thirdSubnetId });
    expect(failures).toEqual([
      expect.stringContaining(`\`openstack router add subnet ${routerId} ${thirdSubnetId}\``),
    ]);
  });

  it("fails for a router without an external gateway", async () => {
    const { closedRouterId: routerId, closedSubnetId: subnetId } = scene.sim.fixture;
    const { failures } = await onService({ routerId, subnetId });
    expect(failures).toEqual([
      expect.stringMatching(/^routerId: router .* has no external gateway/),
    ]);
  });
});

describe("a preview of a connection", () => {
  it("fails for endpoint groups beside a service with a subnet", async () => {
    const localEpGroupId = await group("subnet", [scene.sim.fixture.thirdSubnetId]);
    const peerEpGroupId = await group("cidr", ["10.5.0.0/24"]);
    const groups = { localEpGroupId, peerEpGroupId, peerCidrs: null };
    const { failures } = await provider.check(scene.args(groups));
    expect(failures).toEqual([
      expect.stringMatching(/^localEpGroupId: VpnService .* has a subnet/),
    ]);
  });

  it("fails for peer networks of a service without a subnet", async () => {
    const { failures } = await provider.check(scene.args({ vpnServiceId: bare }));
    expect(failures).toEqual([expect.stringMatching(/^peerCidrs: VpnService .* has no subnet/)]);
  });

  it("fails for endpoint groups of the wrong types", async () => {
    const localEpGroupId = await group("cidr", ["10.5.0.0/24"]);
    const peerEpGroupId = await group("subnet", [scene.sim.fixture.subnetId]);
    const groups = { localEpGroupId, peerEpGroupId, peerCidrs: null };
    const { failures } = await provider.check(scene.args({ vpnServiceId: bare, ...groups }));
    expect(failures).toEqual([
      expect.stringMatching(
        /^localEpGroupId: .* has the type cidr, and .* requires the type subnet/,
      ),
      expect.stringMatching(
        /^peerEpGroupId: .* has the type subnet, and .* requires the type cidr/,
      ),
    ]);
  });

  it("fails for a local group with a subnet of another router", async () => {
    const localEpGroupId = await group("subnet", [scene.sim.fixture.closedSubnetId]);
    const peerEpGroupId = await group("cidr", ["10.5.0.0/24"]);
    const groups = { localEpGroupId, peerEpGroupId, peerCidrs: null };
    const { failures } = await provider.check(scene.args({ vpnServiceId: bare, ...groups }));
    expect(failures).toEqual([
      expect.stringMatching(/^localEpGroupId: subnet .* is not attached to router /),
    ]);
  });

  it("fails for peer networks of another IP version than the local subnet", async () => {
    const { failures } = await provider.check(scene.args({ vpnServiceId: ipv6 }));
    expect(failures).toEqual([
      "peerCidrs: the networks of both ends must have the same IP version: the local subnet has IPv6.",
    ]);
  });

  it("fails for a peer of an IP version that the router's gateway lacks", async () => {
    const { vpnServiceId } = scene.parents;
    const shown = await scene.of("VpnService").live(vpnServiceId);
    const vpnservices = [{ ...shown, external_v6_ip: null }];
    const onlyIpv4 = {
      method: "GET",
      path: /\/vpnservices/,
      answer: { status: 200, body: { vpnservices } },
    };
    const other = await scene.start();
    const { failures } = await scene.during(onlyIpv4, () =>
      other.check(scene.args({ peerAddress: "2001:db8::7" })),
    );
    expect(failures).toEqual([
      `peerAddress: is an IPv6 address, but the router of VpnService ${vpnServiceId} has no external address of that version.`,
    ]);
  });

  it("fails for an MTU below 1280 on an IPv6 subnet", async () => {
    const peerCidrs = ["2001:db8:50::/64"];
    const { failures } = await provider.check(
      scene.args({ vpnServiceId: ipv6, peerCidrs: [...peerCidrs], mtu: 1279 }),
    );
    expect(failures).toEqual([expect.stringMatching(/^mtu: must be at least 1280 for IPv6/)]);
  });
});
