import { simulatedCloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { stageOn } from "../../support/harness/stage";
import { k5Scenarios } from "../../support/scenarios/k5";

describeWithEngine("all kinds on a simulated K5", () => {
  k5Scenarios(stageOn(() => simulatedCloud({ dialect: "k5" }), { "vpnaas:dialect": "k5" }));
});
