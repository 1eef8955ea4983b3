import type { End, EndClouds } from "../../support/scenarios/twoEnds";
import { TunnelCloud, type TunnelLab } from "../lab/lab";

/** The gateways of both subnets, which answer pings. */
const HOSTS = ["10.10.0.1", "10.40.0.1"] as const;

/** The cloud of a lab and a second one in place of the office. Both have the same objects, so each end has another router. */
export async function twoClouds({ cloud, office }: TunnelLab): Promise<EndClouds> {
  const west = await TunnelCloud.start(office);
  const { routerId, subnetId, secondRouterId, thirdSubnetId } = cloud.neutron.fixture;
  return {
    ends: [
      endAt(cloud, { routerId, subnetId }, "10.10.0.0/24"),
      endAt(west, { routerId: secondRouterId, subnetId: thirdSubnetId }, "10.40.0.0/24"),
    ],
    whileUp: async () => {
      const [one, other] = HOSTS;
      const all = { sent: 3, received: 3 };
      expect(await cloud.site.ping(one, other)).toEqual(all);
      expect(await office.ping(other, one)).toEqual(all);
    },
    stop: () => west.neutron.stop(),
  };
}

function endAt({ api, login }: TunnelCloud, fixture: End["fixture"], network: string): End {
  return { api, login, fixture, network };
}
