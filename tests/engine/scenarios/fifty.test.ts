import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { fiftyScenarios } from "../../support/scenarios/fifty";

describeWithEngine("a large stack on the simulator", () => {
  fiftyScenarios(stageOn(simulatedCloud));
});
