import { startSimulator } from "../../simulator";
import { sendAll, type CaseResults } from "../support/differential/campaign";
import { compare, disagreements, type Comparison } from "../support/differential/comparison";
import { isCaseResult } from "../support/differential/requests";
import { isWhole } from "../support/harness/campaigns";
import { startNeutron } from "../support/harness/neutron";
import { describeLive } from "../support/harness/requires";
import { seed } from "../unit/support/seed";

/** 120 bodies in every run of the tests; VPNAAS_DIFFERENTIAL=whole sends 6,200. */
const TOTAL = isWhole("DIFFERENTIAL") ? 6_200 : 120;
const MINUTES = 60_000;

describeLive("request bodies on a live Neutron", () => {
  let live: CaseResults;
  let simulated: CaseResults;
  let comparison: Comparison;

  beforeAll(async () => {
    const [neutron, simulator] = await Promise.all([
      startNeutron({ pendingSeconds: 0.02 }),
      startSimulator({ pendingMs: 0 }),
    ]);
    try {
      simulated = await sendAll(simulator, TOTAL, seed);
      live = await sendAll(neutron, TOTAL, seed);
    } finally {
      await Promise.all([neutron.stop(), simulator.stop()]);
    }
    comparison = compare(live.filter(isCaseResult));
  }, 60 * MINUTES);

  afterAll(() => {
    process.stdout.write(`${comparison.totals}; VPNAAS_SEED=${seed}\n`);
  });

  it("the check and the live Neutron agree on every body except the deliberate differences", () => {
    expect(comparison.unexplained).toEqual([]);
  });

  it("the campaign has many accepted and many refused bodies", () => {
    const sent = live.filter(isCaseResult);
    expect(sent.length).toBeGreaterThan(TOTAL * 0.95);
    expect(comparison.accepted).toBeGreaterThan(TOTAL / 5);
    expect(comparison.refused).toBeGreaterThan(TOTAL / 5);
  });

  it("the simulator and the live Neutron give each body the same verdict", () => {
    expect(disagreements(live, simulated)).toEqual([]);
  });
});
