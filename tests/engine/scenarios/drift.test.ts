import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { driftFieldScenarios } from "../../support/scenarios/driftFields";
import { driftLargeScenarios } from "../../support/scenarios/driftLarge";
import { driftNoiseScenarios } from "../../support/scenarios/driftNoise";

describeWithEngine("drift on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("fields", () => driftFieldScenarios(stage, "neutron"));
  describe("noise", () => driftNoiseScenarios(stage, "neutron"));
  describe("a large stack", () => driftLargeScenarios(stage, 40));
});
