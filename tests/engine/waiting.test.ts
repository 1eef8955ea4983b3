import { simulatedCloud } from "../harness/cloud";
import { connectionStageOn } from "../harness/connections";
import { describeWithEngine } from "../harness/requires";
import { waitingScenarios } from "../scenarios/waiting";

describeWithEngine("waiting on the simulator", () => {
  waitingScenarios(connectionStageOn(simulatedCloud));
});
