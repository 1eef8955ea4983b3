import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { simulatedCloud } from "../../support/harness/cloud";
import { DiagnoseScene } from "./scene";

const ROOT = resolve(__dirname, "..", "..", "..");

let scene: DiagnoseScene;

beforeEach(async () => {
  scene = await DiagnoseScene.open();
});
afterEach(() => scene.close());

describe("pulumi-vpnaas diagnose", () => {
  it("prints the table of docs/reference/diagnose.md, with the problem first, and exits with 2", async () => {
    const id = await scene.connect("v2");
    const file = scene.write("office.conf", scene.peerText({ ipsecPolicy: { pfs: "group5" } }));
    const { code, stdout, stderr } = await scene.diagnose(id, "--peer-config", file);
    expect([code, stderr]).toEqual([2, ""]);
    const page = readFileSync(join(ROOT, "docs", "reference", "diagnose.md"), "utf8");
    expect(page).toContain(`\n\`\`\`\n${stdout}\`\`\`\n`);
  });

  it("exits with 0 for an ACTIVE tunnel and the peer's exported configuration", async () => {
    const id = await scene.connect("v2", { description: "[settles ACTIVE]" });
    const file = scene.write("office.conf", scene.peerText({}));
    const { code, stdout } = await scene.diagnose(id, "--peer-config", file);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/FAIL|note|\?/);
  });

  it("compares different keys as fingerprints", async () => {
    const id = await scene.connect("v2");
    const text = scene.peerText({ connection: { psk: "Other0key" } });
    const { stdout } = await scene.diagnose(id, "--peer-config", scene.write("a", text));
    expect(stdout).toMatch(
      /FAIL {2}psk: fingerprint [0-9a-f]{8} in the cloud, fingerprint [0-9a-f]{8} at the peer\./,
    );
  });

  it("reads several files of one peer, and prints JSON", async () => {
    const id = await scene.connect("v2");
    const tunnel = { connection: { psk: "Other0key" } };
    const files = (["ipsec.conf", "ipsec.secrets"] as const).flatMap((format) => [
      "--peer-config",
      scene.write(format, scene.peerText(tunnel, format)),
    ]);
    const { code, stdout } = await scene.diagnose(id, ...files, "--json");
    const { version, tunnels } = JSON.parse(stdout) as Record<string, unknown[]>;
    expect([code, version, tunnels!.length]).toEqual([2, 1, 1]);
    expect(tunnels![0]).toMatchObject({
      id,
      name: "office",
      status: "DOWN",
      cloudAddress: "203.0.113.10",
      findings: expect.arrayContaining([
        expect.objectContaining({ verdict: "problem", property: "psk" }),
      ]),
    });
  });

  /** The peer is the VPN service that `connectOpposite` uses. */
  const TO_OPPOSITE = {
    peer_address: "203.0.113.11",
    peer_id: "203.0.113.11",
    peer_cidrs: ["10.40.0.0/24"],
  };

  it("finds the other end in another cloud, though the own one has a service of that address", async () => {
    const west = await simulatedCloud({ pendingMs: 0, settlesTo: "ACTIVE" });
    scene.writeClouds({ lab: scene.cloud, west });
    const id = await scene.connect("v2", { ...TO_OPPOSITE, description: "[settles ACTIVE]" });
    const other = await scene.connectOpposite({}, west);
    const { code, stdout } = await scene.diagnose(id, "--peer-cloud", "west");
    await west.stop();
    expect(stdout).toContain(`compared with connection west (${other}) of VpnService service`);
    expect(stdout).not.toMatch(/FAIL|note|\?/);
    expect(code).toBe(0);
  });

  it("reports a cloud that could not be searched for the peer, and diagnoses the rest", async () => {
    const id = await scene.connect("v2", { description: "[settles ACTIVE]" });
    const { code, stdout } = await scene.diagnose(id, "--peer-cloud", "west");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}\? {5}peerAddress: The cloud west could not be searched/m);
  });

  it("finds the other end in the same cloud by its address, and compares both", async () => {
    const id = await scene.connect("v2", TO_OPPOSITE);
    const other = await scene.connectOpposite({ psk: "Other0key" });
    const { code, stdout } = await scene.diagnose(id);
    expect(code).toBe(2);
    expect(stdout).toContain(`compared with connection west (${other}) of VpnService service`);
    expect(stdout.match(/FAIL {2}\S+/g)).toEqual(["FAIL  psk:"]);
  });

  it("shows by the API alone: a connection that is switched off, and a DPD action", async () => {
    const id = await scene.connect("v2", {
      admin_state_up: false,
      dpd: { action: "disabled", interval: 30, timeout: 120 },
    });
    const { code, stdout } = await scene.diagnose(id);
    expect(code).toBe(2);
    expect(stdout).toMatch(
      /FAIL {2}adminStateUp: false in the cloud\. The connection is switched off/,
    );
    expect(stdout).toMatch(/FAIL {2}dpd\.action: The API accepts disabled, but neither strongSwan/);
  });

  it("shows by the API alone: another connection of the service with the same peer", async () => {
    const id = await scene.connect("v2");
    await scene.connect("v2", { name: "twin" });
    const { stdout } = await scene.diagnose(id);
    expect(stdout).toMatch(/FAIL {2}peerCidrs: .*of IpsecSiteConnection twin .*the same peer/);
  });

  it.each([
    [
      "a file of no known format",
      () => ["--peer-config", scene.write("a", "interface Tunnel0\n")],
      /a has no format/,
    ],
    [
      "a log of another program",
      () => ["--peer-log", scene.write("a", "sshd[812]: Accepted\n")],
      /--peer-log a is not the log of strongSwan or libreswan/,
    ],
    [
      "a missing file",
      () => ["--peer-config", "missing.conf"],
      /--peer-config missing\.conf cannot be read/,
    ],
  ])("%s is an error that names it, with the status 1", async (_title, options, message) => {
    const id = await scene.connect("v2");
    const { code, stdout, stderr } = await scene.diagnose(id, ...options());
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
  });

  it("names the cause that the peer's log has", async () => {
    const id = await scene.connect("v2");
    const recorded = join(ROOT, "tests", "fixtures", "peerLogs", "strongswan", "v2");
    const text = readFileSync(join(recorded, "another-key.log"), "utf8");
    const log = scene.write("charon.log", text.replaceAll("203.0.113.59", "203.0.113.10"));
    const { code, stdout } = await scene.diagnose(id, "--peer-log", log);
    expect(code).toBe(2);
    expect(stdout.match(/FAIL {2}.*/g)).toEqual([
      "FAIL  psk: The keys differ, so authentication fails. Set the same key at both ends, at the peer first.",
    ]);
  });

  it("probes UDP 500 of the cloud's end", async () => {
    const id = await scene.connect("v2");
    const { stdout } = await scene.diagnose(id, "--cloud-address", "127.0.0.1", "--probe");
    // A machine with a daemon of its own answers.
    expect(stdout).toMatch(/probe: (?:Nothing came back from )?UDP 500 of 127\.0\.0\.1/);
  });

  it("prints a line for every request with --debug, and no key", async () => {
    const id = await scene.connect("v2");
    const file = scene.write("office.conf", scene.peerText({ connection: { psk: "Other0key" } }));
    const { stderr } = await scene.diagnose(id, "--debug", "--peer-config", file);
    expect(stderr).toMatch(/GET .*ipsec-site-connections/);
  });

  it("sends no changes", async () => {
    const id = await scene.connect("v2");
    const before = (await scene.cloud.requests()).length;
    await scene.diagnose(id);
    const sent = (await scene.cloud.requests()).slice(before).map(({ method }) => method);
    expect(new Set(sent)).toEqual(new Set(["GET"]));
  });
});
