import { startSimulator } from "../../simulator";
import { sendAll } from "../support/differential/campaign";
import { compare } from "../support/differential/comparison";
import { isCaseResult } from "../support/differential/requests";
import { seed } from "../unit/support/seed";

it("the simulator and the check agree on every body except the deliberate differences", async () => {
  const simulator = await startSimulator({ pendingMs: 0 });
  try {
    const results = await sendAll(simulator, 1_000, seed);
    const { totals, unexplained } = compare(results.filter(isCaseResult));
    process.stdout.write(`${totals}; VPNAAS_SEED=${seed}\n`);
    expect(unexplained).toEqual([]);
  } finally {
    await simulator.stop();
  }
}, 120_000);
