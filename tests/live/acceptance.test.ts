import { liveCloud } from "../support/harness/cloud";
import { describeLive } from "../support/harness/requires";
import { stageOn } from "../support/harness/stage";
import { acceptanceScenarios } from "../support/scenarios/acceptance";
import { adoptionScenarios } from "../support/scenarios/adoption";
import { ipv6Scenarios } from "../support/scenarios/ipv6";
import { keystoneLoginScenarios } from "../support/scenarios/keystoneLogins";
import { preflightScenarios } from "../support/scenarios/preflight";
import { refusalScenarios } from "../support/scenarios/refusals";

describeLive("acceptance on a live Neutron and Keystone", () => {
  const stage = stageOn(liveCloud);

  acceptanceScenarios(stage);
  describe("adoption", () => adoptionScenarios(stage));
  describe("refusals", () => refusalScenarios(stage));
  describe("IPv6", () => ipv6Scenarios(stage));
  describe("a change that the cloud would refuse", () => preflightScenarios(stage));
  describe("logins", () => keystoneLoginScenarios(stage));
});
