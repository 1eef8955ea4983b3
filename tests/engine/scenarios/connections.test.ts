import { simulatedCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeWithEngine } from "../../support/harness/requires";
import {
  connectionChangeScenarios,
  connectionScenarios,
} from "../../support/scenarios/connections";
import { loginScenarios } from "../../support/scenarios/logins";

describeWithEngine("an IpsecSiteConnection on the simulator", () => {
  const stage = connectionStageOn(simulatedCloud);

  describe("lifecycle", () => connectionScenarios(stage));
  describe("changes", () => connectionChangeScenarios(stage));
  describe("logins", () => loginScenarios(stage));
});
