import { loginOf, simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { exampleScenarios } from "../../support/scenarios/examples";
import { twoEndsScenario } from "../../support/scenarios/twoEnds";

describeWithEngine("the examples on the simulator", () => {
  exampleScenarios(simulatedCloud);
});

describeWithEngine("the example twoEnds on two simulators", () => {
  twoEndsScenario(async () => {
    const ends = await Promise.all([simulatedCloud(), simulatedCloud()]);
    return {
      ends: ends.map((cloud) => ({ ...cloud, login: loginOf(cloud), network: "10.10.0.0/24" })),
      stop: async () => {
        await Promise.all(ends.map((cloud) => cloud.stop()));
      },
    };
  });
});
