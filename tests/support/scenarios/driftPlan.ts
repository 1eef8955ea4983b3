import { driftReport, inAnyOrder, planIn, sentBy, untilSettled, type Call } from "../harness/drift";
import type { Args } from "../harness/kinds";
import type { Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { groupTunnel, put } from "./fields";

/**
 * The requests of `drift --plan` and the drift policies of an update; each scenario leaves the shared
 * stack as declared.
 */
export function driftPlanScenarios(stage: Stage): void {
  beforeAll(async () => {
    await stage.program.up(groupTunnel(stage.cloud.fixture, {}));
  });
  afterAll(() => stage.leave());

  it("drift plans to recreate missing objects with references to the new ids", async () => {
    const { program } = stage;
    for (const name of ["tunnel", "ike", "peer", "service"])
      await program.deleteOutsidePulumi(name);

    const planned = await plan();
    const sent = await repair();

    expect(planned.map(({ method }) => method)).toEqual(["POST", "POST", "POST", "POST"]);
    expect(planned.at(-1)).toMatchObject({
      path: "/v2.0/vpn/ipsec-site-connections",
      body: { ipsec_site_connection: { ikepolicy_id: "<new id of ike>", psk: "(hidden)" } },
    });
    expect(sent.at(-1)).toEqual(planned.at(-1));
    expect(inAnyOrder(sent)).toEqual(inAnyOrder(planned));
  });

  it("drift plans to replace a drifted policy in use, together with its tunnel", async () => {
    const { cloud, program } = stage;
    const { id, ...made } = await program.live("tunnel");
    await program.deleteOutsidePulumi("tunnel");
    await program.changeOutsidePulumi("ike", { pfs: "group5" });
    // A policy in use is immutable, so its tunnel is deleted for the change and created again.
    const { id: newId } = await cloud.api.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: attributesForPost(made),
    });
    await program.stack.rewriteState((text) => text.replaceAll(id, newId));

    const planned = await plan();
    const sent = await repair();

    expect(planned.map(({ method, path }) => `${method} ${path.split("/")[3]!}`)).toEqual([
      "POST ikepolicies",
      "DELETE ipsec-site-connections",
      "POST ipsec-site-connections",
      "DELETE ikepolicies",
    ]);
    expect(sent).toEqual(planned);
  });

  it("an update reports, corrects or refuses drift of other properties", async () => {
    const { cloud, program } = stage;
    const declare = (mtu: number): Program => groupTunnel(cloud.fixture, { tunnel: { mtu } });
    const { tunnel: made } = await program.resources();
    await program.changeOutsidePulumi("tunnel", { description: "by hand" });
    let text = "";
    const update = (mtu: number, extra?: { expect: "failure" }) =>
      program.changesDuring(async () => {
        text = await program.up(declare(mtu), [], extra);
      });
    const said = /description: declared "", there is "by hand" \(changed outside Pulumi/;

    await program.stack.setConfig("vpnaas:onDrift", "fail");
    expect(await update(1_400, { expect: "failure" })).toEqual([]);
    expect(text).toMatch(said);
    expect(text).toMatch(/Nothing was changed, since vpnaas:onDrift is fail/);

    await program.stack.setConfig("vpnaas:onDrift", "correct");
    expect(await update(1_400)).toEqual([put(made!, { description: "", mtu: 1_400 })]);
    expect(text).toMatch(new RegExp(`${said.source}.*It is corrected`));

    await program.changeOutsidePulumi("tunnel", { description: "by hand" });
    await program.stack.setConfig("vpnaas:onDrift", "report");
    expect(await update(1_300)).toEqual([put(made!, { mtu: 1_300 })]);
    expect(text).toMatch(
      new RegExp(`${said.source}.*It is kept: .pulumi up --refresh. corrects it`),
    );
  });

  async function plan(): Promise<Call[]> {
    await untilSettled(stage.cloud);
    const { report } = await driftReport(stage, "--plan");
    expect(report.problems).toEqual([]);
    return planIn(report);
  }

  function repair(): Promise<Call[]> {
    return sentBy(stage, ["canary-psk"], () => stage.program.stack.up(["--refresh"]));
  }
}

/** The attributes of a shown connection that POST accepts. */
function attributesForPost(shown: Args): Args {
  const own = ["status", "tenant_id", "project_id", "auth_mode", "route_mode"];
  return Object.fromEntries(Object.entries(shown).filter(([name]) => !own.includes(name)));
}
