import { simulatedCloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { stageOn } from "../support/harness/stage";
import { renameScenarios } from "../support/scenarios/renames";

describeWithEngine("renames on the simulator", () => {
  renameScenarios(stageOn(simulatedCloud));
});
