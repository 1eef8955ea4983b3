import { simulatedCloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { stageOn } from "../support/harness/stage";
import { oneObjectScenarios } from "../support/scenarios/oneObject";
import { renameScenarios } from "../support/scenarios/renames";

describeWithEngine("names and owners on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("renames", () => renameScenarios(stage));
  describe("one object of two resources", () => oneObjectScenarios(stage));
});
