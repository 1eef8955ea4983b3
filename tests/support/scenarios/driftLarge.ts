import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  drift,
  driftIn,
  driftReport,
  inAnyOrder,
  planIn,
  sentBy,
  untilSettled,
  type Document,
} from "../harness/drift";
import { loginOf, type CloudRequest } from "../harness/cloud";
import type { Args } from "../harness/kinds";
import type { Declared, Program } from "../harness/resources";
import type { Stage } from "../harness/stage";
import { tunnel } from "./family";

/** Values that no output may show: psks, and the description of `t1`, which the program marks as secret. */
const SECRETS = {
  declared: "canary/psk+of the state",
  changed: "canary/psk+by hand",
  unmanaged: "canary/psk+of nobody",
  description: "canary/description+of the state",
  changedDescription: "canary/description+by hand",
};

/** Changes outside Pulumi: the tunnel, the property and the body of the PUT. */
const CHANGES: Readonly<Record<string, readonly [property: string, body: Args]>> = {
  t1: ["description", { description: SECRETS.changedDescription }],
  t2: ["peerCidrs", { peer_cidrs: ["10.99.0.0/24", "10.98.0.0/24"] }],
  t3: ["mtu", { mtu: 1_400 }],
  t4: ["dpd.timeout", { dpd: { timeout: 240 } }],
  t5: ["psk", { psk: SECRETS.changed }],
  t6: ["peerId", { peer_id: "gw@example.org" }],
  t7: ["adminStateUp", { admin_state_up: false }],
};
const DELETED = ["t8", "t9"];
const FAILED = "t10";
const UNMANAGED = ["unmanaged1", "unmanaged2", "unmanaged3"];

const COLLECTIONS = ["ikepolicies", "ipsec-site-connections", "ipsecpolicies", "vpnservices"];

/** Thirteen findings among many tunnels; the tests share one stack and leave its objects behind. */
export function driftLargeScenarios(stage: Stage, size: number): void {
  let report: Document;
  let page: string;
  let outputs: Readonly<Record<"table" | "json" | "markdown", string>>;
  let diagnoses: string;
  let codes: number[];
  let requests: (readonly CloudRequest[])[];

  beforeAll(async () => {
    const { cloud, program } = stage;
    const begin = Date.now();
    // By default the engine writes the whole state twice for each resource.
    const quick = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
    program.stack.setEnv({ ...loginOf(cloud), ...quick });
    await program.up(tunnels(cloud.fixture, size));
    program.stack.setEnv(loginOf(cloud));
    const seconds = (Date.now() - begin) / 1_000;
    await applyFindings(stage);

    const plain = await drift(stage, "--html", "page.html");
    const json = await driftReport(stage, "--plan", "--debug");
    const markdown = await drift(stage, "--markdown");

    page = readFileSync(join(program.stack.directory, "page.html"), "utf8");
    outputs = { table: plain.stdout, json: json.stdout, markdown: markdown.stdout };
    diagnoses = [plain, json, markdown].map(({ stderr }) => stderr).join("\n");
    codes = [plain, json, markdown].map(({ code }) => code);
    // The page reads more: the parts of each tunnel that it diagnoses.
    requests = [json, markdown].map((run) => run.requests);
    ({ report } = json);
    process.stdout.write(
      `${size} tunnels: up ${seconds.toFixed(1)} s, drift ${json.seconds.toFixed(1)} s, ` +
        `of which the cloud took ${report.seconds.toFixed(2)} s\n`,
    );
  });
  afterAll(() => stage.program.dispose());

  it("drift finds exactly the changed, deleted, unmanaged and failed objects", () => {
    expect(driftIn(report)).toEqual(
      Object.fromEntries(Object.entries(CHANGES).map(([name, [property]]) => [name, [property]])),
    );
    const called = (verdict: string) =>
      report.resources.filter((one) => one.verdict === verdict).map(({ name }) => name);
    expect(called("gone").sort()).toEqual(DELETED);
    expect(called("failed")).toEqual([FAILED]);
    expect(report.resources.find(({ name }) => name === FAILED)).toMatchObject({
      recordedStatus: "ACTIVE",
      status: "ERROR",
    });
    expect(report.unmanaged.map(({ name }) => name).sort()).toEqual(UNMANAGED);
    expect(report.summary).toMatchObject({
      verdicts: { inStep: size + 3 - 10, drifted: 7, failed: 1, gone: 2, notRead: 0 },
      unmanaged: 3,
    });
    expect(report.problems).toEqual([]);
    expect(codes).toEqual([2, 2, 2]);
  });

  it("drift reports its requests: one list per collection and one GET per missing object", () => {
    const lists = COLLECTIONS.map((collection) => `GET /v2.0/vpn/${collection}`);
    for (const asked of requests) {
      const sent = asked.map(({ method, path }) => `${method} ${path}`).sort();
      const alone = sent.filter((one) => /^GET .*\/ipsec-site-connections\/[\w-]+$/.test(one));
      expect(new Set(alone).size).toBe(DELETED.length);
      expect(sent.filter((one) => !alone.includes(one))).toEqual(lists);
    }
    expect(report.clouds).toEqual([
      expect.objectContaining({
        lists: Object.fromEntries(COLLECTIONS.map((collection) => [collection, 1])),
        gets: DELETED.length,
      }),
    ]);
  });

  it.each(["table", "json", "markdown", "page"] as const)(
    "drift names each finding in the %s",
    (way) => {
      const text = way === "page" ? page : outputs[way];
      const findings = [...Object.keys(CHANGES), ...DELETED, FAILED, ...UNMANAGED];
      for (const name of findings) expect(text).toMatch(new RegExp(`\\b${name}\\b`));
      for (const [property] of Object.values(CHANGES)) expect(text).toContain(property);
    },
  );

  it("the outputs and debug lines of drift and refresh contain no secret in any encoding", async () => {
    await stage.program.stack.setConfig("vpnaas:logLevel", "debug");
    const { text } = await stage.program.stack.refresh(["--preview-only", "--diff"]);

    expect(text).toMatch(/psk: differs \(hidden\)/);
    expect(diagnoses).toMatch(/GET .*ipsec-site-connections/);
    const said = [text, diagnoses, page, ...Object.values(outputs)].join("\n");
    for (const secret of Object.values(SECRETS)) {
      for (const encoding of encodingsOf(secret)) expect(said).not.toContain(encoding);
    }
    expect(said).not.toContain("canary");
  });

  it("drift plans the exact corrections: a PUT for each change, a POST for each missing object", async () => {
    const { program } = stage;
    const sent = await sentBy(stage, Object.values(SECRETS), () =>
      // The failed connection may become ACTIVE with the agent's next report, or fail again.
      program.stack.up(["--refresh", "--continue-on-error"], { expect: "any" }),
    );

    const calls = report.plan!.map(({ method, name }) => `${method} ${name}`);
    expect(calls.sort()).toEqual(
      [...DELETED.map((name) => `POST ${name}`), ...Object.keys(CHANGES).map(putOf)].sort(),
    );
    expect(inAnyOrder(sent)).toEqual(inAnyOrder(planIn(report)));
  });
}

