import { describeTunnel } from "../support/harness/requires";
import { twoEndsScenario } from "../support/scenarios/twoEnds";
import { startTunnelLab, type TunnelLab } from "./lab/lab";
import { connectionScenarios } from "./scenarios/connections";
import { guideScenarios } from "./scenarios/guides";
import { twoClouds } from "./scenarios/twoClouds";

// One file, since the start of a cloud costs more than most tests.
describeTunnel("real tunnels of strongSwan", () => {
  let lab: TunnelLab;

  beforeAll(async () => {
    lab = await startTunnelLab();
  });
  afterAll(async () => {
    await lab.stop();
  });

  describe("the guides, followed word by word", () => guideScenarios(() => lab));
  describe("a connection of the API", () => connectionScenarios(() => lab));
  describe("the example twoEnds", () => twoEndsScenario(() => twoClouds(lab)));
});
