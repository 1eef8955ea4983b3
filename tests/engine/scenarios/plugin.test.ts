import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { preflightScenarios } from "../../support/scenarios/preflight";

// `npm run test:scenarios` runs all scenarios through the plugin.
describeWithEngine("a change through the plugin that the simulator would refuse", () => {
  preflightScenarios(stageOn(simulatedCloud, {}, "plugin"));
});
