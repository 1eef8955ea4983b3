import { liveCloud } from "../harness/cloud";
import { connectionStageOn } from "../harness/connections";
import { describeLive } from "../harness/requires";
import { connectionScenarios } from "../scenarios/connections";
import { loginScenarios } from "../scenarios/logins";

describeLive("an IpsecSiteConnection on a live Neutron and Keystone", () => {
  const stage = connectionStageOn(liveCloud);

  connectionScenarios(stage);
  describe("logins", () => loginScenarios(stage));
});
