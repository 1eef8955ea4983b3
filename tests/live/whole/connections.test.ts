import { liveCloud } from "../../support/harness/cloud";
import { connectionStageOn } from "../../support/harness/connections";
import { describeLive } from "../../support/harness/requires";
import {
  connectionChangeScenarios,
  connectionScenarios,
} from "../../support/scenarios/connections";
import { loginScenarios } from "../../support/scenarios/logins";

describeLive("an IpsecSiteConnection on a live Neutron and Keystone", () => {
  const stage = connectionStageOn(liveCloud);

  describe("lifecycle", () => connectionScenarios(stage));
  describe("changes", () => connectionChangeScenarios(stage));
  describe("logins", () => loginScenarios(stage));
});
