import { liveCloud } from "../harness/cloud";
import { describeLive } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { driftFieldScenarios } from "../scenarios/driftFields";
import { driftLargeScenarios } from "../scenarios/driftLarge";
import { driftNoiseScenarios } from "../scenarios/driftNoise";

describeLive("drift on a live Neutron and Keystone", () => {
  const stage = stageOn(liveCloud);

  describe("fields", () => driftFieldScenarios(stage, "neutron"));
  describe("noise", () => driftNoiseScenarios(stage, "neutron"));
  describe("a large stack", () => driftLargeScenarios(stage, 200));
});
