import { simulatedCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeWithEngine } from "../../support/harness/requires";
import { waitingScenarios } from "../../support/scenarios/waits";

describeWithEngine("waiting on the simulator", () => {
  waitingScenarios(connectionStageOn(simulatedCloud));
});
