import type { Program, ResourceStack } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { groupTunnel, put } from "./fields";

/** Stacks, projects and resources with new names. */
export function renameScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  const tunnelOf = (changes = {}): Program => groupTunnel(stage.cloud.fixture, { tunnel: changes });

  /** Runs a preview of the state alone and an `up` of state and cloud, and returns the changes that were sent. */
  const changesOfCommands = ({ stack }: ResourceStack, name = "test") =>
    stage.program.changesDuring(async () => {
      for (const verb of [
        ["preview", "--diff"],
        ["up", "--refresh"],
      ]) {
        const [first, ...rest] = verb;
        const yes = first === "preview" ? [] : ["--yes", "--skip-preview"];
        const options = ["--stack", name, "--non-interactive", "--expect-no-changes"];
        await stack.run([first!, ...rest, ...yes, ...options]);
      }
    });

  const idsOf = async (program: ResourceStack) =>
    Object.values(await program.resources())
      .map(({ id }) => id)
      .sort();

  it("a renamed stack has no changes, and an object gets its new name along with another change", async () => {
    const { program } = stage;
    await program.up(tunnelOf());
    const before = await program.resources();
    await program.stack.run(["stack", "rename", "prod", "--stack", "test"]);

    expect(await changesOfCommands(program, "prod")).toEqual([]);

    program.write(tunnelOf({ description: "changed" }));
    const changes = await program.changesDuring(() =>
      program.stack.run(["up", "--yes", "--skip-preview", "--stack", "prod", "--non-interactive"]),
    );
    expect(changes).toEqual([
      put(before["tunnel"]!, {
        description: "changed",
        name: expect.stringMatching(/^prod-tunnel-[0-9a-f]{7}$/),
      }),
    ]);
    await program.stack.run(["stack", "rename", "test", "--stack", "prod"]);
    expect(await idsOf(program)).toEqual(
      Object.values(before)
        .map(({ id }) => id)
        .sort(),
    );
    expect(await changesOfCommands(program)).toEqual([]);
  });

  it("a renamed project has no changes", async () => {
    const { program } = stage;
    await program.up(tunnelOf());
    const before = await idsOf(program);
    await program.stack.run(["stack", "rename", "organization/network/test", "--stack", "test"]);
    program.stack.write("Pulumi.yaml", "name: network\nruntime: nodejs\n");

    expect(await changesOfCommands(program)).toEqual([]);
    expect(await idsOf(program)).toEqual(before);
  });

  it("resources renamed with aliases have no changes", async () => {
    const { program } = stage;
    const declared = tunnelOf();
    await program.up(declared);
    const before = await idsOf(program);
    const renamed = JSON.stringify(declared).replace(
      /"(service|ike|ipsec|local|peer|tunnel)(\.id)?"(?=:\{"kind"|\})/g,
      '"$1Renamed$2"',
    );
    const aliased = Object.entries(JSON.parse(renamed) as Program).map(([name, one]) => [
      name,
      { ...one, opts: { aliases: [{ name: name.replace("Renamed", "") }] } },
    ]);
    program.write(Object.fromEntries(aliased) as Program);

    expect(await changesOfCommands(program)).toEqual([]);
    expect(await idsOf(program)).toEqual(before);
    expect(Object.keys(await program.resources())).toContain("tunnelRenamed");
  });

  it("resources moved to another stack have no changes", async () => {
    const { program } = stage;
    await program.up(tunnelOf());
    const resources = await program.resources();
    const before = await idsOf(program);
    await program.stack.run(["stack", "init", "other", "--non-interactive"]);
    await program.stack.bash("cp Pulumi.test.yaml Pulumi.other.yaml");
    const urns = Object.values(resources).map(({ urn }) => urn);
    const stacks = [
      "--source",
      "organization/resources/test",
      "--dest",
      "organization/resources/other",
    ];
    await program.stack.run(["state", "move", "--yes", ...stacks, ...urns]);

    expect(await changesOfCommands(program, "other")).toEqual([]);
    await program.stack.run(["stack", "rm", "--yes", "test", "--force"]);
    await program.stack.run(["stack", "rename", "test", "--stack", "other"]);
    expect(await idsOf(program)).toEqual(before);
  });

  it("resources moved into a component with aliases have no changes", async () => {
    const { program } = stage;
    const declared = tunnelOf();
    await program.up(declared);
    const before = await idsOf(program);
    const moved = Object.entries(declared).map(([name, one]) => [
      name,
      {
        ...one,
        opts: {
          parent: { $component: "office" },
          aliases: [
            `urn:pulumi:test::resources::pulumi-nodejs:dynamic/vpnaas:${one.kind}::${name}`,
          ],
        },
      },
    ]);
    program.write(Object.fromEntries(moved) as Program);

    const changes = await program.changesDuring(() => program.stack.up());
    expect(changes).toEqual([]);
    expect(await changesOfCommands(program)).toEqual([]);
    expect(await idsOf(program)).toEqual(before);
  });
}
