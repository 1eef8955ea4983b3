import { chmodSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

import { findEngine } from "../../../scripts/engine";
import { canariesBelow, canariesIn } from "../../support/harness/canaries";
import type { RunResult } from "../../support/harness/child";
import type { Cloud } from "../../support/harness/cloud";
import type { EchoFront, Shape } from "../../support/harness/echo";
import { SHAPES } from "../../support/harness/echoShapes";
import { describeWithEngine } from "../../support/harness/requires";
import type { TestStack } from "../../support/harness/stack";
import { CANARIES, makeSecretsStack, temporary, type SecretsStack } from "./stack";

const AT_STACK = ["--stack", "test", "--non-interactive", "--color", "never"];
/**
 * The most verbose logging of the engine, the language host and the provider. It hides the secrets of
 * the stack configuration.
 */
const LOUDEST = ["-v=9", "--logtostderr", "--logflow"];
const COLLECTION = /ipsec-site-connections$/;
const ITEM = /ipsec-site-connections\/./;

describeWithEngine("canaries of every secret", () => {
  let made: SecretsStack;
  let cloud: Cloud;
  let front: EchoFront;
  let stack: TestStack;
  let key: string;

  beforeAll(async () => {
    made = await makeSecretsStack();
    ({ cloud, front, stack, key } = made);
    write();
  });

  afterAll(() => made.stop());

  const office = (changes: Record<string, unknown> = {}) => ({
    kind: "IpsecSiteConnection",
    args: {
      vpnServiceId: cloud.parents.vpnServiceId,
      ipsecPolicyId: cloud.parents.ipsecPolicyId,
      ikePolicyId: { $ref: "ike.id" },
      peerAddress: "203.0.113.7",
      peerId: "203.0.113.7",
      peerCidrs: ["10.2.0.0/24"],
      psk: { $config: "psk" },
      description: { $config: "description" },
      timeouts: { create: "3s", update: "3s", delete: "3s" },
      ...changes,
    },
  });

  const ike = (pfs = "group14") => ({
    kind: "IkePolicy",
    args: { pfs, description: { $config: "description" } },
  });

  const write = (
    resources: Record<string, unknown> = { ike: ike(), office: office() },
    lookup?: { readonly kind: string; readonly args: object },
  ) => stack.write("program.json", JSON.stringify({ resources, lookup }));

  const expectNone = ({ stdout, stderr }: Pick<RunResult, "stdout" | "stderr">) => {
    const all = { ...CANARIES, "client's key": key };
    expect(canariesIn(stdout, all)).toEqual([]);
    expect(canariesIn(stderr, all)).toEqual([]);
    expect(canariesBelow(dirname(stack.directory), all)).toEqual([]);
  };

  const pulumi = async (args: string[], expect: "success" | "failure" = "success") => {
    const run = await stack.run([...args, ...AT_STACK], { expect });
    expectNone(run);
    return run;
  };

  const UP = ["up", "--yes", "--skip-preview"];
  const echoed = (method: string, path: RegExp, shape: Shape, args: string[]) =>
    front.during({ method, path, shape }, () => pulumi([...args, ...LOUDEST], "failure"));

  it("appear nowhere after a preview, which shows the psk as a secret", async () => {
    const { text } = await pulumi(["preview", "--diff", ...LOUDEST]);
    expect(text).toMatch(/psk *: \[secret\]/);
  });

  it("appear nowhere after an up", async () => {
    const { stderr } = await pulumi([...UP, ...LOUDEST]);
    expect(stderr).toMatch(/debug: POST .*connections -> 201/);
  });

  it("appear in the decrypted state", async () => {
    const shown = await stack.run(["stack", "export", "--show-secrets", "--stack", "test"]);
    expect(canariesIn(shown.stdout, CANARIES).join("\n")).toMatch(
      /the psk \([^]*the secret description \(/,
    );
    expect(stack.stateText()).toContain("ciphertext");
  });

  it("appear nowhere after an update with the engine's log in files", async () => {
    write({ ike: ike(), office: office({ psk: { $config: "new-psk" } }) });
    await pulumi(["up", "--yes", "--diff", "-v=9", "--logflow"]);
    const { stdout } = await stack.run(["stack", "export", "--show-secrets", "--stack", "test"]);
    expect(canariesIn(stdout, { now: CANARIES["new psk"]! })).not.toEqual([]);
  });

  describe("beside a psk and a description changed outside Pulumi", () => {
    beforeAll(async () => {
      const { IpsecSiteConnection: [office] = [] } = await cloud.objects();
      await cloud.api.put(`/vpn/ipsec-site-connections/${office!.id}`, {
        ipsec_site_connection: {
          psk: CANARIES["psk of somebody else"],
          description: CANARIES["psk of somebody else"],
        },
      });
    });

    it.each([
      ["table", ["--plan"]],
      ["JSON", ["--json", "--plan"]],
      ["Markdown", ["--markdown", "--plan"]],
      ["page", ["--html", "drift.html"]],
    ])("appear nowhere in drift's %s", async (_name, options) => {
      const run = await stack.verb(["drift", "--stack", "test", "--debug", ...options]);
      expect(run.text).toMatch(/psk.*hidden|"property": "psk"/);
      expectNone(run);
    });

    it("appear in no argument and no variable of the processes that drift starts", async () => {
      const root = dirname(stack.directory);
      stack.write(
        "bin/pulumi",
        '#!/bin/sh\n{ echo "$@"; env; } >>"$HOME/started.log"\nexec "$ENGINE/pulumi" "$@"\n',
      );
      const bin = join(stack.directory, "bin");
      chmodSync(join(bin, "pulumi"), 0o755);
      const engine = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
      const path = [bin, process.env["PATH"] ?? ""].join(delimiter);
      stack.setEnv({ ...temporary(stack), ENGINE: engine, PATH: path });
      const run = await stack.verb(["drift", "--stack", "test"]);
      stack.setEnv(temporary(stack));
      expect(run.text).toContain("psk");
      expect(readFileSync(join(root, "home", "started.log"), "utf8")).toContain("stack export");
      expectNone(run);
    });

    it("appear nowhere after a refresh", async () => {
      const { text } = await pulumi(["refresh", "--yes", "--skip-preview", ...LOUDEST]);
      expect(text).toContain("psk: differs (hidden)");
    });
  });

  it("appear nowhere in the output of doctor", async () => {
    const run = await stack.verb(["doctor", "--stack", "test", "--debug"]);
    expect(run.text).toContain("All is well.");
    expectNone(run);
  });

  it.each(["drift", "doctor"])("appear nowhere when servers echo them to %s", async (verb) => {
    const rule = { path: /network\/v2.0/, shape: SHAPES["a Neutron error"]! };
    const run = await front.during(rule, () => stack.verb([verb, "--stack", "test", "--debug"]));
    expect(run.code).toBe(1);
    expect(run.text).toContain("HTTPBadRequest: Bad");
    expectNone(run);
  });

  it.each(["a Neutron error", "header fields"])(
    "appear nowhere after an update that is answered with %s",
    async (shape) => {
      write({ ike: ike(), office: office({ psk: { $config: "psk" }, mtu: 1400 }) });
      const { text } = await echoed("PUT", ITEM, SHAPES[shape]!, UP);
      expect(text).toMatch(/Could not update|PUT .*answered/);
    },
  );

  it("appear nowhere after a refused psk", async () => {
    write({ ike: ike(), office: office({ psk: { $config: "psk-that-is-refused" } }) });
    const { text } = await pulumi([...UP, ...LOUDEST], "failure");
    expect(text).toMatch(/psk: must/);
  });

  it("appear nowhere after a replacement and after a lost response", async () => {
    write({ ike: ike("group15"), office: office() });
    await front.during(
      { method: "POST", path: COLLECTION, shape: SHAPES["a response that is cut"]! },
      () => pulumi([...UP, ...LOUDEST], "failure"),
    );
    await pulumi([...UP, ...LOUDEST]);
  });

  it("appear nowhere after an adoption", async () => {
    const { id } = await cloud.api.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        vpnservice_id: cloud.parents.vpnServiceId,
        ikepolicy_id: cloud.parents.ikePolicyId,
        ipsecpolicy_id: cloud.parents.ipsecPolicyId,
        peer_address: "203.0.113.9",
        peer_id: "203.0.113.9",
        peer_cidrs: ["10.3.0.0/24"],
        psk: CANARIES["psk of somebody else"],
      },
    });
    const adopted = {
      peerAddress: "203.0.113.9",
      peerId: "203.0.113.9",
      peerCidrs: ["10.3.0.0/24"],
      ikePolicyId: cloud.parents.ikePolicyId,
      adopt: id,
    };
    write({ ike: ike("group15"), office: office(), adopted: office(adopted) });
    const { text } = await pulumi(["up", "--yes", ...LOUDEST]);
    expect(text).toMatch(/will be adopted and changed: .*psk \(hidden\)/);
  });

  it("appear nowhere after a lookup and after a failed one", async () => {
    const lookup = { kind: "IpsecSiteConnection", args: { ikePolicyId: { $ref: "ike.id" } } };
    write({ ike: ike("group15"), office: office() }, lookup);
    await pulumi(["preview", ...LOUDEST]);
    await echoed("GET", COLLECTION, SHAPES["a Neutron error"]!, ["preview"]);
  });

  it("appear nowhere after a refused login and after a login with an application credential", async () => {
    const shape = SHAPES["a Keystone error"]!;
    await echoed("POST", /auth\/tokens$/, shape, ["refresh", "--yes", "--skip-preview"]);
    stack.setEnv({
      ...temporary(stack),
      OS_AUTH_URL: `${made.url}/identity/v3`,
      OS_APPLICATION_CREDENTIAL_NAME: "lab-app-cred",
      OS_APPLICATION_CREDENTIAL_SECRET: CANARIES["application credential's secret"]!,
      OS_USERNAME: "lab-user",
      OS_USER_DOMAIN_NAME: "Default",
    });
    await pulumi(["refresh", "--yes", "--skip-preview", ...LOUDEST]);
  });

  it("appear nowhere after a refused and after a successful destroy", async () => {
    await echoed("DELETE", ITEM, SHAPES["a Neutron error"]!, [
      "destroy",
      "--yes",
      "--skip-preview",
    ]);
    await pulumi(["destroy", "--yes", "--skip-preview", ...LOUDEST]);
    expect(await cloud.objects()).not.toHaveProperty("IpsecSiteConnection");
  });

  it("appear nowhere in the history, the backups and the configuration", async () => {
    const history = await stack.run(["stack", "history", "--json", "--stack", "test"]);
    expectNone(history);
    const settings = readFileSync(join(stack.directory, "Pulumi.test.yaml"), "utf8");
    expect(settings.match(/secure:/g)?.length).toBeGreaterThan(5);
  });
});
