import { liveCloud, type Cloud } from "../../support/harness/cloud";
import { releasePlugin } from "../../support/harness/installedPlugin";
import { describeLiveWithHost } from "../../support/harness/requires";
import type { TestStack } from "../../support/harness/stack";
import { yamlStack } from "../../support/harness/yamlProgram";
import { pageProgramScenario } from "../../support/scenarios/pageProgram";

const PSK = "canary-yaml-psk";

/** The language host is built once, which takes minutes. */
const BUILD_MS = 900_000;

describeLiveWithHost("the plugin's YAML program on a live Neutron and Keystone", () => {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    cloud = await liveCloud();
    await cloud.clear();
    const release = await releasePlugin();
    stack = await yamlStack(cloud, release, PSK);
    release.remove();
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
  });

  pageProgramScenario(() => ({ cloud, stack, psk: PSK }));
});
