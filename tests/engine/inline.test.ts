import { join } from "node:path";

import { startSimulator, type Simulator } from "../../simulator";
import { api, login } from "../support/harness/api";
import { cloudOf, loginOf, type Cloud, type User } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { TestStack } from "../support/harness/stack";

const PROGRAM = join(__dirname, "..", "fixtures", "programs", "inline");
const NAME = "shared";

/** A run of host.js. */
interface Run {
  readonly env?: Readonly<Record<string, string | null>>;
  readonly envVars?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, string>>;
  readonly main?: string;
}

interface Policy {
  readonly id: string;
  readonly projectId: string;
}

/** The result of a run. */
interface Ended {
  readonly outputs?: Policy & { readonly isSame: boolean };
  readonly error?: string;
  /** The engine's output. */
  readonly output: string;
  /** Lines that the process itself printed. */
  readonly own: readonly string[];
}

describeWithEngine("inline programs of one process", () => {
  let sim: Simulator;
  let cloud: Cloud;
  let stack: TestStack;
  /** The policies with the same name in two projects. */
  let lab: Policy;
  let other: Policy;
  let names = 0;

  beforeAll(async () => {
    sim = await startSimulator();
    cloud = await cloudOf(sim);
    const token = await login(sim.identityUrl, "lab-other-user", "lab-other-pass", "lab-other");
    const body = { ikepolicy: { name: NAME } };
    const made = [cloud.api, api(sim.endpoint, token)].map(async (one) => {
      const { id, project_id: projectId } = await one.post("/vpn/ikepolicies", body);
      return { id, projectId: String(projectId) };
    });
    [lab, other] = (await Promise.all(made)) as [Policy, Policy];
    stack = await TestStack.create({ program: PROGRAM });
  });

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
  });

  function configOf(user: User): Record<string, string> {
    const login = loginOf(cloud, user);
    return {
      "vpnaas:authUrl": login["OS_AUTH_URL"]!,
      "vpnaas:username": user,
      "vpnaas:password": login["OS_PASSWORD"]!,
      "vpnaas:projectName": login["OS_PROJECT_NAME"]!,
    };
  }

  /** Runs programs in one process, which starts in a folder; one after the other, or in parallel. */
  async function host(
    runs: readonly Run[],
    { folder = ".", areParallel = false } = {},
  ): Promise<Ended[]> {
    const all = runs.map((run) => {
      names += 1;
      const config = { "vpnaas:dialect": "neutron", ...run.config };
      return { stack: `run${names}`, lookUp: NAME, make: true, ...run, config };
    });
    stack.write("program.json", JSON.stringify({ runs: all, areParallel }));
    const script = join(stack.directory, "host.js");
    const { code, stdout, text } = await stack.bash(`cd ${folder} && node ${script}`);
    if (code !== 0) throw new Error(text);
    const lines = stdout.trim().split("\n");
    return lines.map((line) => JSON.parse(line) as Ended);
  }

  const SAID = /Lookups of this program read their login from OS_AUTH_URL, /g;

  it("look up with the process's login at each run and print the source of that login", async () => {
    const runs = await host([
      { env: loginOf(cloud, "lab-user") },
      { env: loginOf(cloud, "lab-other-user") },
    ]);
    expect(runs).toMatchObject([
      { outputs: { ...lab, isSame: true } },
      { outputs: { ...other, isSame: true } },
    ]);
    expect(runs.map(({ output }) => output.match(SAID)!.length > 0)).toEqual([true, true]);
    expect(runs.flatMap(({ own }) => own)).toEqual([]);
  });

  it("look up with the stack configuration like the provider, without a note", async () => {
    const all = [{ config: configOf("lab-user") }, { config: configOf("lab-other-user") }];
    const runs = await host(all);
    expect(runs).toMatchObject([{ outputs: lab }, { outputs: other }]);
    expect(await host(all, { areParallel: true })).toMatchObject([
      { outputs: lab },
      { outputs: other },
    ]);
    expect(runs.map(({ output }) => output).join()).not.toContain("Lookups of");
  });

  it("print a note that the workspace's envVars do not reach lookups", async () => {
    const envVars = loginOf(cloud, "lab-user");
    const [none, elsewhere] = await host([
      { envVars },
      { envVars, env: loginOf(cloud, "lab-other-user") },
    ]);
    const advice = "`envVars` of the workspace reach resources alone";
    expect(none!.error).toMatch(/The login lacks username, password, authUrl and projectName: /);
    expect(none!.error).toContain(advice);
    expect(elsewhere).toMatchObject({ outputs: { id: other.id, projectId: lab.projectId } });
    expect(elsewhere!.output).toContain(advice);
  });

  it("work with main in a process whose folder lacks the package", async () => {
    const run = { env: loginOf(cloud, "lab-user"), main: stack.directory };
    expect(await host([run], { folder: ".." })).toMatchObject([{ outputs: lab }]);
  });
});
