import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { driftFieldScenarios } from "../../support/scenarios/driftFields";
import { driftNoiseScenarios } from "../../support/scenarios/driftNoise";

describeWithEngine("drift on a simulated K5", () => {
  // Each property of a service is changed on a separate service, all on one router.
  const cloud = () => simulatedCloud({ dialect: "k5", servicesPerRouter: Infinity });
  const stage = stageOn(cloud, { "vpnaas:dialect": "k5" });

  describe("fields", () => driftFieldScenarios(stage, "k5"));
  describe("noise", () => driftNoiseScenarios(stage, "k5"));
});
