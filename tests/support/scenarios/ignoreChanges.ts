import type { Args } from "../harness/kinds";
import type { Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { groupTunnel } from "./fields";

/** Values that an operator sets, for properties that the program lists in `ignoreChanges`. */
export function ignoreChangesScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  function declare(args: Args): Program {
    const { tunnel, ...others } = groupTunnel(stage.cloud.fixture, { tunnel: args });
    return { ...others, tunnel: { ...tunnel!, opts: { ignoreChanges: ["psk", "peerId"] } } };
  }

  async function rotated(): Promise<void> {
    await stage.program.changeOutsidePulumi("tunnel", {
      psk: "rotated-by-ops",
      peer_id: "ops.example",
    });
  }

  const kept = { psk: "rotated-by-ops", peer_id: "ops.example" };

  it("up with ignoreChanges keeps a psk rotated outside Pulumi when other fields change", async () => {
    const { program } = stage;
    await program.up(declare({ description: "v1" }));
    await rotated();

    const text = await program.up(declare({ description: "v2" }));
    expect(text).toMatch(/psk: differs \(hidden\)\. It is kept/);
    expect(await program.live("tunnel")).toMatchObject({ ...kept, description: "v2" });

    await program.up(declare({ description: "v2" }), ["--expect-no-changes"]);
    await program.up(declare({ description: "v3" }));
    expect(await program.live("tunnel")).toMatchObject({ ...kept, description: "v3" });

    await program.stack.refresh();
    await program.up(declare({ description: "v3" }), ["--expect-no-changes"]);
    await program.up(declare({ description: "v4" }));
    expect(await program.live("tunnel")).toMatchObject({ ...kept, description: "v4" });
  });

  it("an adoption with ignoreChanges sends the program's psk, and later updates keep a rotated one", async () => {
    const { program } = stage;
    await program.up(declare({ description: "v1" }));
    await rotated();
    const { id, urn } = await program.resource("tunnel");
    await program.stack.run(["state", "delete", urn, "--yes", "--stack", "test"]);

    const adopting = { adopt: id, description: "v1" };
    await program.up(declare(adopting));
    expect(await program.live("tunnel")).toMatchObject({ id, psk: "canary-psk" });

    await rotated();
    for (const description of ["v2", "v3"]) {
      await program.up(declare({ ...adopting, description }));
      expect(await program.live("tunnel")).toMatchObject({ ...kept, description });
    }
  });

  it("onDrift correct overwrites values rotated outside Pulumi in spite of ignoreChanges", async () => {
    const { program } = stage;
    await program.up(declare({ description: "v1" }));
    await rotated();
    await program.stack.setConfig("vpnaas:onDrift", "correct");

    await program.up(declare({ description: "v2" }));

    expect(await program.live("tunnel")).not.toMatchObject(kept);
  });
}
