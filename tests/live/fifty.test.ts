import { liveCloud } from "../harness/cloud";
import { describeLive } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { fiftyScenarios } from "../scenarios/fifty";

describeLive("a large stack on a live Neutron and Keystone", () => {
  fiftyScenarios(stageOn(liveCloud));
});
