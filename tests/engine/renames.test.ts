import { simulatedCloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { oneObjectScenarios } from "../scenarios/oneObject";
import { renameScenarios } from "../scenarios/renames";

describeWithEngine("names and owners on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("what is called differently", () => renameScenarios(stage));
  describe("one object of two resources", () => oneObjectScenarios(stage));
});
