import { isWhole } from "../../support/harness/campaigns";
import { CrashStage } from "../../support/harness/crashes";
import { until } from "../../support/harness/until";
import type { Args } from "../../support/harness/kinds";
import { describeWithEngine } from "../../support/harness/requires";

/** `npm test` tries each signal once. */
const ONCE = isWhole("CRASHES") ? (["SIGINT", "SIGTERM"] as const) : (["SIGTERM"] as const);
const TWICE = isWhole("CRASHES") ? (["SIGINT", "SIGTERM"] as const) : (["SIGINT"] as const);

describeWithEngine("an up that creates a connection", () => {
  let stage: CrashStage;

  beforeEach(async () => {
    stage = await CrashStage.open();
  });

  afterEach(() => stage.close());

  function declare(args: Args): void {
    const { cloud, program } = stage;
    const peer = { peerAddress: "203.0.113.77", peerId: "203.0.113.77" };
    const rest = { peerCidrs: ["10.2.0.0/24"], psk: "canary-psk", ...args };
    program.write({
      office: { kind: "IpsecSiteConnection", args: { ...cloud.parents, ...peer, ...rest } },
    });
  }

  /** Begins the run, and returns when the connection exists and its wait has begun. */
  async function begin(args: Args) {
    const { program, sim } = stage;
    declare(args);
    const run = program.stack.begin("up");
    const isWaitedFor = () =>
      sim.requests.some(({ path }) => /\/ipsec-site-connections\/./.test(path));
    await until("the wait for the connection", isWaitedFor);
    return run;
  }

  const inCloud = () => stage.cloud.api.list("/vpn/ipsec-site-connections");

  it.each(ONCE)("finishes its wait after one %s and records the connection", async (signal) => {
    const run = await begin({ description: "[pending 2s]" });
    run.kill(signal);
    const { text } = await run.done;

    expect(text).toMatch(/office created/);
    expect(text).toContain("error: update canceled");
    const [made] = await inCloud();
    expect(await stage.program.resource("office")).toMatchObject({
      id: made!.id,
      outputs: { status: "ACTIVE" },
    });
    await stage.program.stack.preview(["--expect-no-changes"]);
  });

  it.each(TWICE)(
    "stops after two %ss without a lock, and the next up adopts the connection",
    async (signal) => {
      const run = await begin({ description: "[pending 5s]" });
      run.kill(signal);
      await run.until(/cancelling/);
      run.kill(signal);
      await run.done;
      const [made] = await inCloud();
      expect(await stage.program.find("office")).toBeUndefined();

      expect(await stage.goOn({ isLocked: false })).toEqual(["office"]);

      expect((await stage.program.resource("office")).id).toBe(made!.id);
      expect(await inCloud()).toHaveLength(1);
    },
  );

  it("leaves a lock after SIGKILL, which pulumi cancel removes", async () => {
    const run = await begin({ description: "[pending 2s]" });
    run.kill("SIGKILL");
    await run.done;

    const { text } = await stage.program.stack.up([], { expect: "failure" });

    expect(text).toMatch(/the stack is currently locked by 1 lock\(s\).*`pulumi cancel`/);
    expect(await stage.goOn({ isLocked: true })).toEqual(["office"]);
    expect(await inCloud()).toHaveLength(1);
  });

  describe("with a name in the program, killed with SIGKILL,", () => {
    const office = { name: "office", description: "[pending 1s]" };

    beforeEach(async () => {
      const run = await begin(office);
      run.kill("SIGKILL");
      await run.done;
    });

    it("leaves an object that the next up warns about and does not adopt", async () => {
      const [left] = await inCloud();
      await stage.program.stack.run(["cancel", "--yes", "--stack", "test"]);

      const { text } = await stage.program.stack.up();

      expect(text).toContain(`warning: IpsecSiteConnection office (${left!.id}) already exists`);
      expect(await inCloud()).toHaveLength(2);
    });

    it("leaves an object that the next up adopts with the input adopt", async () => {
      declare({ ...office, adopt: "office" });

      expect(await stage.goOn({ isLocked: true })).toEqual(["office"]);

      expect((await inCloud()).map(({ id }) => id)).toEqual([
        (await stage.program.resource("office")).id,
      ]);
    });
  });
});
