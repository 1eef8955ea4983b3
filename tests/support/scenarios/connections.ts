import type { Cloud, CloudRequest, Groups } from "../harness/cloud";
import type { Args, ConnectionStack, ConnectionStage } from "../harness/connections";
import type { StateResource } from "../harness/stack";
import { put } from "./fields";

/** A change of the program for each mutable field, and the expected request body. */
const UPDATES: readonly (readonly [input: string, args: Args, body: Args])[] = [
  ["name", { name: "renamed" }, { name: "renamed" }],
  ["description", { description: "to datacenter2" }, { description: "to datacenter2" }],
  ["psk", { psk: "canary-psk-2" }, { psk: "canary-psk-2" }],
  ["initiator", { initiator: "response-only" }, { initiator: "response-only" }],
  ["peerAddress", { peerAddress: "203.0.113.78" }, { peer_address: "203.0.113.78" }],
  ["peerId", { peerId: "gw@example.org" }, { peer_id: "gw@example.org" }],
  ["peerCidrs", { peerCidrs: ["10.3.0.0/24"] }, { peer_cidrs: ["10.3.0.0/24"] }],
  ["mtu", { mtu: 1400 }, { mtu: 1400 }],
  ["localId", { localId: "us@example.org" }, { local_id: "us@example.org" }],
  [
    "one part of dpd",
    { dpd: { interval: 20 } },
    { dpd: { action: "hold", interval: 20, timeout: 120 } },
  ],
  ["adminStateUp", { adminStateUp: false }, { admin_state_up: false }],
];

/** The lifecycle of an IpsecSiteConnection and its fields, on any cloud. */
export function connectionScenarios(stage: ConnectionStage): void {
  let cloud: Cloud;
  let program: ConnectionStack;
  beforeAll(() => {
    ({ cloud, program } = stage);
  });
  afterEach(() => stage.leave());

  it("up creates a connection, waits until it has settled, and has no changes afterwards", async () => {
    program.declare({ office: {} });

    expect((await program.stack.preview()).text).toMatch(/IpsecSiteConnection office create/);
    await program.stack.up();

    expect((await program.resource("office")).outputs).toMatchObject({ status: "ACTIVE" });
    await program.stack.up(["--expect-no-changes"]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await program.stack.refresh(["--expect-no-changes"]);
    await program.stack.preview(["--expect-no-changes"]);
  });

  it("the psk appears neither in the state nor in any output", async () => {
    program.declare({ office: {} });
    const created = await program.stack.up(["--diff"]);
    program.declare({ office: { psk: "canary-psk-2" } });
    const previewed = await program.stack.preview(["--diff", "--json"]);
    const updated = await program.stack.up(["--diff"]);
    await program.changeOutsidePulumi("office", { psk: "canary-psk-3" });
    const refreshed = await program.stack.refresh(["--diff"]);

    const printed = [created, previewed, updated, refreshed].map(({ text }) => text).join("\n");
    expect(printed).not.toContain("canary-psk");
    expect(program.stack.stateText()).not.toContain("canary-psk");
  });

  it("a refresh shows a change made outside Pulumi, of the psk alone too, and up corrects it", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    await program.changeOutsidePulumi("office", { psk: "canary-psk-by-hand" });
    const ofPsk = await program.stack.refresh(["--preview-only", "--expect-no-changes"], {
      expect: "failure",
    });
    expect(ofPsk.text).toMatch(/psk: differs \(hidden\)/);

    await program.changeOutsidePulumi("office", {
      description: "by hand",
      peer_cidrs: ["10.9.0.0/24"],
    });

    const check = await program.stack.refresh(["--preview-only", "--expect-no-changes", "--diff"], {
      expect: "failure",
    });
    expect(check.text).toMatch(/description/);
    expect(check.text).toMatch(/10\.9\.0\.0\/24/);
    expect(check.text).toMatch(
      /IpsecSiteConnection test-office-\w+ \(\S+\): psk: differs \(hidden\)/,
    );
    expect((await program.stack.preview(["--refresh"])).text).toMatch(/office update/);

    await program.stack.up(["--refresh"]);
    expect(await program.live("office")).toMatchObject({
      description: "",
      peer_cidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
    });
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("a refresh detects a connection deleted outside Pulumi, and up creates it again", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    await program.deleteOutsidePulumi("office");

    const refreshed = await program.stack.refresh();

    expect(refreshed.text).toMatch(/IpsecSiteConnection test-office-\w+ \(\S+\) is gone/);
    expect(await program.find("office")).toBeUndefined();
    await program.stack.up();
    expect(await program.inCloud()).toHaveLength(1);
  });

  it("one up replaces a connection, and deletes the old one first when its policy changes", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    const policy = await cloud.api.post("/vpn/ikepolicies", { ikepolicy: { name: "other" } });

    program.declare({ office: { ikePolicyId: policy.id } });
    expect((await program.stack.preview()).text).toMatch(/office (?:delete-)?replace/);
    const changes = await program.changesDuring(() => program.stack.up());

    expect(changes.map(({ method }) => method)).toEqual(["DELETE", "POST"]);
    expect(await program.live("office")).toMatchObject({ ikepolicy_id: policy.id });

    const { id, urn } = await program.resource("office");
    await program.stack.up(["--replace", urn]);
    const left = await program.inCloud();
    expect(left.map((one) => one.id)).toEqual([(await program.resource("office")).id]);
    expect(left[0]!.id).not.toBe(id);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await stage.leave();
    await cloud.api.send("DELETE", `/vpn/ikepolicies/${policy.id}`);
  });

  it("the preview refuses invalid inputs by name, without their values", async () => {
    program.declare({
      office: {
        psk: " canary-psk-bad ",
        peerCidrs: ["10.2.0.0"],
        dpd: { interval: 60, timeout: 60 },
      },
    });

    for (const format of [["--diff"], ["--json"]]) {
      const { text } = await program.stack.preview(format, { expect: "failure" });
      expect(text).toMatch(/psk: must not start or end with whitespace/);
      expect(text).toMatch(/peerCidrs\[0\]: must be a network/);
      expect(text).toMatch(/dpd.timeout: must be greater than dpd.interval/);
      expect(text).not.toContain("canary-psk-bad");
    }
  });

  it("up without a preflight shows the cloud's refusal and changes nothing", async () => {
    program.declare({ office: { ikePolicyId: "00000000-0000-4000-8000-000000000000" } });

    await program.stack.setConfig("vpnaas:preflight", "off");
    const { text } = await program.stack.up([], { expect: "failure" });
    await program.stack.setConfig("vpnaas:preflight", "on");

    expect(text).toMatch(
      /Could not create IpsecSiteConnection test-office-\w+: POST \/v2.0\/vpn\/ipsec-site-connections answered 404 IKEPolicyNotFound: .*, request id req-/,
    );
    expect(await program.find("office")).toBeUndefined();
  });
}

