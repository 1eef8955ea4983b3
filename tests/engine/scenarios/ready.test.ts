import { simulatedCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeWithEngine } from "../../support/harness/requires";
import { readyScenarios } from "../../support/scenarios/ready";

describeWithEngine("a ConnectionsReady on the simulator", () => {
  readyScenarios(connectionStageOn(simulatedCloud));
});
