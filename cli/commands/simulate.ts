import { once } from "node:events";
import { parseArgs } from "node:util";

import { startSimulator, type Simulator, type SimulatorOptions } from "../../simulator";
import { stdout } from "../io/output";
import { untilSignal } from "../io/signals";
import { readOptions, UsageError } from "../usage";

/** The output of `pulumi-vpnaas simulate --help`. */
export const simulateHelp = `Usage: pulumi-vpnaas simulate [options]

Runs a Keystone and a Neutron with VPNaaS in memory on 127.0.0.1 until Ctrl-C.
Nothing is kept. Ids of projects, router and subnets are the same in every run.

Options:
  --port N               port to listen on (default: any free one)
  --dialect NAME         neutron (default) or k5
  --pending TIME         duration of PENDING_CREATE, e.g. 5s or 250ms (default 500ms)
  --pending-on-update    a PUT of a connection turns it to PENDING_UPDATE first
  --settles-to STATUS    final status of connections: ACTIVE (default), DOWN or ERROR
  --with-tunnel          create a VPN service, two policies and a connection at start, all named
                         office, outside any stack

Words in the name or description of a connection that control it:
  [pending 5s]           its own pending time, decimals allowed
  [pending-update]       a PUT turns it to PENDING_UPDATE first
  [settles DOWN]         its final status; also [settles ERROR]
  [stuck]                it stays pending forever

Users, all in domain Default (password, project, role):
  lab-user               lab-user-pass, lab, member
  lab-reader             lab-reader-pass, lab, reader
  lab-other-user         lab-other-pass, lab-other, member
  admin                  lab-admin-pass, admin, admin
Application credential of lab-user: lab-app-cred, secret lab-app-secret
`;

const officePsk = "office-psk";
const user = { name: "lab-user", password: "lab-user-pass", project: "lab", domain: "Default" };

function oneOf<T extends string>(option: string, value: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (!found) {
    throw new UsageError(`--${option} is one of ${words.join(", ")}, not "${value}"`);
  }
  return found;
}

function milliseconds(value: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(value) ?? [];
  if (amount === undefined) {
    throw new UsageError(`--pending is a time such as 5s or 250ms, not "${value}"`);
  }
  return Number(amount) * (unit === "ms" ? 1 : unit === "s" ? 1000 : 60_000);
}

function portNumber(value: string): number {
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) {
    throw new UsageError(`--port is a number from 0 to 65535, not "${value}"`);
  }
  return Number(value);
}

function readArguments(args: string[]): { options: SimulatorOptions; withTunnel: boolean } {
  const { values } = readOptions(() =>
    parseArgs({
      args,
      options: {
        port: { type: "string", default: "0" },
        dialect: { type: "string", default: "neutron" },
        pending: { type: "string", default: "500ms" },
        "pending-on-update": { type: "boolean", default: false },
        "settles-to": { type: "string", default: "ACTIVE" },
        "with-tunnel": { type: "boolean", default: false },
      },
    }),
  );
  return {
    options: {
      port: portNumber(values.port),
      dialect: oneOf("dialect", values.dialect, ["neutron", "k5"]),
      pendingMs: milliseconds(values.pending),
      pendingOnUpdate: values["pending-on-update"],
      settlesTo: oneOf("settles-to", values["settles-to"], ["ACTIVE", "DOWN", "ERROR"]),
    },
    withTunnel: values["with-tunnel"],
  };
}

async function post(url: string, token: string, body: unknown): Promise<Response> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Auth-Token": token },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
  return response;
}

/**
 * Creates a tunnel with its service and policies, as lab-user. Returns the ids of the service and the
 * policies by the names of the inputs.
 */
