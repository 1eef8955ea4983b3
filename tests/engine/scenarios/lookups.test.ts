import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { lookupScenarios } from "../../support/scenarios/lookups";

describeWithEngine("lookups on the simulator", () => {
  lookupScenarios(simulatedCloud);
});
