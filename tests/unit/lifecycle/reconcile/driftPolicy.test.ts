import { DriftError } from "../../../../provider/errors";
import {
  cloudResourceType,
  type Kind,
  type Values,
} from "../../../../provider/schema/resourceType";
import type { TimedContext } from "../../../../provider/lifecycle/core/context";
import { autoName } from "../../../../provider/model/autoName";
import { toOutputs } from "../../../../provider/model/wireMapping";
import type { State, WireObject } from "../../../../provider/values";
import {
  driftCorrections,
  reportDrift,
  uncorrectedDrift,
} from "../../../../provider/lifecycle/reconcile/driftPolicy";
import type { OnDrift } from "../../../../provider/onDrift";
import { update } from "../../../../provider/lifecycle/operations/update";
import { OTHER_ID } from "../../support/builders";
import { aState, aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud, aUser, aContext } from "../../support/givenContext";

/** What is said at a read of an object that the cloud shows with those changes. */
function said(kind: Kind, wire: Values, context: Partial<TimedContext> = {}, declared?: Values) {
  const room = aContext({}, { resource: resourceOf(kind), ...context });
  const live = aWire(kind, wire);
  reportDrift(room.context, live.id, beside(aState(kind, declared), live, kind));
  return room.lines;
}

function beside(state: State, live: WireObject, kind: Kind = "IpsecSiteConnection") {
  return { state, live, outputs: toOutputs(cloudResourceType(kind), live, state) };
}

describe("a read", () => {
  it("says each property that drifted in a line, with the object that it is of", () => {
    const { id } = aWire("IkePolicy");
    expect(said("IkePolicy", { pfs: "group2", description: "by hand" })).toEqual([
      `drift: IkePolicy office (${id}): description: declared "", there is "by hand" (changed outside Pulumi)`,
      `drift: IkePolicy office (${id}): pfs: declared group14, there is group2 (changed outside Pulumi)`,
    ]);
  });

  it("says nothing of what did not drift", () => {
    expect(said("IkePolicy", {})).toEqual([]);
  });

  it("says of what the program marks as secret that it differs, and no value", () => {
    const hidden = new Set(["description", "pfs"]);
    const declared = { description: "canary", pfs: "group5" };
    const lines = said(
      "IkePolicy",
      { description: "other", pfs: "group2" },
      { secretInputs: hidden },
      declared,
    );
    expect(lines.map((line) => line.replace(/^.*?: .*?: /, ""))).toEqual([
      "description: differs (hidden)",
      "pfs: differs (hidden)",
    ]);
    expect(lines.join()).not.toMatch(/canary|other|group/);
  });

  it("calls an object by its id alone where the program marks its name as secret", () => {
    const hidden = new Set(["name"]);
    const { id } = aWire("IkePolicy");
    expect(said("IkePolicy", { name: "canary" }, { secretInputs: hidden })).toEqual([
      `drift: IkePolicy ${id}: name: differs (hidden)`,
    ]);
  });

  it("says in which status a connection is, and what to check while it is DOWN", () => {
    const before = { status: "ACTIVE" };
    const state = { ...aState("IpsecSiteConnection"), ...before };
    const { context, lines } = aContext({});
    const live = aWire("IpsecSiteConnection", { status: "DOWN" });
    reportDrift(context, live.id, beside(state, live));
    reportDrift(context, OTHER_ID, beside(state, { ...live, id: OTHER_ID }));
    expect(lines).toEqual([
      `drift: IpsecSiteConnection office (${live.id}): status: DOWN, was ACTIVE`,
      expect.stringMatching(/^A tunnel is DOWN until both ends agree/),
      `drift: IpsecSiteConnection office (${OTHER_ID}): status: DOWN, was ACTIVE`,
    ]);
  });

  it("has no checklist for ERROR, and none for a service", () => {
    expect(said("IpsecSiteConnection", { status: "ERROR" })).toHaveLength(1);
    expect(said("VpnService", { status: "DOWN" })).toEqual([
      expect.stringMatching(/: status: DOWN, was ACTIVE$/),
    ]);
  });
});

