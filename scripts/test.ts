import { createRequire } from "node:module";
import { prepareNeutron } from "../tests/support/harness/neutron";
import { prepareS3 } from "../tests/support/harness/s3";
import { prepareTunnels } from "../tests/tunnel/lab/prepare";
import { findChromium } from "./chromium";
import { findEngine } from "./engine";
import { findPostgres } from "./postgres";
import { failed, runJest } from "./runJest";
import { selectTests, withoutDuplicates } from "./selectTests";

const { projects: configured } = createRequire(__filename)("../jest.config.cjs") as {
  projects: { displayName: string }[];
};
const requireAll = process.env["VPNAAS_REQUIRE_ALL"] === "1";

/** A prerequisite of some tests; `prepare` returns the variables that pass it to them. */
interface Requirement {
  title: string;
  projects: string[];
  skipVariable: string;
  prepare: (
    log: (line: string) => void,
  ) => Record<string, string> | Promise<Record<string, string>>;
}

const requirements: Requirement[] = [
  {
    title: "Pulumi engine",
    projects: ["engine", "backends", "package", "live", "tunnel"],
    skipVariable: "VPNAAS_SKIP_ENGINE",
    async prepare(log) {
      const { bin, version, found } = await findEngine(log);
      log(`pulumi ${version} ${found}`);
      return { VPNAAS_ENGINE_BIN: bin };
    },
  },
  {
    title: "live Neutron",
    projects: ["live", "tunnel"],
    skipVariable: "VPNAAS_SKIP_LIVE",
    async prepare(log) {
      await prepareNeutron(log);
      return {};
    },
  },
  {
    title: "tunnels",
    projects: ["tunnel"],
    skipVariable: "VPNAAS_SKIP_TUNNEL",
    async prepare(log) {
      await prepareTunnels(log);
      return {};
    },
  },
  {
    title: "S3 server",
    projects: ["backends"],
    skipVariable: "VPNAAS_SKIP_S3",
    async prepare(log) {
      await prepareS3(log);
      return {};
    },
  },
  {
    title: "PostgreSQL",
    projects: ["backends"],
    skipVariable: "VPNAAS_SKIP_POSTGRES",
    prepare(log) {
      const found = findPostgres(process.env);
      log(found);
      return { VPNAAS_POSTGRES_BIN: found };
    },
  },
  {
    title: "Chromium",
    projects: ["browser"],
    skipVariable: "VPNAAS_SKIP_BROWSER",
    prepare(log) {
      const found = findChromium(process.env);
      log(found);
      return { VPNAAS_CHROMIUM: found };
    },
  },
];

/** The only argument: installs the prerequisites of all projects, and runs no test. */
const PREPARE = "--prepare";

/** `npm test [-- PROJECT... [JEST OPTIONS]]`: prepares what the projects need, then runs Jest. */
async function main(): Promise<number> {
  const args = process.argv.slice(2).filter((one) => one !== PREPARE);
  const selection = selectTests(
    args,
    configured.map(({ displayName }) => displayName),
  );
  const env = await prepare(selection.projects);
  if (env === undefined) return failed("VPNAAS_REQUIRE_ALL=1 does not allow tests to be skipped.");
  if (process.argv.includes(PREPARE)) return 0;
  const duplicates = env["VPNAAS_SKIP_LIVE"] === undefined ? withoutDuplicates(selection) : [];
  if (duplicates.length > 0) {
    console.log(
      "Each scenario runs once, on the live Neutron or on the simulator; npm run test:live runs all of them there.",
    );
  }
  return runJest([...duplicates, ...selection.jestArguments], env);
}

/** The environment for tests of some projects; undefined if a prerequisite is missing but required. */
async function prepare(projects: readonly string[]): Promise<NodeJS.ProcessEnv | undefined> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const { title, skipVariable, prepare } of requirements.filter((requirement) =>
    requirement.projects.some((project) => projects.includes(project)),
  )) {
    try {
      Object.assign(env, await prepare((line) => console.log(`${title}: ${line}`)));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.log(`${title}: not to be had: ${reason}`);
      if (requireAll) return undefined;
      env[skipVariable] = reason;
    }
  }
  return env;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => (process.exitCode = failed(String(error))),
);
