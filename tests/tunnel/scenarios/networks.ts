import { createConnection, officeFor, officeText, partsOf } from "../lab/connect";
import { CELLAR, OFFICE, OFFICE_V6, type TunnelLab } from "../lab/lab";

const ALL = { sent: 3, received: 3 };

/** Tunnels with IPv6, with several networks, and with the end of their lifetime: they take minutes. */
export function networkScenarios(place: () => TunnelLab): void {
  let lab: TunnelLab;

  beforeAll(() => {
    lab = place();
  });
  afterEach(async () => {
    await lab.reset();
  });

  it.each(["v1", "v2"])(
    "IPv6 with IKE %s: a tunnel between addresses and networks of IPv6 passes packets",
    async (ike_version) => {
      const { secondRouterId, ipv6SubnetId } = lab.cloud.neutron.fixture;
      const id = await createConnection(lab, {
        ike: { ike_version },
        groups: { routerId: secondRouterId, local: [ipv6SubnetId], peer: [OFFICE_V6.network] },
        connection: () => ({
          peer_address: OFFICE_V6.address,
          peer_id: OFFICE_V6.address,
          mtu: 1280,
        }),
      });
      const text = await officeFor(lab.cloud, id);
      expect(text).toMatch(/remote_addrs = 2001:db8:ffff::/);
      await lab.configureOffice(text);
      await lab.cloud.untilStatus("ACTIVE");
      const { site } = lab.cloud;
      // Neutron gives the router the first address of the subnet.
      expect(await site.ping("2001:db8:40::", OFFICE_V6.machine)).toEqual(ALL);
    },
  );

  it("several networks with IKE v2: packets pass between each pair of them", async () => {
    const { routerId, subnetId, secondSubnetId } = lab.cloud.neutron.fixture;
    const id = await createConnection(lab, {
      groups: {
        routerId,
        local: [subnetId, secondSubnetId],
        peer: [OFFICE.network, CELLAR.network],
      },
    });
    await lab.configureOffice(await officeFor(lab.cloud, id));
    await lab.cloud.untilStatus("ACTIVE");
    for (const from of ["10.10.0.1", "10.20.0.1"]) {
      for (const to of [OFFICE.machine, CELLAR.machine]) {
        expect(await lab.cloud.site.ping(from, to)).toEqual(ALL);
      }
    }
  });

  it("another PFS group with IKE v2: packets pass until the first rekey, then the tunnel is DOWN", async () => {
    const id = await createConnection(lab, {
      ipsec: { lifetime: { units: "seconds", value: 60 } },
    });
    const parts = await partsOf(lab.cloud, id);
    await lab.configureOffice(officeText(parts, { ipsecPolicy: { pfs: "group5" } }));
    await lab.cloud.untilStatus("ACTIVE");
    expect(await lab.ping()).toEqual(ALL);
    await lab.cloud.untilStatus("DOWN", 90);
    expect(await lab.ping()).toEqual({ sent: 3, received: 0 });
  });
}
