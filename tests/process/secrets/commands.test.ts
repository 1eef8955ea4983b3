import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { canariesBelow, canariesIn } from "../../support/harness/canaries";
import type { RunResult } from "../../support/harness/child";
import { loginOf, simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { startCommand } from "../../support/harness/command";

const CANARIES = { stem: "canary" };
/** Variables with canaries that a command may read, or print by mistake. */
const ENV = {
  OS_AUTH_URL: "http://127.0.0.1:9/v3",
  OS_USERNAME: "lab-user",
  OS_PROJECT_NAME: "lab",
  OS_PASSWORD: "canary-password",
  OS_TOKEN: "canary-token",
  OS_APPLICATION_CREDENTIAL_SECRET: "canary-secret",
  HTTP_PROXY: "http://somebody:canary-proxy@127.0.0.1:9",
  HTTPS_PROXY: "http://somebody:canary-proxy@127.0.0.1:9",
  NO_PROXY: "",
  no_proxy: "",
  /** Makes libraries log more than they should. */
  DEBUG: "*",
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-commands-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const begin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startCommand(folder, args, { ...ENV, TMPDIR: folder, ...env });

const expectNone = ({ stdout, stderr }: RunResult) => {
  expect(canariesIn(`${stdout}\n${stderr}`, CANARIES)).toEqual([]);
  expect(canariesBelow(folder, CANARIES)).toEqual([]);
};

it.each([
  ["--help"],
  ["doctor --help"],
  ["drift --help"],
  ["simulate --help"],
  [""],
  ["nonsense"],
  ["--os-password=canary-password"],
  ["doctor --password canary-password"],
  ["doctor --password=canary-password"],
  ["drift --token=canary-token"],
  ["simulate --psk canary-psk"],
])("`pulumi-vpnaas %s` prints no secret", async (line) => {
  const run = await begin(line.split(" ").filter((word) => word !== "")).done;
  expect(run.text).toMatch(/Usage|pulumi-vpnaas: /);
  expectNone(run);
});

it.each(["http://127.0.0.1:9/v3", "https://127.0.0.1:9/v3"])(
  "doctor prints no secret with an unreachable proxy and DEBUG set: %s",
  async (url) => {
    const others = { OS_TOKEN: "", OS_APPLICATION_CREDENTIAL_SECRET: "" };
    const run = await begin(["doctor", "--debug"], { OS_AUTH_URL: url, ...others }).done;
    expect(run.text).toMatch(/password +\(hidden\) +OS_PASSWORD/);
    expect(run.text).toMatch(/FAIL +POST .*no answer \(ECONNREFUSED\)/);
    expectNone(run);
  },
);

it("simulate prints no variable of its environment", async () => {
  const running = begin(["simulate"]);
  await running.until(/Ctrl-C ends it/);
  running.kill("SIGINT");
  expectNone(await running.done);
});

describe("diagnose, given files of a peer", () => {
  let cloud: Cloud;
  let connection: string;

  beforeAll(async () => {
    cloud = await simulatedCloud({ pendingMs: 0, settlesTo: "DOWN" });
    const { vpnServiceId, ikePolicyId, ipsecPolicyId } = cloud.parents;
    const { id } = await cloud.api.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        vpnservice_id: vpnServiceId,
        ikepolicy_id: ikePolicyId,
        ipsecpolicy_id: ipsecPolicyId,
        peer_address: "203.0.113.7",
        peer_id: "203.0.113.7",
        peer_cidrs: ["10.2.0.0/24"],
        psk: "canary-of-the-cloud",
      },
    });
    connection = id;
  });
  afterAll(() => cloud.stop());

  const SWANCTL = `connections { office {
    remote_addrs = 203.0.113.11
    proposals = aes256-canary-modp2048
    local { id = canary }
    children { one { local_ts = 10.2.0.0/24 } }
  } }
  secrets { ike-1 { secret = other } ike-2 { secret = "canary" } }`;

  const OTHER_LOGINS = {
    OS_TOKEN: "",
    OS_APPLICATION_CREDENTIAL_SECRET: "",
    HTTP_PROXY: "",
    HTTPS_PROXY: "",
  };

  // Paths are left out: a message names the file as the user typed it.
  it.each([
    ["--peer-config", "a key beside the one of the connection", SWANCTL],
    ["--peer-config", "an unclosed section", SWANCTL.slice(0, -1)],
    ["--peer-config", "an unopened section", `${SWANCTL}}`],
    ["--peer-config", "broken JSON", '{"psk": "canary'],
    ["--peer-config", "JSON of another author", '{"psk": "canary"}'],
    ["--peer-config", "an unknown format", "my key is canary\n"],
    ["--peer-config", "an open quote", 'set vpn ipsec authentication psk office secret "canary'],
    ["--peer-config", "a key that is a name", 'conn canary\n  leftid=@canary\n: PSK "canary"\n'],
    ["--peer-log", "the configuration in place of the log", SWANCTL],
    [
      "--peer-log",
      "the key of the cloud in a line",
      "05[IKE] no IKE config found for canary-of-the-cloud, sending NO_PROPOSAL_CHOSEN",
    ],
  ])("%s with %s: prints no key", async (option, _title, text) => {
    const peer = mkdtempSync(join(tmpdir(), "vpnaas-peer-"));
    writeFileSync(join(peer, "file"), text);
    const args = ["--connection", connection, option, join(peer, "file"), "--debug"];
    const run = await begin(["diagnose", ...args], { ...OTHER_LOGINS, ...loginOf(cloud) }).done;
    rmSync(peer, { recursive: true });
    expect(run.text).toMatch(/DOWN|pulumi-vpnaas: /);
    expectNone(run);
  });
});
