import { liveCloud } from "../../support/harness/cloud";
import { describeLive } from "../../support/harness/requires";
import { lookupScenarios } from "../../support/scenarios/lookups";

describeLive("lookups on a live Neutron and Keystone", () => {
  lookupScenarios(liveCloud);
});
