import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { oneObjectScenarios } from "../../support/scenarios/oneObject";

describeWithEngine("owners of an object on the simulator", () => {
  oneObjectScenarios(stageOn(simulatedCloud));
});
