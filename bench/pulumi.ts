import { dirname, join } from "node:path";

import { loginOf } from "../tests/support/harness/cloud";
import { installPlugin, type PluginRelease } from "../tests/support/harness/installedPlugin";
import { newStack, ref } from "../tests/support/harness/resources";
import type { TestStack } from "../tests/support/harness/stack";
import { importPlugin } from "../tests/support/harness/stackFolder";
import { peersOf, PSK, type Fixture } from "./peers";
import type { BenchServer } from "./servers";
import type { Tool } from "./tool";

/** Keeps the engine from writing the whole state at every step. */
const UNCHECKED = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };

/** The route to the provider, and whether the engine writes checkpoints. */
export interface PulumiOptions {
  readonly checkpoints: boolean;
  /** An installed release of the plugin; without it the resources are dynamic. */
  readonly plugin?: PluginRelease | undefined;
  /** Variables that are added to the environment of every command. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A stack of ours on a server, with Pulumi's engine. */
export async function pulumiOn(
  { cloud, size }: Pick<BenchServer, "cloud" | "size">,
  { checkpoints, plugin, env }: PulumiOptions,
): Promise<Tool> {
  const stack = await newStack(cloud, {});
  if (plugin) {
    await installPlugin(stack, plugin);
    importPlugin(stack.directory);
  }
  const root = dirname(stack.directory);
  const hasCheckpoints = (are: boolean): void =>
    stack.setEnv({ ...loginOf(cloud), ...env, ...(are ? {} : UNCHECKED) });
  hasCheckpoints(checkpoints);
  if (plugin) await playFirstRun(stack);
  const declare = (description: string, waits: boolean): void => {
    const program = programOf(cloud.fixture, size, description, waits);
    stack.write("program.json", JSON.stringify(program));
  };
  return {
    provider: {
      home: join(root, "home"),
      command: plugin ? /start\.cjs/ : /cmd\/dynamic-provider/,
    },
    commands: {
      create: () => {
        declare("", true);
        return up(stack);
      },
      refresh: () => stack.refresh(["--preview-only", "--expect-no-changes"], { expect: "any" }),
      preview: () => stack.preview(["--refresh", "--expect-no-changes"], { expect: "any" }),
      destroy: () => stack.destroy([], { expect: "any" }),
      change: (description) => {
        declare(description, false);
        return up(stack);
      },
    },
    async prepare(description) {
      declare(description, false);
      hasCheckpoints(false);
      const run = await up(stack);
      hasCheckpoints(checkpoints);
      return run;
    },
    dispose: () => stack.dispose(),
  };
}

function up(stack: TestStack) {
  return stack.up([], { expect: "any" });
}

/** Creates and deletes a policy: the first run of an installed plugin compiles its code, which it keeps for all others. */
async function playFirstRun(stack: TestStack): Promise<void> {
  stack.write("program.json", JSON.stringify({ ike: { kind: "IkePolicy" } }));
  await stack.up();
  await stack.destroy();
}

/** The program of tests/fixtures/programs/resources: connections that are awaited together, if at all. */
function programOf({ routerId, subnetId }: Fixture, size: number, text: string, waits: boolean) {
  const program: Record<string, unknown> = {
    service: { kind: "VpnService", args: { routerId } },
    ike: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [subnetId] } },
  };
  const peers = peersOf(size);
  peers.forEach(({ address, cidr }, i) => {
    program[`peer${i}`] = { kind: "EndpointGroup", args: { type: "cidr", endpoints: [cidr] } };
    const args = {
      vpnServiceId: ref("service.id"),
      ikePolicyId: ref("ike.id"),
      ipsecPolicyId: ref("ipsec.id"),
      localEpGroupId: ref("local.id"),
      peerEpGroupId: ref(`peer${i}.id`),
      peerAddress: address,
      peerId: address,
      psk: PSK,
      waitFor: "accepted",
      ...(text === "" ? {} : { description: text }),
    };
    program[`tunnel${i}`] = { kind: "IpsecSiteConnection", args };
  });
  if (waits) {
    const ids = peers.map((_, i) => ref(`tunnel${i}.id`));
    program["ready"] = { kind: "ConnectionsReady", args: { ids } };
  }
  return program;
}
