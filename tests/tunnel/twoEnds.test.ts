import { describeTunnel } from "../support/harness/requires";
import { twoEndsScenario, type End } from "../support/scenarios/twoEnds";
import { TunnelCloud } from "./lab/lab";
import { Site } from "./lab/site";

/** The gateways of both subnets, which answer pings. */
const HOSTS = ["10.10.0.1", "10.40.0.1"] as const;

describeTunnel("the example twoEnds between two clouds with real tunnels", () => {
  twoEndsScenario(async () => {
    const [east, west] = await Promise.all([TunnelCloud.start(), TunnelCloud.start()]);
    await Site.connect(east.site, west.site);
    const { routerId, subnetId, secondRouterId, thirdSubnetId } = east.neutron.fixture;
    return {
      ends: [
        endAt(east, { routerId, subnetId }, "10.10.0.0/24"),
        endAt(west, { routerId: secondRouterId, subnetId: thirdSubnetId }, "10.40.0.0/24"),
      ],
      whileUp: async () => {
        const [one, other] = HOSTS;
        const all = { sent: 3, received: 3 };
        expect(await east.site.ping(one, other)).toEqual(all);
        expect(await west.site.ping(other, one)).toEqual(all);
      },
      stop: async () => {
        await east.stop();
        await west.stop();
      },
    };
  });
});

function endAt({ api, login }: TunnelCloud, fixture: End["fixture"], network: string): End {
  return { api, login, fixture, network };
}
