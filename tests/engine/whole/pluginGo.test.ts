import { execFile } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";

import { allExamples } from "../../../scripts/usage/examples";
import { goProgram } from "../../../scripts/usage/go";
import { requiredVersion } from "../../../tools/go";
import { buildHost } from "../../../tools/engine/languageHost";
import { simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { stackOfPage, releasePlugin } from "../../support/harness/installedPlugin";
import { atFixture, programOf } from "../../support/harness/pagePrograms";
import { describeWithEngine } from "../../support/harness/requires";
import { TestStack } from "../../support/harness/stack";
import { pageProgramScenario } from "../../support/scenarios/pageProgram";

const run = promisify(execFile);
const repository = resolve(__dirname, "..", "..", "..");
const engineCache = join(repository, ".cache", "engine");
const PROGRAM = programOf("plugin", "go");
const PSK = "canary-go-psk";

/** The first compilation of a program takes minutes. */
const BUILD_MS = 900_000;

// Run by `npm run test:engine` alone: a program in Go costs more than all other tests of the plugin.
describeWithEngine("the plugin with the Go program of its page", () => {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    const host = await buildHost("go", engineCache, console.error);
    cloud = await simulatedCloud({ pendingMs: 300 });
    await cloud.clear();
    const { stdout } = await run("go", ["env", "-json", "GOMODCACHE", "GOCACHE"]);
    const release = await releasePlugin();
    stack = await stackOfPage(cloud, release, {
      psk: PSK,
      config: { description: "to the office" },
      env: {
        ...(JSON.parse(stdout) as Record<string, string>),
        PATH: [host, process.env["PATH"]].join(delimiter),
      },
      write: async (folder) => {
        await generateSdk(join(folder, "sdk"));
        cpSync(join(__dirname, "go"), folder, { recursive: true });
        writeFileSync(join(folder, "Pulumi.yaml"), "name: my-vpn\nruntime: go\n");
        writeFileSync(join(folder, "main.go"), PROGRAM);
      },
    });
    release.remove();
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
  });

  pageProgramScenario(() => ({ cloud, stack, psk: PSK }), BUILD_MS);

  it(
    "the tunnel of its page is created as a component, awaited, and found without a change",
    async () => {
      stack.write("main.go", programOf("tunnelLanguages", "go"));
      const { text } = await stack.up();
      expect(text).toMatch(/status +: "ACTIVE"/);
      expect(text).toMatch(/peer +: \[secret\]/);
      await stack.preview(["--expect-no-changes"]);
    },
    BUILD_MS,
  );

  it(
    "the examples of all resource pages compile, and a preview would create them",
    async () => {
      stack.write("main.go", atFixture(goProgram(allExamples()), cloud));
      const { text } = await stack.preview();
      expect(text).toMatch(/vpnaas:index:ConnectionsReady +ready +create/);
    },
    BUILD_MS,
  );
});

/** Generates the package for Go, with the go.mod that a program refers to. */
async function generateSdk(folder: string): Promise<void> {
  const generator = await buildHost("generate-sdk", engineCache, console.error);
  const schema = join(repository, "provider", "doors", "plugin", "schema.json");
  await run(join(generator, "generate-sdk"), ["go", schema, folder]);
  const version = requiredVersion(join(__dirname, "go"), "github.com/pulumi/pulumi/sdk/v3");
  writeFileSync(
    join(folder, "go.mod"),
    `module pulumi-vpnaas/sdks/go\n\ngo 1.26.6\n\nrequire github.com/pulumi/pulumi/sdk/v3 ${version}\n`,
  );
}