async function createTunnel(simulator: Simulator): Promise<Record<string, string>> {
  const domain = { name: user.domain };
  const login = await post(`${simulator.identityUrl}/auth/tokens`, "", {
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { name: user.name, domain, password: user.password } },
      },
      scope: { project: { name: user.project, domain } },
    },
  });
  const token = login.headers.get("x-subject-token") ?? "";
  const create = async (path: string, kind: string, attributes: object): Promise<string> => {
    const url = `${simulator.endpoint}/v2.0/vpn/${path}`;
    const created = await post(url, token, { [kind]: { name: "office", ...attributes } });
    return ((await created.json()) as Record<string, { id: string }>)[kind]?.id ?? "";
  };
  const { routerId: router_id, subnetId: subnet_id } = simulator.fixture;
  const proposal = { auth_algorithm: "sha256", encryption_algorithm: "aes-256", pfs: "group14" };
  const vpnServiceId = await create("vpnservices", "vpnservice", { router_id, subnet_id });
  const ikePolicyId = await create("ikepolicies", "ikepolicy", { ...proposal, ike_version: "v2" });
  const ipsecPolicyId = await create("ipsecpolicies", "ipsecpolicy", proposal);
  await create("ipsec-site-connections", "ipsec_site_connection", {
    description: "made by hand",
    vpnservice_id: vpnServiceId,
    ikepolicy_id: ikePolicyId,
    ipsecpolicy_id: ipsecPolicyId,
    peer_address: "203.0.113.7",
    peer_id: "203.0.113.7",
    peer_cidrs: ["10.2.0.0/24"],
    psk: officePsk,
  });
  return { vpnServiceId, ikePolicyId, ipsecPolicyId };
}

function instructions(simulator: Simulator, dialect: string, made: Record<string, string>): string {
  const { fixture, identityUrl } = simulator;
  const environment = {
    OS_AUTH_URL: identityUrl,
    OS_USERNAME: user.name,
    OS_PASSWORD: user.password,
    OS_PROJECT_NAME: user.project,
    OS_USER_DOMAIN_NAME: user.domain,
    OS_PROJECT_DOMAIN_NAME: user.domain,
    OS_REGION_NAME: "RegionOne",
  };
  const config = {
    "vpnaas:dialect": dialect,
    routerId: fixture.routerId,
    subnetId: fixture.subnetId,
    ...made,
    ...(dialect === "k5" ? { availabilityZone: "jp-east-1a" } : {}),
  };
  const hasProxy = ["http_proxy", "HTTP_PROXY"].some((name) => process.env[name]);
  return [
    "# A cloud in memory. Paste this into another shell, in the folder of a Pulumi program:",
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
    ...(hasProxy ? ["export NO_PROXY=127.0.0.1"] : []),
    ...Object.entries(config).map(([name, value]) => `pulumi config set ${name} ${value}`),
    "",
    "# Instead of OS_USERNAME and OS_PASSWORD, an application credential of the same user:",
    `# OS_APPLICATION_CREDENTIAL_ID=${simulator.applicationCredential.id}`,
    `# OS_APPLICATION_CREDENTIAL_SECRET=${simulator.applicationCredential.secret}`,
    "",
    "# The router has the subnet 10.10.0.0/24 and another one,",
    `# 10.20.0.0/24: ${fixture.secondSubnetId}`,
    ...(made["vpnServiceId"] ? [`# The psk of the tunnel office is ${officePsk}`] : []),
    "",
    "# Ctrl-C ends it.",
    "",
  ].join("\n");
}

/**
 * `pulumi-vpnaas simulate`: runs until SIGINT or SIGTERM, or until its instructions cannot be
 * written; then resolves with the exit status 0.
 * @throws UsageError for invalid options; Error if the port is in use
 */
export async function simulate(args: string[]): Promise<number> {
  const { options, withTunnel } = readArguments(args);
  const simulator = await startSimulator(options);
  const end = AbortSignal.any([untilSignal(), stdout.lost]);
  const made = withTunnel ? await createTunnel(simulator) : {};
  stdout.write(instructions(simulator, options.dialect ?? "neutron", made));
  if (!end.aborted) await once(end, "abort");
  await simulator.stop();
  return 0;
}
