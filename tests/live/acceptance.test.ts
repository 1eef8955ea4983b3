import { liveCloud } from "../harness/cloud";
import { describeLive } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { acceptanceScenarios } from "../scenarios/acceptance";
import { adoptionScenarios } from "../scenarios/adoption";
import { ipv6Scenarios } from "../scenarios/ipv6";
import { refusalScenarios } from "../scenarios/refusals";

describeLive("acceptance on a live Neutron and Keystone", () => {
  const stage = stageOn(liveCloud);

  acceptanceScenarios(stage);
  describe("adoption", () => adoptionScenarios(stage));
  describe("what is refused", () => refusalScenarios(stage));
  describe("IPv6", () => ipv6Scenarios(stage));
});
