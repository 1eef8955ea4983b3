import { simulatedCloud } from "../harness/cloud";
import { connectionStageOn } from "../harness/connections";
import { describeWithEngine } from "../harness/requires";
import { connectionScenarios } from "../scenarios/connections";
import { loginScenarios } from "../scenarios/logins";

describeWithEngine("an IpsecSiteConnection on the simulator", () => {
  const stage = connectionStageOn(simulatedCloud);

  connectionScenarios(stage);
  describe("logins", () => loginScenarios(stage));
});
