import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { preflightScenarios } from "../../support/scenarios/preflight";

describeWithEngine("a change that the simulator would refuse", () => {
  preflightScenarios(stageOn(simulatedCloud));
});
