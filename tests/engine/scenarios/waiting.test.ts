import { simulatedCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeWithEngine } from "../../support/harness/requires";
import { waitingScenarios } from "../../support/scenarios/waiting";

describeWithEngine("waiting on the simulator", () => {
  waitingScenarios(connectionStageOn(simulatedCloud));
});
