import { api, login } from "../harness/api";
import { KINDS } from "../harness/kinds";
import type { Stage } from "../harness/stage";
import { groupTunnel } from "./fields";

/** Replacements that the user requests. */
export function replacementScenarios(stage: Stage): void {
  afterEach(() => stage.leave());

  it("up --replace leaves one object of each kind and no further changes", async () => {
    const { cloud, program } = stage;
    await program.up(groupTunnel(cloud.fixture, {}));

    const results: Record<string, string> = {};
    for (const name of ["service", "ike", "ipsec", "local", "peer", "tunnel"]) {
      const { id, urn } = await program.resource(name);
      const { text } = await program.stack.up(["--replace", urn]);

      const now = await program.resources();
      const isKept = text.includes(`(${id!}) is kept, since this run has adopted it`);
      results[name] = now[name]!.id === id ? (isKept ? "kept, and said" : "kept") : "another one";
      const left = Object.values(await cloud.objects()).flat();
      expect([name, ...left.map((one) => one.id).sort()]).toEqual([
        name,
        ...Object.values(now)
          .map((one) => one.id)
          .sort(),
      ]);
    }

    // The engine does not pass the old object to the provider then, and both objects have the same name.
    expect(results).toEqual({
      service: "another one",
      ike: "kept, and said",
      ipsec: "kept, and said",
      local: "kept, and said",
      peer: "kept, and said",
      tunnel: "another one",
    });
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("a change of the input cloud creates the object in the new cloud and deletes the old one", async () => {
    const { cloud, program } = stage;
    program.stack.write("clouds.yaml", cloudsYaml(cloud.identityUrl));
    const policy = (name?: string) => ({
      policy: { kind: "IkePolicy", args: { ...(name !== undefined && { cloud: name }) } } as const,
    });
    const { path } = KINDS.IkePolicy;
    const other = api(
      cloud.endpoint,
      await login(cloud.identityUrl, "lab-other-user", "lab-other-pass", "lab-other"),
    );
    await program.up(policy());

    const changes = await program.changesDuring(() => program.up(policy("elsewhere")));

    expect(changes.map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(await cloud.objects()).toEqual({});
    expect(await other.list(path)).toHaveLength(1);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await program.up(policy());
    expect(await other.list(path)).toEqual([]);
  });
}

function cloudsYaml(identityUrl: string): string {
  return `clouds:
  elsewhere:
    region_name: RegionOne
    auth:
      auth_url: ${identityUrl}
      username: lab-other-user
      password: lab-other-pass
      project_name: lab-other
      user_domain_name: Default
      project_domain_name: Default
`;
}
