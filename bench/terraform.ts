import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { ChildHandle } from "../tests/support/harness/child";
import { loginOf } from "../tests/support/harness/cloud";
import { buildTerraformProvider } from "../tools/terraform/build";
import { cleanEnvironment } from "../scripts/cleanEnvironment";
import { peersOf, PSK, type Fixture } from "./peers";
import type { BenchServer } from "./servers";
import type { Tool } from "./tool";

const cache = join(__dirname, "..", ".cache", "terraform");

/** A Terraform on the PATH, with the OpenStack provider. */
export interface Terraform {
  /** Folder of the provider. */
  readonly bin: string;
  /** Of both: `1.11.4, provider v1.54.1`. */
  readonly version: string;
}

/**
 * Finds Terraform, and builds its provider if the cache has none.
 * @param log Takes one line at a time.
 * @throws Error that names the missing program in a line.
 */
export async function findTerraform(log: (line: string) => void): Promise<Terraform> {
  const { stdout } = await promisify(execFile)("terraform", ["version", "-json"], {
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  }).catch(() => {
    throw new Error("there is no terraform on the PATH");
  });
  const { terraform_version } = JSON.parse(stdout) as { terraform_version: string };
  const { bin, version } = await buildTerraformProvider(cache, log);
  return { bin, version: `${terraform_version}, provider ${version}` };
}

/** The same connections as a Terraform configuration, with a state of its own. */
export function terraformOn({ cloud, size }: BenchServer, { bin }: Terraform): Promise<Tool> {
  const root = mkdtempSync(join(tmpdir(), "vpnaas-terraform-"));
  const program = join(root, "program");
  mkdirSync(join(root, "home"));
  mkdirSync(program);
  const settings = join(root, "terraform.rc");
  const source = "terraform-provider-openstack/openstack";
  writeFileSync(
    settings,
    `provider_installation {\n  dev_overrides { ${JSON.stringify(source)} = ${JSON.stringify(bin)} }\n  direct {}\n}\n`,
  );
  const env = cleanEnvironment(root, {
    ...loginOf(cloud),
    TF_CLI_CONFIG_FILE: settings,
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  });
  const children: ChildHandle[] = [];
  const run = (...args: string[]) => {
    const child = new ChildHandle(
      "terraform",
      [...args, "-input=false", "-no-color"],
      program,
      env,
    );
    children.push(child);
    return child.done;
  };
  const apply = (description: string) => {
    const text = JSON.stringify(configurationOf(cloud.fixture, size, description, source));
    writeFileSync(join(program, "main.tf.json"), text);
    return run("apply", "-auto-approve");
  };
  return Promise.resolve({
    provider: { home: join(root, "home"), command: /^\S*terraform-provider-openstack/ },
    commands: {
      create: () => apply(""),
      refresh: () => run("plan", "-detailed-exitcode"),
      destroy: () => run("destroy", "-auto-approve"),
      change: apply,
    },
    prepare: apply,
    async dispose() {
      for (const child of children) child.kill("SIGKILL");
      await Promise.allSettled(children.map(({ done }) => done));
      rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    },
  });
}

/**
 * Each object is a resource of its own, as in our program: `count` would make Terraform slower, since
 * it evaluates all groups for each connection.
 */
function configurationOf(
  { routerId, subnetId }: Fixture,
  size: number,
  description: string,
  source: string,
) {
  const id = (address: string) => `\${openstack_vpnaas_${address}.id}`;
  const groups: Record<string, object> = {
    local: { name: "local", type: "subnet", endpoints: [subnetId] },
  };
  const connections: Record<string, object> = {};
  peersOf(size).forEach(({ address, cidr }, i) => {
    groups[`peer${i}`] = { name: `peer${i}`, type: "cidr", endpoints: [cidr] };
    connections[`tunnel${i}`] = {
      name: `tunnel${i}`,
      psk: PSK,
      peer_address: address,
      peer_id: address,
      ...(description === "" ? {} : { description }),
      vpnservice_id: id("service_v2.service"),
      ikepolicy_id: id("ike_policy_v2.ike"),
      ipsecpolicy_id: id("ipsec_policy_v2.ipsec"),
      local_ep_group_id: id("endpoint_group_v2.local"),
      peer_ep_group_id: id(`endpoint_group_v2.peer${i}`),
    };
  });
  return {
    terraform: { required_providers: { openstack: { source } } },
    resource: {
      openstack_vpnaas_service_v2: { service: { name: "service", router_id: routerId } },
      openstack_vpnaas_ike_policy_v2: { ike: { name: "ike" } },
      openstack_vpnaas_ipsec_policy_v2: { ipsec: { name: "ipsec" } },
      openstack_vpnaas_endpoint_group_v2: groups,
      openstack_vpnaas_site_connection_v2: connections,
    },
  };
}