describe("before a change", () => {
  const MTU = 1400;

  /** A look at a connection that is to get another mtu, and what comes of it. */
  function look(
    onDrift: OnDrift,
    wire: Values,
    { inputs: declared = {}, hidden = [] as string[], dialect = "neutron" as const } = {},
  ) {
    const { context, lines } = aContext({}, { onDrift, secretInputs: new Set(hidden), dialect });
    const live = aWire("IpsecSiteConnection", wire);
    const { fields } = cloudResourceType("IpsecSiteConnection");
    const inputs = checkedInputs("IpsecSiteConnection", { ...declared, mtu: MTU });
    const changing = {
      id: live.id,
      inputs,
      state: aState("IpsecSiteConnection", declared),
      fields: fields.filter(({ name }) => name === "mtu"),
    };
    const run = async () =>
      (await driftCorrections(context, changing, live)).map(({ name }) => name);
    return { run, lines };
  }

  it("report says what drifted, and sends none of it", async () => {
    const { run, lines } = look("report", { description: "canary" });
    expect(await run()).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^drift: .*: description: declared "", there is canary \(changed outside Pulumi\)\. It is kept: `pulumi up --refresh` corrects it, `pulumi refresh` records it in the state\.$/,
      ),
    ]);
  });

  it("correct says what drifted, and sends it", async () => {
    const { run, lines } = look("correct", { description: "x", dpd: { interval: 9, timeout: 10 } });
    expect(await run()).toEqual(["description", "dpd"]);
    expect(lines).toEqual([
      expect.stringMatching(/description: .* It is corrected\.$/),
      expect.stringMatching(/dpd\.interval: .* It is corrected\.$/),
      expect.stringMatching(/dpd\.timeout: .* It is corrected\.$/),
    ]);
  });

  it("fail throws what drifted and how to go on, and says nothing", async () => {
    const { run, lines } = look("fail", { description: "x", psk: "canary" });
    await expect(run()).rejects.toThrow(DriftError);
    await expect(run()).rejects.toThrow(
      /^IpsecSiteConnection office \(.*\) differs from the state: description: .*; psk: differs \(hidden\)\. Nothing was changed, since vpnaas:onDrift is fail\. Run `pulumi up --refresh`.*`pulumi refresh`/,
    );
    await expect(run()).rejects.not.toThrow(/canary/);
    expect(lines).toEqual([]);
  });

  it.each<OnDrift>(["report", "correct", "fail"])(
    "%s has nothing to say of no drift",
    async (onDrift) => {
      const { run, lines } = look(onDrift, {});
      expect([await run(), lines]).toEqual([[], []]);
    },
  );

  it.each<OnDrift>(["report", "correct", "fail"])(
    "%s leaves what the change itself is about, what is no input, and the status",
    async (onDrift) => {
      const { run, lines } = look(onDrift, { mtu: 1300, route_mode: "other", status: "ERROR" });
      expect([await run(), lines]).toEqual([[], []]);
    },
  );

  it("correct only says what no PUT takes", async () => {
    const { run, lines } = look("correct", { vpnservice_id: OTHER_ID });
    expect(await run()).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/vpnServiceId: .* It is kept: `pulumi up/)]);
  });

  it("correct only says what the program does not give, which no preview shows either", async () => {
    const { run, lines } = look("correct", { local_ep_group_id: OTHER_ID });
    expect(await run()).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(/localEpGroupId: .* It is kept, since the program does not set it\.$/),
    ]);
  });

  it("says the same once in a run", async () => {
    const { run, lines } = look("report", { description: "x" });
    await run();
    await run();
    expect(lines).toHaveLength(1);
  });

  it("hides what the program marks as secret", async () => {
    const hidden = { inputs: { description: "canary" }, hidden: ["description"] };
    const { run, lines } = look("report", { description: "other" }, hidden);
    await run();
    expect(lines).toEqual([
      expect.stringMatching(/: description: differs \(hidden\)\. It is kept/),
    ]);
    expect(lines.join()).not.toMatch(/canary|other/);
  });
});

it("report does not ask whether a drifted object may be changed", async () => {
  const list = jest.fn(() => Promise.resolve([]));
  const { context } = aContext({ list }, { resource: resourceOf("IkePolicy") });
  const live = aWire("IkePolicy", { pfs: "group15" });
  const inputs = checkedInputs("IkePolicy");
  const changing = { id: live.id, fields: [], inputs, state: aState("IkePolicy") };
  await driftCorrections(context, changing, live);
  expect(list).not.toHaveBeenCalled();
});

it("the drift that a change leaves holds the drifted inputs and no other name", () => {
  const { context } = aContext({}, { resource: resourceOf("IkePolicy") });
  const live = aWire("IkePolicy", { pfs: "group15" });
  const left = uncorrectedDrift(context, { fields: [], state: aState("IkePolicy") }, live);
  expect(Object.entries(left)).toEqual([["pfs", "group14"]]);
});

describe("an update that corrects", () => {
  const accepted = { waitFor: "accepted" };

  it("sends what drifted in the same PUT", async () => {
    const kind = "IpsecSiteConnection";
    const there = aWire(kind, { description: "by hand" });
    const cloud = aCloud(kind, { [kind]: [there] });
    const context: TimedContext = { ...cloud.context, onDrift: "correct" };
    const inputs = checkedInputs(kind, { ...accepted, mtu: 1400 });
    const outputs = await update(context, there.id, aState(kind, accepted), inputs);
    expect(cloud.requests).toEqual([["PUT", there.id, { description: "", mtu: 1400 }]]);
    expect(outputs).toMatchObject({ description: "", mtu: 1400 });
  });

  it("leaves what cannot be changed now as it is, and says why", async () => {
    const kind = "IkePolicy";
    const there = aWire(kind, { pfs: "group15" });
    const cloud = aCloud(kind, {
      [kind]: [there],
      IpsecSiteConnection: [aUser({ ikepolicy_id: there.id }, "user")],
    });
    const context: TimedContext = { ...cloud.context, onDrift: "correct" };
    const outputs = await update(context, there.id, aState(kind), checkedInputs(kind));
    expect(cloud.requests).toEqual([]);
    expect(outputs).toMatchObject({ pfs: "group14" });
    expect(cloud.lines).toEqual([
      expect.stringMatching(
        /pfs: .* It is kept, since it cannot be changed now: it is in use by IpsecSiteConnection user/,
      ),
    ]);
  });

  it("keeps a host name in the state, whatever address it stands for now", async () => {
    const kind = "IpsecSiteConnection";
    const [before, by] = [{ peer_address: "198.51.100.1" }, { peer_address: "192.0.2.66" }];
    const declared = { peerAddress: "vpn.example.org", ...accepted };
    const there = aWire(kind, by);
    const cloud = aCloud(kind, { [kind]: [there] }, (own) => ({
      update: (place, id, body) => own.update(place, id, { ...body, peer_address: "198.51.100.2" }),
    }));
    const context: TimedContext = { ...cloud.context, onDrift: "correct" };
    const inputs = checkedInputs(kind, { ...declared, mtu: 1400 });
    const outputs = await update(context, there.id, aState(kind, declared, before), inputs);
    expect(outputs).toMatchObject({
      peerAddress: "vpn.example.org",
      resolvedPeerAddress: "198.51.100.2",
    });
  });

  it("gives what was adopted and renamed by hand no other name than the program does", async () => {
    const kind = "EndpointGroup";
    const place = { project: "network", stack: "dev", resource: "office" };
    const name = autoName(cloudResourceType(kind), place, checkedInputs(kind));
    const there = aWire(kind, { name: "renamed" });
    const cloud = aCloud(kind, { [kind]: [there] });
    const context: TimedContext = { ...cloud.context, onDrift: "correct" };
    const state = { ...aState(kind, { name: "theirs" }, { name: "theirs" }), adopt: "theirs" };
    const inputs = checkedInputs(kind, { name, description: "x" });
    await update(context, there.id, state, inputs);
    expect(cloud.requests).toEqual([["PUT", there.id, { description: "x" }]]);
    expect(cloud.lines).toEqual([
      expect.stringMatching(/name: declared theirs, there is renamed .* It is kept, since/),
    ]);
  });
});
