import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { familyScenarios } from "../../support/scenarios/family";
import { replacementScenarios } from "../../support/scenarios/replacements";

describeWithEngine("all kinds on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("changes across kinds", () => familyScenarios(stage));
  describe("replacements", () => replacementScenarios(stage));
});
