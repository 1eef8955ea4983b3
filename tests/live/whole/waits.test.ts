import { liveCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeLive } from "../../support/harness/requires";
import { waitingScenarios } from "../../support/scenarios/waits";

describeLive("waiting on a live Neutron and Keystone", () => {
  waitingScenarios(connectionStageOn(liveCloud));
});
