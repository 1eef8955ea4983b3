import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

import { cleanEnvironment } from "../../scripts/cleanEnvironment";
import { findEngine } from "../../scripts/engine";
import { ChildHandle, type RunResult } from "../support/harness/child";
import { loginOf, simulatedCloud, type Cloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { ref, ResourceStack } from "../support/harness/resources";

const command = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

describeWithEngine("pulumi-vpnaas peer", () => {
  let cloud: Cloud;
  let program: ResourceStack;
  let bin: string;
  const folder = () => dirname(program.stack.directory);
  const at = (name: string) => join(folder(), name);

  const run = (...args: string[]) => runVerb("peer", ...args);

  async function runVerb(...words: string[]): Promise<RunResult> {
    const env = { ...loginOf(cloud), PATH: [bin, process.env["PATH"]].join(delimiter) };
    const args = [command, ...words];
    return new ChildHandle(process.execPath, args, folder(), cleanEnvironment(folder(), env)).done;
  }
  const runInStack = (...args: string[]) =>
    run("--stack", "test", "--cwd", program.stack.directory, ...args);
  const idOf = async (name: string) => (await program.resource(name)).id!;

  beforeAll(async () => {
    bin = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
    cloud = await simulatedCloud();
    program = await ResourceStack.make(cloud, {}, { key: "passphrase" });
    await program.up({
      key: { kind: "PreSharedKey", args: {} },
      ike: { kind: "IkePolicy", args: { ikeVersion: "v2", encryptionAlgorithm: "aes-256" } },
      office: {
        kind: "IpsecSiteConnection",
        args: {
          ...cloud.parents,
          ikePolicyId: ref("ike.id"),
          peerAddress: "203.0.113.7",
          peerId: "203.0.113.7",
          peerCidrs: ["10.2.0.0/24"],
          psk: ref("key.current"),
        },
      },
    });
  });
  afterAll(async () => {
    await program.dispose();
    await cloud.stop();
  });

  const keyIn = (text: string) => {
    const secret = /secret = 0s(\S+)/.exec(text)?.[1];
    return secret === undefined ? undefined : Buffer.from(secret, "base64").toString();
  };

  it("prints the other end of a connection of a stack, with its key", async () => {
    const { stdout, stderr, code } = await runInStack("office", "--format", "swanctl");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("local_addrs = 203.0.113.7");
    expect(stdout).toContain("proposals = aes256-sha256-modp2048");
    expect(stdout).toMatch(/remote_ts = 10\.\d+\.\d+\.0\/\d+/);
    expect(keyIn(stdout)).toMatch(/^[A-Za-z][A-Za-z0-9]{39}$/);
  });

  it("has the next key before a rotation, and the same bytes for the same key", async () => {
    const [current, next, again] = [
      await runInStack("--format", "swanctl"),
      await runInStack("--format", "swanctl", "--psk", "next"),
      await runInStack("--format", "swanctl", "--psk", "current"),
    ];
    expect(keyIn(next.stdout)).toMatch(/^[A-Za-z][A-Za-z0-9]{39}$/);
    expect(keyIn(next.stdout)).not.toBe(keyIn(current.stdout));
    expect(again.stdout).toBe(current.stdout);
  });

  it("reads a connection without a stack from the cloud, with the same result", async () => {
    const ofStack = await runInStack("office", "--format", "json");
    const ofCloud = await run("--connection", await idOf("office"), "--format", "json");
    expect(JSON.parse(ofCloud.stdout)).toEqual(JSON.parse(ofStack.stdout));
  });

  it("writes a file for its owner alone, and replaces no file of another author", async () => {
    writeFileSync(at("theirs.conf"), "theirs");
    const own = await runInStack("--format", "swanctl", "--out", at("own.conf"));
    const again = await runInStack("--format", "vyos", "--out", at("own.conf"));
    const theirs = await runInStack("--format", "swanctl", "--out", at("theirs.conf"));
    expect([own.code, again.code, theirs.code]).toEqual([0, 0, 1]);
    expect(own.text).toBe("");
    expect(statSync(at("own.conf")).mode & 0o777).toBe(0o600);
    expect(readFileSync(at("own.conf"), "utf8")).toContain("set vpn ipsec");
    expect(readFileSync(at("theirs.conf"), "utf8")).toBe("theirs");
  });

  it("diagnose finds no difference between a connection of a stack and its own export", async () => {
    await runInStack("--format", "swanctl", "--out", at("export.conf"));
    const options = ["--stack", "test", "--cwd", program.stack.directory];
    const files = ["--peer-config", at("export.conf")];
    const { stdout, code } = await runVerb("diagnose", "office", ...options, ...files);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^office {2}ACTIVE {2}.*compared with connection/);
    expect(stdout).not.toMatch(/FAIL|note|\?/);
  });

  it("diagnose refuses a name that the stack lacks, with the list of its connections", async () => {
    const options = ["--stack", "test", "--cwd", program.stack.directory];
    const { stderr, code } = await runVerb("diagnose", "cellar", ...options);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no connection cellar\. Its connections: office \(/);
  });

  it("writes nothing if the format cannot express the tunnel, and names the reason", async () => {
    const options = ["--format", "vyos", "--connection", await idOf("office")];
    await program.changeOutsidePulumi("office", { psk: `canary'1` });
    const { code, stdout, stderr } = await run(...options, "--out", at("refused.conf"));
    expect([code, stdout, existsSync(at("refused.conf"))]).toEqual([1, "", false]);
    expect(stderr).toMatch(/psk \(hidden\): VyOS cannot express it\. Use a key of/);
    expect(stderr).not.toContain("canary");
  });

  it("needs the interface of a firewall, and writes nothing without it", async () => {
    const bare = await runInStack("office", "--format", "fortios");
    const { stdout } = await runInStack(
      "office",
      "--format",
      "fortios",
      "--peer-interface",
      "wan1",
    );
    expect([bare.code, bare.stdout]).toEqual([1, ""]);
    expect(bare.stderr).toMatch(/peerInterface: FortiOS needs .*: give --peer-interface/);
    expect(stdout).toContain('set interface "wan1"');
    expect(stdout).toMatch(/set psksecret "[A-Za-z0-9]{40}"/);
  });

  it("lists the connections if the name is unknown", async () => {
    const { code, stderr } = await runInStack("cellar", "--format", "swanctl");
    expect(code).toBe(1);
    expect(stderr).toMatch(/no connection cellar\. Its connections: office \(/);
  });

  it("lists the formats", async () => {
    expect((await run("--formats")).stdout).toMatch(
      /^swanctl +swanctl\.conf\. Tried on real tunnels of strongSwan/m,
    );
  });
});
