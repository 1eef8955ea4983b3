import { renewFigures } from "../../scripts/figures";
import { isWhole } from "../support/harness/campaigns";
import { describeWithEngine } from "../support/harness/requires";
import { Campaign, type Run } from "../support/preview/campaign";
import { judged } from "../support/preview/explanations";
import { reportOf, totalsOf, unexplained } from "../support/preview/report";

const SEED = process.env["VPNAAS_SEED"] ?? "20261129";

/** Each stack has a number of runs, and each run a transition of every site. */
const { stacks, runs, sites } = isWhole("PREVIEW")
  ? { stacks: [0, 1], runs: 26, sites: 10 }
  : { stacks: [0], runs: 3, sites: 7 };

const done: Run[] = [];

afterAll(() => {
  if (done.length === 0) return;
  process.stdout.write(`${totalsOf(done)}\n`);
  if (isWhole("PREVIEW") && process.env["VPNAAS_PREVIEW_MARKDOWN"] === "1") {
    renewFigures("evidence/preview", reportOf(done, SEED));
  }
});

describeWithEngine(`previews of ${sites} changing programs (seed ${SEED})`, () => {
  describe.each(stacks)("in stack %i", (stack) => {
    let campaign: Campaign;

    beforeAll(async () => {
      campaign = await Campaign.open(`${SEED} ${stack}`, sites);
    });

    afterAll(() => campaign.close());

    it.each(Array.from({ length: runs }, (_, number) => number))(
      "announce the steps and requests of the up that follows, in run %i",
      async (number) => {
        const run = await campaign.run(number);
        done.push(run);
        expect(unexplained(judged(run))).toEqual([]);
      },
    );
  });
});