function tunnels(
  { routerId, subnetId }: { readonly routerId: string; readonly subnetId: string },
  size: number,
): Program {
  const many = Array.from({ length: size }, (_, i): [string, Declared] => {
    const peer = `198.51.100.${i + 1}`;
    const args = {
      psk: SECRETS.declared,
      peerCidrs: [`10.2.${i}.0/24`],
      peerAddress: peer,
      peerId: peer,
      ...(i === 0 && { description: { $secret: SECRETS.description } }),
    };
    return [`t${i + 1}`, tunnel(args)];
  });
  return {
    service: { kind: "VpnService", args: { routerId, subnetId } },
    ike: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
    ...Object.fromEntries(many),
  };
}

/** Changes, deletes and creates the objects that drift is to find. */
async function applyFindings({ cloud, program }: Stage): Promise<void> {
  const { service, ike, ipsec, ...made } = await program.resources();
  const path = (name: string) => `/vpn/ipsec-site-connections/${made[name]!.id!}`;
  await untilSettled(cloud);
  for (const [name, [, body]] of Object.entries(CHANGES)) {
    await cloud.api.put(path(name), { ipsec_site_connection: body });
  }
  for (const name of DELETED) await cloud.api.delete(path(name));
  for (const [i, name] of UNMANAGED.entries()) {
    await cloud.api.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        name,
        psk: SECRETS.unmanaged,
        peer_cidrs: ["10.7.0.0/24"],
        peer_address: `203.0.113.${i + 10}`,
        peer_id: "nobody",
        vpnservice_id: service!.id,
        ikepolicy_id: ike!.id,
        ipsecpolicy_id: ipsec!.id,
      },
    });
  }
  await untilSettled(cloud);
  await cloud.overrideShown({ [made[FAILED]!.id!]: { status: "ERROR" } });
}

function putOf(name: string): string {
  return `PUT ${name}`;
}

/** A string unchanged, URL-encoded, and in base64 at each of the three offsets. */
function encodingsOf(text: string): string[] {
  const bits = Buffer.byteLength(text) * 8;
  const encoded = [0, 8, 16].map((before) =>
    Buffer.from("\0".repeat(before / 8) + text)
      .toString("base64")
      .slice(Math.ceil(before / 6), Math.floor((before + bits) / 6)),
  );
  return [text, encodeURIComponent(text), new URLSearchParams({ text }).toString().slice(5)].concat(
    encoded,
    encoded.map((one) => one.replaceAll("+", "-").replaceAll("/", "_")),
  );
}
