import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startSimulator, type Simulator, type SimulatorOptions } from "../../simulator";
import { login } from "../support/harness/api";
import { selfSigned } from "../support/harness/certificates";
import type { RunResult } from "../support/harness/child";
import { startCommand } from "../support/harness/command";
import { startTlsFront } from "../support/harness/tls";

const SECRETS = ["canary-password", "lab-user-pass", "canary-token", "canary-secret"];

let folder: string;
let sim: Simulator;
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-doctor-"));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** A cloud without endpoint groups, as the default dialect expects, unless the options differ. */
async function cloud(options: SimulatorOptions = {}): Promise<Record<string, string>> {
  sim = await startSimulator({ missingExtensions: ["vpn-endpoint-groups"], ...options });
  closing.push(() => sim.stop());
  return {
    OS_AUTH_URL: sim.identityUrl,
    OS_USERNAME: "lab-user",
    OS_PASSWORD: "lab-user-pass",
    OS_PROJECT_NAME: "lab",
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
  };
}

/** Runs the command in an empty folder; its output may not contain a secret. */
async function doctor(env: Record<string, string>, ...options: string[]): Promise<RunResult> {
  const run = await startCommand(folder, ["doctor", ...options], env).done;
  for (const secret of SECRETS) expect(run.text).not.toContain(secret);
  return run;
}

function cloudsYaml(content: unknown): void {
  writeFileSync(join(folder, "clouds.yaml"), JSON.stringify(content), { mode: 0o600 });
}

describe("doctor with a valid configuration", () => {
  it("shows every setting with its source, the login, the endpoint and the extensions", async () => {
    const { code, stdout } = await doctor(await cloud());

    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}username +lab-user +OS_USERNAME$/m);
    expect(stdout).toMatch(/^ {2}password +\(hidden\) +OS_PASSWORD$/m);
    expect(stdout).toMatch(/^ {2}interface +public +default$/m);
    expect(stdout).toMatch(
      /ok +Logged in as lab-user, project lab \(\w+\), roles: reader, member;/,
    );
    expect(stdout).toContain(`The network endpoint is ${sim.endpoint}`);
    expect(stdout).toMatch(/its clock is within \d s of ours/);
    expect(stdout).toContain("All is well.");
  });

  it("reports whether Neutron has endpoint groups and the newer ciphers", async () => {
    const env = await cloud({ missingExtensions: ["vpn-aes-ctr"] });
    cloudsYaml({ clouds: { lab: { vpnaas: { dialect: "neutron" }, auth: authOf(env) } } });

    const { code, stdout } = await doctor({ OS_CLOUD: "lab" });

    expect(code).toBe(0);
    expect(stdout).toMatch(/ok +It has the extensions vpnaas and vpn-endpoint-groups/);
    expect(stdout).toMatch(/note +It does not announce the newer ciphers/);
  });

  it("names the key of clouds.yaml that sets a value", async () => {
    const env = await cloud();
    cloudsYaml({ clouds: { lab: { region_name: "RegionOne", auth: authOf(env) } } });

    const { stdout } = await doctor({}, "--cloud", "lab");

    expect(stdout).toMatch(/region +RegionOne +clouds\.yaml at .*clouds\.lab\.region_name/);
  });

  it("sends no changes", async () => {
    await doctor(await cloud());

    const methods = sim.requests
      .filter(({ path }) => path.startsWith("/network"))
      .map(({ method }) => method);
    expect(new Set(methods)).toEqual(new Set(["GET"]));
  });
});

