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

/** The lines after a read of an object that the cloud shows with those changes. */
function said(kind: Kind, wire: Values, context: Partial<TimedContext> = {}, declared?: Values) {
  const room = aContext({}, { resource: resourceOf(kind), ...context });
  const live = aWire(kind, wire);
  reportDrift(room.context, live.id, beside(aState(kind, declared), live, kind));
  return room.lines;
}

function beside(state: State, live: WireObject, kind: Kind = "IpsecSiteConnection") {
  return { state, live, outputs: toOutputs(cloudResourceType(kind), live, state) };
}

describe("a read of a drifted object", () => {
  it("prints one line for each drifted property, with the object", () => {
    const { id } = aWire("IkePolicy");
    expect(said("IkePolicy", { pfs: "group2", description: "by hand" })).toEqual([
      `drift: IkePolicy office (${id}): description: declared "", there is "by hand" (changed outside Pulumi)`,
      `drift: IkePolicy office (${id}): pfs: declared group14, there is group2 (changed outside Pulumi)`,
    ]);
  });

  it("prints no line without drift", () => {
    expect(said("IkePolicy", {})).toEqual([]);
  });

  it("prints for a secret property only that it differs", () => {
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

  it("names an object by its id if the program marks its name as secret", () => {
    const hidden = new Set(["name"]);
    const { id } = aWire("IkePolicy");
    expect(said("IkePolicy", { name: "canary" }, { secretInputs: hidden })).toEqual([
      `drift: IkePolicy ${id}: name: differs (hidden)`,
    ]);
  });

  it("prints the status of a connection, and the checklist once while it is DOWN", () => {
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

  it("prints no checklist for ERROR or for a service", () => {
    expect(said("IpsecSiteConnection", { status: "ERROR" })).toHaveLength(1);
    expect(said("VpnService", { status: "DOWN" })).toEqual([
      expect.stringMatching(/: status: DOWN, was ACTIVE$/),
    ]);
  });
});

describe("driftCorrections", () => {
  const MTU = 1400;

  /** The drift before an update that changes the mtu of a connection, and its corrections. */
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

  it("with onDrift report prints the drift and corrects none of it", async () => {
    const { run, lines } = look("report", { description: "canary" });
    expect(await run()).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^drift: .*: description: declared "", there is canary \(changed outside Pulumi\)\. It is kept: `pulumi up --refresh` corrects it, `pulumi refresh` records it in the state\.$/,
      ),
    ]);
  });

  it("with onDrift correct prints the drift and corrects it", async () => {
    const { run, lines } = look("correct", { description: "x", dpd: { interval: 9, timeout: 10 } });
    expect(await run()).toEqual(["description", "dpd"]);
    expect(lines).toEqual([
      expect.stringMatching(/description: .* It is corrected\.$/),
      expect.stringMatching(/dpd\.interval: .* It is corrected\.$/),
      expect.stringMatching(/dpd\.timeout: .* It is corrected\.$/),
    ]);
  });

  it("with onDrift fail throws an error with the drift and the next step, and prints no line", async () => {
    const { run, lines } = look("fail", { description: "x", psk: "canary" });
    await expect(run()).rejects.toThrow(DriftError);
    await expect(run()).rejects.toThrow(
      /^IpsecSiteConnection office \(.*\) differs from the state: description: .*; psk: differs \(hidden\)\. Nothing was changed, since vpnaas:onDrift is fail\. Run `pulumi up --refresh`.*`pulumi refresh`/,
    );
    await expect(run()).rejects.not.toThrow(/canary/);
    expect(lines).toEqual([]);
  });

  it.each<OnDrift>(["report", "correct", "fail"])(
    "with onDrift %s prints no line without drift",
    async (onDrift) => {
      const { run, lines } = look(onDrift, {});
      expect([await run(), lines]).toEqual([[], []]);
    },
  );

  it.each<OnDrift>(["report", "correct", "fail"])(
    "with onDrift %s ignores changed fields, outputs and the status",
    async (onDrift) => {
      const { run, lines } = look(onDrift, { mtu: 1300, route_mode: "other", status: "ERROR" });
      expect([await run(), lines]).toEqual([[], []]);
    },
  );

  it("with onDrift correct only prints drift that no PUT can correct", async () => {
    const { run, lines } = look("correct", { vpnservice_id: OTHER_ID });
    expect(await run()).toEqual([]);
    expect(lines).toEqual([expect.stringMatching(/vpnServiceId: .* It is kept: `pulumi up/)]);
  });

  it("with onDrift correct only prints drift of a property that the program does not set", async () => {
    const { run, lines } = look("correct", { local_ep_group_id: OTHER_ID });
    expect(await run()).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(/localEpGroupId: .* It is kept, since the program does not set it\.$/),
    ]);
  });

  it("prints the same line once in a run", async () => {
    const { run, lines } = look("report", { description: "x" });
    await run();
    await run();
    expect(lines).toHaveLength(1);
  });

  it("logs a difference again if its treatment changes", async () => {
    const kind = "IkePolicy";
    const users = [aUser({ ikepolicy_id: "id" }, "user")];
    const there = aWire(kind, { id: "id", pfs: "group15" });
    const cloud = aCloud(kind, { [kind]: [there] }, () => ({
      list: () => Promise.resolve(users.splice(0)),
    }));
    const context: TimedContext = { ...cloud.context, onDrift: "correct" };
    const changing = {
      id: there.id,
      fields: [],
      inputs: checkedInputs(kind),
      state: aState(kind),
    };
    for (const live of [there, there, there]) await driftCorrections(context, changing, live);
    expect(cloud.lines).toEqual([
      expect.stringMatching(/pfs: .* It is kept, since it cannot be changed now/),
      expect.stringMatching(/pfs: .* It is corrected\.$/),
    ]);
  });

  it("hides values that the program marks as secret", async () => {
    const hidden = { inputs: { description: "canary" }, hidden: ["description"] };
    const { run, lines } = look("report", { description: "other" }, hidden);
    await run();
    expect(lines).toEqual([
      expect.stringMatching(/: description: differs \(hidden\)\. It is kept/),
    ]);
    expect(lines.join()).not.toMatch(/canary|other/);
  });
});

it("driftCorrections with onDrift report sends no request for the dependents of a drifted object", async () => {
  const list = jest.fn(() => Promise.resolve([]));
  const { context } = aContext({ list }, { resource: resourceOf("IkePolicy") });
  const live = aWire("IkePolicy", { pfs: "group15" });
  const inputs = checkedInputs("IkePolicy");
  const changing = { id: live.id, fields: [], inputs, state: aState("IkePolicy") };
  await driftCorrections(context, changing, live);
  expect(list).not.toHaveBeenCalled();
});

it("uncorrectedDrift returns the declared values of the drifted inputs only", () => {
  const { context } = aContext({}, { resource: resourceOf("IkePolicy") });
  const live = aWire("IkePolicy", { pfs: "group15" });
  const left = uncorrectedDrift(context, { fields: [], state: aState("IkePolicy") }, live);
  expect(Object.entries(left)).toEqual([["pfs", "group14"]]);
});

describe("an update with onDrift correct", () => {
  const accepted = { waitFor: "accepted" };

  it("sends the drifted properties in the same PUT", async () => {
    const kind = "IpsecSiteConnection";
    const there = aWire(kind, { description: "by hand" });
    const cloud = aCloud(kind, { [kind]: [there] });
    const context: TimedContext = { ...cloud.context, onDrift: "correct" };
    const inputs = checkedInputs(kind, { ...accepted, mtu: 1400 });
    const outputs = await update(context, there.id, aState(kind, accepted), inputs);
    expect(cloud.requests).toEqual([["PUT", there.id, { description: "", mtu: 1400 }]]);
    expect(outputs).toMatchObject({ description: "", mtu: 1400 });
  });

  it("leaves an object that cannot be changed now and prints the reason", async () => {
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

  it("keeps a host name in the state, regardless of its current address", async () => {
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

  it("keeps the name of an adopted object that was renamed and that the program does not name", async () => {
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
