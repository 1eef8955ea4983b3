import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { parse } from "yaml";

import packageJson from "../../../package.json";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const ROOT = path.join(__dirname, "..", "..", "..");
const FOLDER = path.join(ROOT, ".github", "workflows");
const texts = new Map(
  readdirSync(FOLDER).map((file) => [file, readFileSync(path.join(FOLDER, file), "utf8")]),
);
const workflow = (file: string): Workflow => parse(texts.get(file)!) as Workflow;
const release = workflow("release.yml");
const commandsOf = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);

describe.each([...texts.keys()])("the workflow %s", (file) => {
  const { jobs, permissions } = workflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it("pins each action by its full commit, with the version in a comment", () => {
    const uses = texts.get(file)!.match(/uses: .*/g)!;
    expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length);
    for (const one of uses) expect(one).toMatch(/^uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("runs only existing files", () => {
    const named = Object.values(jobs).flatMap((job) =>
      commandsOf(job).flatMap((run) => run.match(/\S+\.(ts|mjs)|\.ci\/\S+/g) ?? []),
    );
    for (const name of named)
      expect([name, existsSync(path.join(ROOT, name))]).toEqual([name, true]);
  });

  it("runs only scripts of package.json", () => {
    const named = Object.values(jobs).flatMap((job) => [
      ...commandsOf(job).flatMap((run) => [...run.matchAll(/npm run ([\w:]+)/g)].map(([, s]) => s)),
      ...(job.strategy?.matrix["script"] ?? []),
    ]);
    for (const script of named) expect(Object.keys(packageJson.scripts)).toContain(script);
  });

  it("has no write permission unless a job declares it", () => {
    expect(Object.values(permissions!)).not.toContain("write");
  });

  it("keeps no credential after the checkout", () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    for (const { with: options } of checkouts) {
      expect(options).toMatchObject({ "persist-credentials": false });
    }
  });

  it("has a timeout for every job", () => {
    for (const job of Object.values(jobs)) expect(job["timeout-minutes"]).toBeLessThanOrEqual(180);
  });

  it("uses in commands no expression that another person could choose", () => {
    for (const { run } of steps) {
      const expressions = [...(run ?? "").matchAll(/\$\{\{ *(.*?) *\}\}/g)].map(
        ([, inside]) => inside,
      );
      for (const inside of expressions) expect(inside).toMatch(/^matrix\./);
    }
  });
});

describe("the workflow for every change", () => {
  const { on, jobs } = workflow("ci.yml");
  const commands = Object.values(jobs).flatMap(commandsOf);

  it("runs for pushes and pull requests, never with the rights of the target branch", () => {
    expect(Object.keys(on).sort()).toEqual(["pull_request", "push"]);
  });

  it("runs all tests on Node 20 and an audit of all installed packages", () => {
    expect(commandsOf(jobs["everything"]!)).toContain(".ci/run");
    expect(jobs["everything"]!.steps[1]!.with).toEqual({ "node-version": 20 });
    expect(commands).toContain("npm audit --omit=dev --audit-level=high");
    expect(commands).toContain("npm audit --audit-level=high");
  });

  it("runs on the newer versions of Node", () => {
    expect(jobs["other-nodes"]!.strategy!.matrix["node"]).toEqual([22, 24]);
  });
});

describe("the workflow for a release", () => {
  const { test: tried, publish, plugin } = release.jobs;

  it("runs for tags of versions only", () => {
    expect(release.on).toEqual({ push: { tags: ["v*"] } });
  });

  it("gives the identity to the job that publishes, and to no other", () => {
    expect(release.permissions).toEqual({});
    expect(tried!.permissions).toEqual({ contents: "read" });
    expect(publish!.permissions).toEqual({ contents: "read", "id-token": "write" });
    expect(publish!.steps.some(({ uses }) => uses?.startsWith("actions/checkout@"))).toBe(false);
  });

  it("publishes, with its provenance, the tested package", () => {
    expect(publish).toMatchObject({ needs: "test" });
    expect(commandsOf(publish!)).toEqual(["npm publish --provenance --access public ./*.tgz"]);
    const commands = commandsOf(tried!);
    expect(commands.indexOf(".ci/run")).toBeGreaterThan(
      commands.indexOf("npx tsx scripts/checkRelease.ts"),
    );
    expect(commands.at(-1)).toBe("npm pack");
  });

  it("attaches the tested tarballs of the plugin to the release of the tag", () => {
    const commands = commandsOf(tried!);
    expect(commands.indexOf("npm run build:plugin -- plugin")).toBeGreaterThan(
      commands.indexOf(".ci/run"),
    );
    expect(plugin).toMatchObject({ needs: "test", permissions: { contents: "write" } });
    expect(plugin!.steps.some(({ uses }) => uses?.startsWith("actions/checkout@"))).toBe(false);
    expect(commandsOf(plugin!)).toEqual([
      expect.stringMatching(/^gh release create "\$GITHUB_REF_NAME" .*\.tar\.gz$/),
    ]);
  });

  it("uses no secret", () => {
    for (const text of texts.values()) expect(text).not.toContain("secrets.");
  });
});
