import { simulatedCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeWithEngine } from "../../support/harness/requires";
import { connectionScenarios } from "../../support/scenarios/connections";
import { loginScenarios } from "../../support/scenarios/logins";

describeWithEngine("an IpsecSiteConnection on the simulator", () => {
  const stage = connectionStageOn(simulatedCloud);

  connectionScenarios(stage);
  describe("logins", () => loginScenarios(stage));
});
