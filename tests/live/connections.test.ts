import { liveCloud } from "../harness/cloud";
import { describeLive } from "../harness/requires";
import { connectionScenarios } from "../scenarios/connections";

describeLive("an IpsecSiteConnection on a live Neutron and Keystone", () => {
  connectionScenarios(liveCloud);
});
