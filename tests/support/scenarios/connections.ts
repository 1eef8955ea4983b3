import type { Cloud } from "../harness/cloud";
import type { Args, ConnectionStack, ConnectionStage } from "../harness/connections";
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
  beforeEach(() => {
    ({ cloud, program } = stage);
  });

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

  it("up updates every mutable field, each on a separate connection, and sends that field alone", async () => {
    const connections = (argsOf: (args: Args) => Args) =>
      Object.fromEntries(UPDATES.map(([key, args]) => [key, argsOf(args)]));
    program.declare(connections(() => ({})));
    await program.stack.up();
    const made = await program.resources();

    program.declare(connections((args) => args));
    const sent = await program.changesDuring(() => program.stack.up());

    expect(sent).toHaveLength(UPDATES.length);
    expect(sent).toEqual(
      expect.arrayContaining(UPDATES.map(([key, , body]) => put(made[key]!, body))),
    );
    for (const [key, , body] of UPDATES) expect(await program.live(key)).toMatchObject(body);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
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

  it("a refresh shows a change made outside Pulumi, and up corrects it", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    await program.changeOutsidePulumi("office", {
      description: "by hand",
      peer_cidrs: ["10.9.0.0/24"],
      psk: "canary-psk-by-hand",
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

  it("preview --expect-no-changes fails if only the psk differs", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    await program.changeOutsidePulumi("office", { psk: "canary-psk-by-hand" });

    const check = await program.stack.refresh(["--preview-only", "--expect-no-changes"], {
      expect: "failure",
    });

    expect(check.text).toMatch(/psk: differs \(hidden\)/);
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

  it("one up replaces a connection whose policy changes, and deletes the old one first", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    const policy = await cloud.api.post("/vpn/ikepolicies", { ikepolicy: { name: "other" } });

    program.declare({ office: { ikePolicyId: policy.id } });
    expect((await program.stack.preview()).text).toMatch(/office (?:delete-)?replace/);
    const changes = await program.changesDuring(() => program.stack.up());

    expect(changes.map(({ method }) => method)).toEqual(["DELETE", "POST"]);
    expect(await program.live("office")).toMatchObject({ ikepolicy_id: policy.id });
    await cloud.api.send("DELETE", `/vpn/ikepolicies/${policy.id}`);
  });

  it("up --replace creates another connection and deletes the old one", async () => {
    program.declare({ office: {} });
    await program.stack.up();
    const { id, urn } = await program.resource("office");

    await program.stack.up(["--replace", urn]);

    const left = await program.inCloud();
    expect(left.map((one) => one.id)).toEqual([(await program.resource("office")).id]);
    expect(left[0]!.id).not.toBe(id);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
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

  it("up shows the cloud's refusal and changes nothing", async () => {
    program.declare({ office: { ikePolicyId: "00000000-0000-4000-8000-000000000000" } });

    const { text } = await program.stack.up([], { expect: "failure" });

    expect(text).toMatch(
      /Could not create IpsecSiteConnection test-office-\w+: POST \/v2.0\/vpn\/ipsec-site-connections answered 404 IKEPolicyNotFound: .*, request id req-/,
    );
    expect(await program.find("office")).toBeUndefined();
  });

  it("up has no changes for a host name that the cloud has resolved", async () => {
    program.declare({ office: { peerAddress: "localhost", peerId: "vpn.example.org" } });

    await program.stack.up();

    expect((await program.resource("office")).outputs).toMatchObject({
      peerAddress: "localhost",
      resolvedPeerAddress: "127.0.0.1",
    });
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
    await program.changeOutsidePulumi("office", { peer_address: "203.0.113.99" });
    await program.stack.up(["--refresh"]);
    expect(await program.live("office")).toMatchObject({ peer_address: "127.0.0.1" });
  });

  it("up has no changes for another order or notation of the peer's networks", async () => {
    program.declare({ office: { peerCidrs: ["10.2.0.0/24", "10.4.0.0/16", "10.3.0.0/24"] } });
    await program.stack.up();
    await program.stack.preview(["--refresh", "--expect-no-changes"]);

    program.declare({ office: { peerCidrs: ["10.3.0.0/24", "10.2.0.7/24", "10.4.0.0/16"] } });
    const changes = await program.changesDuring(() => program.stack.up(["--expect-no-changes"]));

    expect(changes).toEqual([]);
  });

  it("a connection of endpoint groups changes to another group in place", async () => {
    const groups = await cloud.groups();
    const { localEpGroupId, peerEpGroupId, otherPeerEpGroupId, vpnServiceId } = groups;
    const office = { vpnServiceId, localEpGroupId, peerEpGroupId, peerCidrs: null };
    program.declare({ office });
    await program.stack.up();
    await program.stack.preview(["--refresh", "--expect-no-changes"]);

    program.declare({ office: { ...office, peerEpGroupId: otherPeerEpGroupId } });
    const changes = await program.changesDuring(() => program.stack.up());

    expect(changes.map(({ method, body }) => [method, body])).toEqual([
      ["PUT", { ipsec_site_connection: { peer_ep_group_id: otherPeerEpGroupId } }],
    ]);
    await program.stack.preview(["--refresh", "--expect-no-changes"]);
  });

  it("up resets a field to its default after its removal from the program", async () => {
    program.declare({ office: { description: "x", localId: "us@example.org", mtu: 1400 } });
    await program.stack.up();

    program.declare({ office: {} });
    const changes = await program.changesDuring(() => program.stack.up());

    expect(changes.map(({ body }) => body)).toEqual([
      { ipsec_site_connection: { description: "", local_id: "", mtu: 1500 } },
    ]);
  });
}
