import { simulatedCloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { connectionScenarios } from "../scenarios/connections";

describeWithEngine("an IpsecSiteConnection on the simulator", () => {
  connectionScenarios(simulatedCloud);
});
