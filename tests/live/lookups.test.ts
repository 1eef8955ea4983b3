import { liveCloud } from "../harness/cloud";
import { describeLive } from "../harness/requires";
import { lookupScenarios } from "../scenarios/lookups";

describeLive("lookups on a live Neutron and Keystone", () => {
  lookupScenarios(liveCloud);
});
