import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { allExamples } from "../../../scripts/usage/examples";
import { pythonProgram } from "../../../scripts/usage/python";
import { yamlProgram } from "../../../scripts/usage/yaml";
import { simulatedCloud, type Cloud } from "../../support/harness/cloud";
import {
  type PluginRelease,
  releasePlugin,
  stackOfPage,
} from "../../support/harness/installedPlugin";
import { atFixture } from "../../support/harness/pagePrograms";
import { hasPython, preparePython, type PythonEnvironment } from "../../support/harness/pythonSdk";
import { describeWithEngine, describeWithHost } from "../../support/harness/requires";
import type { TestStack } from "../../support/harness/stack";
import { yamlStack } from "../../support/harness/yamlProgram";

const PSK = "canary-pages-psk";
const EXAMPLES = allExamples();

/** The language host is built once, which takes minutes. */
const BUILD_MS = 900_000;

let cloud: Cloud;
let release: PluginRelease;

beforeAll(async () => {
  release = await releasePlugin();
  cloud = await simulatedCloud({ pendingMs: 300 });
});

afterAll(async () => {
  await cloud.stop();
  release.remove();
});

/** Creates the resources of all pages, finds no change, and deletes them. */
async function expectLife(stack: TestStack): Promise<void> {
  expect((await stack.up()).text).toContain(`${EXAMPLES.length + 1} created`);
  await stack.preview(["--expect-no-changes"]);
  await stack.destroy();
  expect(await cloud.objects()).toEqual({});
}

describeWithHost("the examples of all resource pages in YAML", () => {
  it(
    "are created as one program, and found without a change",
    async () => {
      await cloud.clear();
      const program = atFixture(yamlProgram(EXAMPLES), cloud);
      const stack = await yamlStack(cloud, release, PSK, { program });
      try {
        await expectLife(stack);
      } finally {
        await stack.dispose();
      }
    },
    BUILD_MS,
  );
});

/** Without Go or Python these tests are reported as skipped. */
const describeWithPython = hasPython() ? describeWithEngine : describe.skip;

describeWithPython("the examples of all resource pages in Python", () => {
  let environment: PythonEnvironment;

  beforeAll(async () => {
    environment = await preparePython(console.error);
  }, BUILD_MS);

  afterAll(() => environment.remove());

  it(
    "are created as one program, and found without a change",
    async () => {
      await cloud.clear();
      const program = atFixture(pythonProgram(EXAMPLES), cloud);
      const stack = await stackOfPage(cloud, release, {
        psk: PSK,
        env: environment.env,
        write: (folder) => {
          writeFileSync(join(folder, "Pulumi.yaml"), "name: my-vpn\nruntime: python\n");
          writeFileSync(join(folder, "__main__.py"), program);
        },
      });
      try {
        await expectLife(stack);
      } finally {
        await stack.dispose();
      }
    },
    BUILD_MS,
  );
});
