import { simulatedCloud } from "../harness/cloud";
import { connectionStageOn } from "../harness/connections";
import { describeWithEngine } from "../harness/requires";
import { readyScenarios } from "../scenarios/ready";

describeWithEngine("a ConnectionsReady on the simulator", () => {
  readyScenarios(connectionStageOn(simulatedCloud));
});
