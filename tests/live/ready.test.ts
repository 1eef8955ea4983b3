import { liveCloud } from "../harness/cloud";
import { connectionStageOn } from "../harness/connections";
import { describeLive } from "../harness/requires";
import { readyScenarios } from "../scenarios/ready";

describeLive("a ConnectionsReady on a live Neutron and Keystone", () => {
  readyScenarios(connectionStageOn(liveCloud));
});