/** Changes of many connections of one stack in one run: of each mutable field, and of notations. */
export function connectionChangeScenarios(stage: ConnectionStage): void {
  const CIDRS = ["10.2.0.0/24", "10.4.0.0/16", "10.3.0.0/24"];
  let program: ConnectionStack;
  let groups: Groups;
  let made: Record<string, StateResource>;
  let changes: CloudRequest[];
  let text: string;

  beforeAll(async () => {
    ({ program } = stage);
    groups = await stage.cloud.groups();
    const { vpnServiceId, localEpGroupId, peerEpGroupId } = groups;
    const others: Record<string, Args> = {
      resolved: { peerAddress: "localhost", peerId: "vpn.example.org" },
      reordered: { peerCidrs: CIDRS },
      grouped: { vpnServiceId, localEpGroupId, peerEpGroupId, peerCidrs: null },
      reset: { description: "x", localId: "us@example.org", mtu: 1400 },
    };
    const updated = (argsOf: (args: Args) => Args) =>
      Object.fromEntries(UPDATES.map(([key, args]) => [key, argsOf(args)]));
    program.declare({ ...others, ...updated(() => ({})) });
    await program.stack.up();
    made = await program.resources();
    await program.stack.preview(["--refresh", "--expect-no-changes"]);

    program.declare({
      resolved: others["resolved"]!,
      reordered: { peerCidrs: ["10.3.0.0/24", "10.2.0.7/24", "10.4.0.0/16"] },
      grouped: { ...others["grouped"], peerEpGroupId: groups.otherPeerEpGroupId },
      reset: {},
      ...updated((args) => args),
    });
    changes = await program.changesDuring(async () => {
      ({ text } = await program.stack.up());
    });
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });
  afterAll(() => stage.leave());

  const sentTo = (name: string) => changes.filter(({ path }) => path.endsWith(made[name]!.id!));

  it.each(UPDATES)(
    "up updates the mutable field %s of a connection and sends that field alone",
    async (key, _args, body) => {
      expect(sentTo(key)).toEqual([put(made[key]!, body)]);
      expect(await program.live(key)).toMatchObject(body);
    },
  );

  it("up sends one request for each changed connection", () => {
    expect(changes).toHaveLength(UPDATES.length + ["grouped", "reset"].length);
  });

  it("up has no changes for another order or notation of the peer's networks", () => {
    expect(sentTo("reordered")).toEqual([]);
    expect(text).toMatch(/IpsecSiteConnection grouped updated/);
    expect(text).not.toMatch(/reordered updat/);
  });

  it("a connection of endpoint groups changes to another group in place", () => {
    expect(sentTo("grouped").map(({ method, body }) => [method, body])).toEqual([
      ["PUT", { ipsec_site_connection: { peer_ep_group_id: groups.otherPeerEpGroupId } }],
    ]);
  });

  it("up resets a field to its default after its removal from the program", () => {
    expect(sentTo("reset").map(({ body }) => body)).toEqual([
      { ipsec_site_connection: { description: "", local_id: "", mtu: 1500 } },
    ]);
  });

  it("up has no changes for a host name that the cloud has resolved", async () => {
    expect(made["resolved"]!.outputs).toMatchObject({
      peerAddress: "localhost",
      resolvedPeerAddress: "127.0.0.1",
    });
    await program.changeOutsidePulumi("resolved", { peer_address: "203.0.113.99" });
    await program.stack.up(["--refresh"]);
    expect(await program.live("resolved")).toMatchObject({ peer_address: "127.0.0.1" });
  });
}
