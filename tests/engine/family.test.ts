import { simulatedCloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { stageOn } from "../support/harness/stage";
import { familyScenarios } from "../support/scenarios/family";
import { fieldScenarios } from "../support/scenarios/fields";
import { replacementScenarios } from "../support/scenarios/replacements";

describeWithEngine("the family on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("changes that reach further", () => familyScenarios(stage));
  describe("fields", () => fieldScenarios(stage));
  describe("replacements", () => replacementScenarios(stage));
});
