import type { Report } from "../../../provider/drift/report";
import { CrashStage, providersOf } from "../../support/harness/crashes";
import { describeWithEngine } from "../../support/harness/requires";
import { until } from "../../support/harness/until";

describeWithEngine("drift beside an unfinished run", () => {
  let stage: CrashStage;

  beforeEach(async () => {
    stage = await CrashStage.open();
  });

  afterEach(() => stage.close());

  function declare(description: string): void {
    const peer = { peerAddress: "203.0.113.77", peerId: "203.0.113.77" };
    const rest = { peerCidrs: ["10.2.0.0/24"], psk: "canary-psk", description };
    stage.program.write({
      office: { kind: "IpsecSiteConnection", args: { ...stage.cloud.parents, ...peer, ...rest } },
    });
  }

  /** Begins an `up`, and returns when a request of the method is answered and its wait has begun. */
  async function begin(method: "POST" | "PUT") {
    const { program, sim } = stage;
    const seen = sim.requests.length;
    const run = program.stack.begin("up");
    await until("the wait for the connection", () => {
      const sent = sim.requests.slice(seen).map((one) => `${one.method} ${one.path}`);
      const at = sent.findIndex((one) => one.startsWith(`${method} /network`));
      return at >= 0 && sent.slice(at).some((one) => /^GET .*site-connections/.test(one));
    });
    return run;
  }

  async function look(): Promise<Report & { readonly code: number }> {
    const { stdout, code } = await stage.program.stack.verb(["drift", "--stack", "test", "--json"]);
    return { ...(JSON.parse(stdout) as Report), code };
  }

  it("reports the lock and the pending creation of a first up, though the stack has no resources", async () => {
    declare("[pending 6s]");
    const run = await begin("POST");

    const { code, stacks } = await look();

    expect(stacks).toMatchObject([
      {
        resources: 0,
        unfinished: {
          lockedSince: expect.stringMatching(/^20\d\d-/),
          pending: [{ urn: expect.stringMatching(/::office$/), type: "creating" }],
        },
      },
    ]);
    expect(code).toBe(2);
    await run.done;
    expect(await look()).toMatchObject({ code: 0, stacks: [{ resources: 1 }] });
  });

  it("attributes the PUT of a killed up to that run until the next up has finished it", async () => {
    const { program } = stage;
    declare("");
    await program.stack.up();
    declare("[pending-update] [pending 6s]");
    const run = await begin("PUT");
    run.kill("SIGKILL");
    await run.done;
    await until("the provider's end", () => providersOf(program.stack).length === 0);

    const { code, resources, stacks } = await look();

    expect(resources.flatMap(({ differences }) => differences)).toMatchObject([
      {
        property: "description",
        because: "changed outside Pulumi, or by the run that has not ended",
      },
    ]);
    expect(stacks).toMatchObject([{ unfinished: { pending: [{ type: "updating" }] } }]);
    expect(code).toBe(2);

    await program.stack.run(["cancel", "--yes", "--stack", "test"]);
    await program.stack.up();
    const ended = await look();
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stacks[0]).not.toHaveProperty("unfinished");
  });
});
