import { simulatedCloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { familyScenarios } from "../scenarios/family";
import { fieldScenarios } from "../scenarios/fields";
import { replacementScenarios } from "../scenarios/replacements";

describeWithEngine("the family on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("changes that reach further", () => familyScenarios(stage));
  describe("fields", () => fieldScenarios(stage));
  describe("replacements", () => replacementScenarios(stage));
});
