import { liveCloud } from "../harness/cloud";
import { describeLive } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { familyScenarios } from "../scenarios/family";
import { fieldScenarios } from "../scenarios/fields";
import { replacementScenarios } from "../scenarios/replacements";

describeLive("the family on a live Neutron and Keystone", () => {
  const stage = stageOn(liveCloud);

  describe("changes that reach further", () => familyScenarios(stage));
  describe("fields", () => fieldScenarios(stage));
  describe("replacements", () => replacementScenarios(stage));
});
