import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { driftPlanScenarios } from "../../support/scenarios/driftPlan";
import { ignoreChangesScenarios } from "../../support/scenarios/ignoreChanges";

describeWithEngine("drift on the simulator", () => {
  const stage = stageOn(simulatedCloud);

  describe("plans", () => driftPlanScenarios(stage));
  describe("ignoreChanges", () => ignoreChangesScenarios(stage));
});
