import { isWhole } from "../../support/harness/campaigns";
import { CrashStage } from "../../support/harness/crashes";
import { killAt, momentOf } from "../../support/harness/killedAt";
import { describeWithEngine } from "../../support/harness/requires";
import type { Program } from "../../support/harness/resources";

const TWENTY = Array.from({ length: 20 }, (_, i) => `site${i}`);

/** The number of lifecycles of the connections; a run is killed in every part of each. */
const LIFECYCLES = isWhole("CRASHES") ? 10 : 1;

const SEED = process.env["VPNAAS_SEED"] ?? "20261128";

/** The parts of a lifecycle, with the minimal number of requests for VPN objects in each. */
const PARTS = [
  { title: "created", description: "", requests: 24, makes: TWENTY },
  { title: "updated", description: "new", requests: 24, makes: [] },
  { title: "deleted", description: undefined, requests: 40, makes: [] },
];

const MOMENTS = Array.from({ length: LIFECYCLES }, (_, lifecycle) =>
  PARTS.map((part) => ({
    ...part,
    at: momentOf(`${SEED} ${part.title} ${lifecycle}`, part.requests),
  })),
).flat();

describeWithEngine(`twenty connections that share their lists (seed ${SEED})`, () => {
  let stage: CrashStage;

  beforeAll(async () => {
    stage = await CrashStage.open();
    Object.assign(stage.sim.behavior, { pendingOnUpdate: true, latencyMs: 30 });
  });

  afterAll(() => stage.close());

  function declare(description: string | undefined): void {
    const common = {
      ...stage.cloud.parents,
      peerAddress: "203.0.113.77",
      peerCidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
      description,
    };
    const each = (description === undefined ? [] : TWENTY).map((name, i) => [
      name,
      { kind: "IpsecSiteConnection", args: { ...common, peerId: `203.0.113.${i}` } },
    ]);
    stage.program.write(Object.fromEntries(each) as Program);
  }

  it.each(MOMENTS)(
    "are complete after the next up when $at.victims got SIGKILL at request $at.change while they were $title",
    async ({ description, at, makes }) => {
      declare(description);
      const begin = stage.sim.requests.length;

      await killAt(stage, "up", at, () => true);
      await stage.goOn({ isLocked: true });

      const inCloud = await stage.inCloud("IpsecSiteConnection");
      expect(inCloud).toEqual(stage.inState());
      expect(inCloud.map(([name]) => name)).toEqual(
        description === undefined ? [] : [...TWENTY].sort(),
      );
      expect(stage.madeSince(begin)).toEqual(Object.fromEntries(makes.map((one) => [one, 1])));
      const [state, live] = await stage.program.stateAndCloud();
      expect(state).toEqual(live);
    },
  );
});
