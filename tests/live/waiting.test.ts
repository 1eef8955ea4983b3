import { liveCloud } from "../harness/cloud";
import { connectionStageOn } from "../harness/connections";
import { describeLive } from "../harness/requires";
import { waitingScenarios } from "../scenarios/waiting";

describeLive("waiting on a live Neutron and Keystone", () => {
  waitingScenarios(connectionStageOn(liveCloud));
});
