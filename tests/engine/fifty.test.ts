import { simulatedCloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { fiftyScenarios } from "../scenarios/fifty";

describeWithEngine("a large stack on the simulator", () => {
  fiftyScenarios(stageOn(simulatedCloud));
});
