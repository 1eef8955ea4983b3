import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { acceptanceScenarios } from "../../support/scenarios/acceptance";
import { adoptionScenarios } from "../../support/scenarios/adoption";
import { refusalScenarios } from "../../support/scenarios/refusals";

describeWithEngine("acceptance on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  acceptanceScenarios(stage);
  describe("adoption", () => adoptionScenarios(stage));
  describe("refusals", () => refusalScenarios(stage));
});
