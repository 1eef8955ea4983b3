import { liveCloud } from "../../support/harness/cloud";
import { describeLive } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { driftFieldScenarios } from "../../support/scenarios/driftFields";
import { driftLargeScenarios } from "../../support/scenarios/driftLarge";
import { driftNoiseScenarios } from "../../support/scenarios/driftNoise";

describeLive("drift on a live Neutron and Keystone", () => {
  const stage = stageOn(liveCloud);

  describe("fields", () => driftFieldScenarios(stage, "neutron"));
  describe("noise", () => driftNoiseScenarios(stage, "neutron"));
  describe("a large stack", () => driftLargeScenarios(stage, 60));
});
