import { simulatedCloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { acceptanceScenarios } from "../scenarios/acceptance";
import { adoptionScenarios } from "../scenarios/adoption";
import { refusalScenarios } from "../scenarios/refusals";

describeWithEngine("acceptance on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  acceptanceScenarios(stage);
  describe("adoption", () => adoptionScenarios(stage));
  describe("what is refused", () => refusalScenarios(stage));
});
