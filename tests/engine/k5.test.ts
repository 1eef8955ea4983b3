import { simulatedCloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { stageOn } from "../harness/stage";
import { k5Scenarios } from "../scenarios/k5";

describeWithEngine("the family on a simulated K5", () => {
  k5Scenarios(stageOn(() => simulatedCloud({ dialect: "k5" }), { "vpnaas:dialect": "k5" }));
});
