import { liveCloud } from "../../support/harness/cloud";
import { describeLive } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { fiftyScenarios } from "../../support/scenarios/fifty";

describeLive("a large stack on a live Neutron and Keystone", () => {
  fiftyScenarios(stageOn(liveCloud));
});
