import { isWhole } from "../support/harness/campaigns";
import { describeTunnel } from "../support/harness/requires";
import { twoEndsScenario } from "../support/scenarios/twoEnds";
import { TunnelFigures } from "./causes/figures";
import { startTunnelLab, type TunnelLab } from "./lab/lab";
import { causeScenarios } from "./scenarios/causes";
import { connectionScenarios } from "./scenarios/connections";
import { guideScenarios } from "./scenarios/guides";
import { networkScenarios } from "./scenarios/networks";
import { twoClouds } from "./scenarios/twoClouds";

// One file, since the start of a cloud costs more than most tests.
describeTunnel("real tunnels of strongSwan", () => {
  let lab: TunnelLab;
  const figures = new TunnelFigures();

  beforeAll(async () => {
    lab = await startTunnelLab();
  });
  afterAll(async () => {
    figures.renew();
    await lab.stop();
  });

  describe("the guides, followed word by word", () => guideScenarios(() => lab, figures));
  describe("a connection of the API", () => connectionScenarios(() => lab));
  describe("a tunnel with a cause", () => causeScenarios(() => lab, figures));
  if (isWhole("TUNNEL")) describe("networks", () => networkScenarios(() => lab));
  describe("the example twoEnds", () => twoEndsScenario(() => twoClouds(lab)));
});
