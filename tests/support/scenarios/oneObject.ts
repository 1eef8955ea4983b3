import type { Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { groupTunnel } from "./fields";

/** Objects that two resources of a stack hold, because a run ended before its deletions. */
export function oneObjectScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  const PARTS = ["service", "ike", "ipsec", "local", "peer", "tunnel"];

  it.each<[string, (declared: Program, ids: Readonly<Record<string, string>>) => Program]>([
    [
      "was moved into a component without aliases",
      (declared) =>
        Object.fromEntries(
          Object.entries(declared).map(([name, one]) => [
            name,
            { ...one, opts: { parent: { $component: "office" } } },
          ]),
        ),
    ],
    [
      "was renamed with adopt",
      (declared, ids) => {
        const renamed = JSON.stringify(declared).replace(/"(\w+)\.id"/g, '"$1Renamed.id"');
        return Object.fromEntries(
          Object.entries(JSON.parse(renamed) as Program).map(([name, one]) => [
            `${name}Renamed`,
            { ...one, args: { ...one.args, adopt: ids[name] } },
          ]),
        );
      },
    ],
  ])(
    "up keeps every object of a tunnel that %s, though the first run failed",
    async (_how, move) => {
      const { cloud, program } = stage;
      const declared = groupTunnel(cloud.fixture, {});
      await program.up(declared);
      const before = await program.resources();
      const ids = Object.fromEntries(PARTS.map((name) => [name, before[name]!.id!]));
      const moved = move(declared, ids);
      const last = Object.keys(moved).at(-1)!;
      const release = await cloud.fillQuota("EndpointGroup");
      const failing = {
        kind: "EndpointGroup",
        args: { type: "cidr", endpoints: ["10.9.0.0/24"] },
        opts: { dependsOn: [{ $ref: last }] },
      } as const;
      await program.up({ ...moved, failing }, [], { expect: "failure" });
      await release();
      const held = (await program.stack.resources()).filter(({ id }) => id === ids["tunnel"]);
      expect(held).toHaveLength(2);

      await program.stack.refresh();
      let text = "";
      const changes = await program.changesDuring(async () => {
        text = await program.up(moved);
      });
      expect(changes).toEqual([]);
      for (const id of Object.values(ids)) {
        expect(text).toContain(`(${id}) is kept, since another resource of this stack holds it.`);
      }
      const now = Object.values(await program.resources()).map(({ id }) => id);
      expect(now.sort()).toEqual(Object.values(ids).sort());
      await program.stack.preview(["--refresh", "--expect-no-changes"]);
      expect((await cloud.objects()).IpsecSiteConnection).toHaveLength(1);
    },
  );

  it("up --target fails soon if another resource uses the target's old policy, and succeeds without --target", async () => {
    const { cloud, program } = stage;
    const declared = groupTunnel(cloud.fixture, {});
    await program.up(declared);
    const { ike, tunnel } = await program.resources();
    program.write({ ...declared, ike: { kind: "IkePolicy", args: { pfs: "group15" } } });

    const begin = Date.now();
    const { text } = await program.stack.up(["--target", ike!.urn], { expect: "failure" });
    const waited = Date.now() - begin;

    expect(text).toMatch(
      new RegExp(
        `\\(${ike!.id!}\\) cannot be deleted: it is in use by IpsecSiteConnection \\S+ \\(${tunnel!.id!}\\), which this run does not delete.* --target-dependents`,
      ),
    );
    expect(waited).toBeLessThan(200_000);
    await program.stack.up();
    expect((await cloud.objects()).IkePolicy).toHaveLength(1);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it.each([true, false])(
    "replaceOnChanges of a failed connection leaves one object (deleteBeforeReplace: %s)",
    async (deleteBeforeReplace) => {
      const { cloud, program } = stage;
      const { tunnel, ...others } = groupTunnel(cloud.fixture, {});
      const declare = (description: string): Program => ({
        ...others,
        tunnel: {
          ...tunnel!,
          args: { ...tunnel!.args, description },
          opts: { replaceOnChanges: ["*"], deleteBeforeReplace },
        },
      });
      await program.up(declare("[settles ERROR]"), [], { expect: "failure" });
      const before = (await program.resources())["tunnel"]!;

      const text = await program.up(declare("all well"));

      expect(text).toMatch(/tunnel.*replaced/);
      const after = (await program.resources())["tunnel"]!;
      expect(after.id).not.toBe(before.id);
      const inCloud = (await cloud.objects()).IpsecSiteConnection;
      expect(inCloud?.map(({ id }) => id)).toEqual([after.id]);
    },
  );
}
