import { liveCloud } from "../../support/harness/cloud";
import { describeLive } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { familyScenarios } from "../../support/scenarios/family";
import { fieldScenarios } from "../../support/scenarios/fields";
import { replacementScenarios } from "../../support/scenarios/replacements";

describeLive("all kinds on a live Neutron and Keystone", () => {
  const stage = stageOn(liveCloud);

  describe("changes across kinds", () => familyScenarios(stage));
  describe("fields", () => fieldScenarios(stage));
  describe("replacements", () => replacementScenarios(stage));
});
