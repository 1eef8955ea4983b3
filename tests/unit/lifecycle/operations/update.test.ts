import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { update } from "../../../../provider/lifecycle/operations/update";
import { aState, aWire, checkedInputs } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

/** An update of the usual object of a type from that state to those inputs. */
function updating(kind: Kind, changes: Values, before: Values = {}, wire: Values = {}) {
  const there = aWire(kind, wire);
  const cloud = aCloud(kind, { [kind]: [there] });
  const state = { ...aState(kind, before, wire), ...before };
  const run = () => update(cloud.context, there.id, state, checkedInputs(kind, changes));
  return { ...cloud, there, run };
}

it.each<[Kind, Values]>([
  ["VpnService", { timeouts: { update: "20m" } }],
  ["IkePolicy", { timeouts: { update: "20m" } }],
  ["EndpointGroup", { timeouts: { update: "20m" } }],
  ["IpsecSiteConnection", { waitFor: "accepted", timeouts: { update: "20m" } }],
])(
  "update: sends no request for a %s if only inputs changed that the cloud never receives: %j",
  async (...row) => {
    const [kind, changes] = row;
    const { requests, run } = updating(kind, changes);
    expect(await run()).toMatchObject(changes);
    expect(requests).toEqual([]);
  },
);

it("update: removes timeouts from the outputs if the program no longer sets them", async () => {
  const { run } = updating("IkePolicy", {}, { timeouts: { update: "20m" } });
  expect(await run()).not.toHaveProperty("timeouts");
});

it("update: sends an empty string to clear a description", async () => {
  const { requests, run, there } = updating(
    "IkePolicy",
    { description: "" },
    {},
    {
      description: "x",
    },
  );
  expect(await run()).toMatchObject({ description: "" });
  expect(requests).toEqual([["PUT", there.id, { description: "" }]]);
});

it.each<[string, Values, Values, Values]>([
  ["an empty localId", { localId: "" }, { local_id: "vpn.example.org" }, { local_id: "" }],
  ["a removed localId", {}, { local_id: "vpn.example.org" }, { local_id: "" }],
  ["a removed mtu", {}, { mtu: 1400 }, { mtu: 1500 }],
  ["a description that is null", { description: null }, { description: "x" }, { description: "" }],
  [
    "a removed dpd",
    {},
    { dpd: { action: "restart", interval: 10, timeout: 60 } },
    { dpd: { action: "hold", interval: 30, timeout: 120 } },
  ],
])("update: sends the value that clears %s", async (_what, changes, wire, body) => {
  const accepted = { waitFor: "accepted" };
  const { requests, run, there } = updating(
    "IpsecSiteConnection",
    { ...changes, ...accepted },
    accepted,
    wire,
  );
  await run();
  expect(requests).toEqual([["PUT", there.id, body]]);
});

describe("update: an adopted object", () => {
  const before = { adopt: "theirs", name: "theirs" };

  it("is still marked as adopted in the state when adopt is removed", async () => {
    const changes = { name: "theirs", description: "x" };
    const { run } = updating("IkePolicy", changes, before, { name: "theirs" });
    expect(await run()).toMatchObject({ adopt: "theirs", description: "x" });
  });

  it("is marked with the new value when adopt changes later", async () => {
    const changes = { name: "theirs", adopt: "others", description: "x" };
    const { run } = updating("IkePolicy", changes, before, { name: "theirs" });
    expect(await run()).toMatchObject({ adopt: "others" });
  });
});

describe("update: a peer with a host name", () => {
  const before = { peerAddress: "vpn.example.org" };
  const changes = { ...before, description: "x", waitFor: "accepted" };
  const resolved = { resolvedPeerAddress: "198.51.100.1" };
  const updateTo = (address: string) =>
    updating(
      "IpsecSiteConnection",
      changes,
      { ...before, ...resolved },
      { peer_address: address },
    ).run();

  it("keeps its host name if the observed address is the resolved one", async () => {
    expect(await updateTo("198.51.100.1")).toMatchObject(before);
  });

  it("keeps its host name and the resolved address if the observed one differs, so that it stays drift", async () => {
    expect(await updateTo("198.51.100.2")).toMatchObject({ ...before, ...resolved });
  });

  it("shows an address that another client sets during the PUT, so that the next update corrects it", async () => {
    const there = aWire("IpsecSiteConnection", { peer_address: "198.51.100.1" });
    const { context } = aCloud("IpsecSiteConnection", { IpsecSiteConnection: [there] }, (own) => ({
      update: (place, id, body) => own.update(place, id, { ...body, peer_address: "192.0.2.66" }),
    }));
    const state = aState("IpsecSiteConnection", { ...before, ...resolved }, there);
    const inputs = checkedInputs("IpsecSiteConnection", { ...changes, mtu: 1400 });
    const outputs = await update({ ...context, onDrift: "correct" }, there.id, state, inputs);
    expect(outputs).toMatchObject({ peerAddress: "192.0.2.66", mtu: 1400 });
  });
});
