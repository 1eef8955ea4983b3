import { liveCloud } from "../support/harness/cloud";
import { describeLive } from "../support/harness/requires";
import { stageOn } from "../support/harness/stage";
import { preflightScenarios } from "../support/scenarios/preflight";

describeLive("a change that a live Neutron would refuse", () => {
  preflightScenarios(stageOn(liveCloud));
});