describe("doctor with an invalid configuration", () => {
  it("reports a refused login and the source of its password", async () => {
    const run = await doctor({ ...(await cloud()), OS_PASSWORD: "canary-password" });

    expect(problem(run)).toMatch(/refused the login of user lab-user to project lab.*OS_PASSWORD/);
  });

  it("lists the regions after an unknown region", async () => {
    const run = await doctor({ ...(await cloud()), OS_REGION_NAME: "Nowhere" });

    expect(problem(run)).toMatch(
      /no network endpoint for interface public, region Nowhere.*RegionOne/,
    );
  });

  it("reports a catalog without a network endpoint", async () => {
    const run = await doctor(await cloud({ networkEndpoints: [] }));

    expect(problem(run)).toMatch(/no network endpoint.*It has: none/);
  });

  it("reports an expired token", async () => {
    await cloud();
    const token = await login(sim.identityUrl);
    sim.revokeTokens();

    const run = await doctor({ OS_TOKEN: token, OS_NETWORK_ENDPOINT_OVERRIDE: sim.endpoint });

    expect(problem(run)).toMatch(/401.*OS_TOKEN|OS_TOKEN.*401/);
    expect(run.text).not.toContain(token);
  });

  it("reports an unreachable host", async () => {
    const env = await cloud();
    await sim.stop();

    expect(problem(await doctor(env))).toMatch(/no answer \(ECONNREFUSED\)/);
  });

  it("reports an untrusted certificate and suggests a way to trust it", async () => {
    const env = await cloud();
    const to = () => new URL(sim.endpoint).origin;
    const front = await startTlsFront({ certificate: await selfSigned(), to });
    closing.push(() => front.stop());

    const run = await doctor({ ...env, OS_AUTH_URL: `${front.url}/identity/v3` });

    expect(problem(run)).toMatch(/certificate is not trusted.*OS_CACERT/);
  });

  it("reports a cloud without VPNaaS", async () => {
    const env = await cloud({ missingExtensions: ["vpnaas"] });
    cloudsYaml({ clouds: { lab: { vpnaas: { dialect: "neutron" }, auth: authOf(env) } } });

    expect(problem(await doctor({ OS_CLOUD: "lab" }))).toMatch(/has no extension vpnaas/);
  });

  it("names the line of a malformed clouds.yaml", async () => {
    writeFileSync(
      join(folder, "clouds.yaml"),
      "clouds:\n  lab:\n    auth: {password: canary-password\n",
    );

    expect(problem(await doctor({ OS_CLOUD: "lab" }))).toMatch(
      /clouds\.yaml is not valid YAML.*line \d/,
    );
  });

  it("names an unreadable clouds.yaml", async () => {
    mkdirSync(join(folder, "clouds.yaml"));

    expect(problem(await doctor({ OS_CLOUD: "lab" }))).toMatch(/clouds\.yaml cannot be read/);
  });

  it("lists the clouds after an unknown cloud", async () => {
    cloudsYaml({ clouds: { lab: {}, other: {} } });

    const run = await doctor({ OS_CLOUD: "nope" });

    expect(problem(run)).toMatch(/no cloud nope \(OS_CLOUD\).*It has: lab, other/);
  });

  it("reports that a reader sees no VPN objects", async () => {
    const run = await doctor({
      ...(await cloud()),
      OS_USERNAME: "lab-reader",
      OS_PASSWORD: "lab-reader-pass",
    });

    expect(problem(run)).toMatch(/only role of this login is reader.*member/);
  });

  it("reports a Neutron that is read in the k5 dialect, with the command that sets it", async () => {
    const run = await doctor(await cloud({ missingExtensions: [] }));

    expect(problem(run)).toMatch(
      /FAIL +The dialect: this cloud is a Neutron of OpenStack, .*`pulumi config set vpnaas:dialect neutron`/,
    );
  });

  it("reports clocks that differ", async () => {
    const run = await doctor(await cloud({ clockAheadSeconds: 900 }));

    expect(problem(run)).toMatch(/its clock is (?:899|900|901) s ahead of ours/);
  });

  it("reports a stack without a project", async () => {
    const run = await doctor({}, "--stack", "dev");

    expect(problem(run)).toMatch(
      /configuration of the stack dev cannot be read: there is no Pulumi.yaml .*--cwd names the program/,
    );
  });

  it("reports that there is no pulumi to read the stack configuration", async () => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");

    const run = await doctor({ PATH: folder }, "--stack", "dev");

    expect(problem(run)).toMatch(
      /configuration of the stack dev cannot be read: there is no `pulumi` on the PATH/,
    );
  });
});

/** The message of the single problem; fails unless the exit status is 1. */
function problem({ code, stdout }: RunResult): string {
  expect(code).toBe(1);
  const found = stdout.split("\n").filter((line) => line.startsWith("  FAIL  "));
  expect(found).toHaveLength(1);
  return found[0]!;
}

function authOf(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name.replace(/^OS_/, "").toLowerCase(), value]),
  );
}

it("doctor without a program states that it has read no stack", async () => {
  const { code, stdout } = await doctor(await cloud());

  expect(stdout).toMatch(/note +No stack configuration was read.*with --stack/);
  expect(code).toBe(0);
});
