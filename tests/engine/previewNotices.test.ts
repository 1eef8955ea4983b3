import { simulatedCloud } from "../support/harness/cloud";
import { connectionStageOn } from "../support/harness/connections";
import { describeWithEngine } from "../support/harness/requires";

const SERVICE = "tunnels of its VPN service for a moment";

/** Its networks are its own, so that the preflight has no reason for a warning. */
const BRANCH = { name: "branch", peerCidrs: ["10.3.0.0/24"] };

/** The provider's lines about tunnels without ids, in the engine's diagnostics at the end of a run. */
function notices(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim().replaceAll(/ \([\w-]{36}\)/g, ""));
  return lines.filter((line) => /tunnel/.test(line) && !line.startsWith("pulumi:pulumi:Stack"));
}

describeWithEngine("a preview on the simulator", () => {
  const stage = connectionStageOn(simulatedCloud);

  it("names the tunnels that its change interrupts, as the up does that follows", async () => {
    const { program } = stage;
    program.declare({ one: { name: "office" }, two: BRANCH });
    await program.stack.up();
    program.declare({ one: { name: "office", mtu: 1400 }, two: BRANCH });

    const previewed = await program.stack.preview();
    const updated = await program.stack.up();

    const line = `Changing IpsecSiteConnection office interrupts all ${SERVICE}: branch, office.`;
    expect(notices(previewed.text)).toEqual([line]);
    expect(notices(updated.text)).toEqual([line]);
  });

  it("names the tunnels that a new connection interrupts, as the up does that follows", async () => {
    const { program } = stage;
    program.declare({ one: { name: "office" } });
    await program.stack.up();
    program.declare({ one: { name: "office" }, two: BRANCH });

    const previewed = await program.stack.preview();
    const updated = await program.stack.up();

    const line = `Creating IpsecSiteConnection branch interrupts all ${SERVICE}: office.`;
    expect(notices(previewed.text)).toEqual([line]);
    expect(notices(updated.text)).toEqual([line]);
  });

  it("announces that the tunnel of a replaced connection is down meanwhile", async () => {
    const { cloud, program } = stage;
    program.declare({ one: { name: "office" }, two: BRANCH });
    await program.stack.up();
    const policy = await cloud.api.post("/vpn/ikepolicies", { ikepolicy: { name: "other" } });
    program.declare({ one: { name: "office", ikePolicyId: policy.id }, two: BRANCH });

    const previewed = await program.stack.preview();

    expect(notices(previewed.text)).toEqual([
      "IpsecSiteConnection office is deleted before its successor is created: its tunnel is down meanwhile.",
      `Replacing IpsecSiteConnection office interrupts all other ${SERVICE}: branch.`,
    ]);
    expect(await program.inCloud()).toHaveLength(2);
  });

  it("warns of a misspelled setting and names the one that is meant", async () => {
    const { program } = stage;
    program.declare({ one: {} });
    await program.stack.setConfig("vpnaas:regoin", "RegionOne");

    const { text } = await program.stack.preview();

    expect(text).toContain(
      "warning: vpnaas:regoin is not a known setting: did you mean vpnaas:region?",
    );
  });

  it("fails for a misspelled property and names the one that is meant", async () => {
    const { program } = stage;
    program.declare({ one: { peerCidr: "10.2.0.0/24" } });

    const { text } = await program.stack.preview([], { expect: "failure" });

    expect(text).toContain("peerCidr: is not an input: did you mean peerCidrs?");
  });

  it("of a refresh announces no interruption although the cloud differs", async () => {
    const { program } = stage;
    program.declare({ one: {} });
    await program.stack.up();
    await program.changeOutsidePulumi("one", { description: "another" });

    const refreshed = await program.stack.refresh(["--preview-only"]);

    expect(refreshed.text).toMatch(/description/);
    expect(notices(refreshed.text)).toEqual([]);
  });
});
