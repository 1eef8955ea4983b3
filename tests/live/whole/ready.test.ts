import { liveCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeLive } from "../../support/harness/requires";
import { readyScenarios } from "../../support/scenarios/ready";

describeLive("ConnectionsReady on a live Neutron and Keystone", () => {
  readyScenarios(connectionStageOn(liveCloud));
});
