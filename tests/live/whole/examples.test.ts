import { api, login, type Api } from "../../support/harness/api";
import { liveCloud, loginOf } from "../../support/harness/cloud";
import { describeLive } from "../../support/harness/requires";
import { exampleScenarios } from "../../support/scenarios/examples";
import { twoEndsScenario } from "../../support/scenarios/twoEnds";

describeLive("the examples on a live Neutron and Keystone", () => {
  exampleScenarios(liveCloud);
});

describeLive("the example twoEnds between two projects of a live Neutron", () => {
  twoEndsScenario(async () => {
    const cloud = await liveCloud();
    const token = await login(cloud.identityUrl, "lab-other-user", "lab-other-pass", "lab-other");
    const other = api(cloud.endpoint, token);
    return {
      ends: [
        { ...cloud, login: loginOf(cloud), network: "10.10.0.0/24" },
        {
          fixture: await makeRouter(other),
          api: other,
          login: loginOf(cloud, "lab-other-user"),
          network: "10.40.0.0/24",
        },
      ],
      stop: () => cloud.stop(),
    };
  });
});

/** Creates a router in another project, with a gateway and the subnet 10.40.0.0/24. */
async function makeRouter(cloud: Api): Promise<{ routerId: string; subnetId: string }> {
  const [outside] = await cloud.list("/networks?router:external=true");
  const inside = await cloud.post("/networks", { network: { name: "west" } });
  const subnet = await cloud.post("/subnets", {
    subnet: { network_id: inside.id, ip_version: 4, cidr: "10.40.0.0/24" },
  });
  const router = await cloud.post("/routers", {
    router: { name: "west", external_gateway_info: { network_id: outside?.id } },
  });
  const attached = await cloud.send("PUT", `/routers/${router.id}/add_router_interface`, {
    subnet_id: subnet.id,
  });
  if (attached.status !== 200) throw new Error(JSON.stringify(attached.body));
  return { routerId: router.id, subnetId: subnet.id };
}
