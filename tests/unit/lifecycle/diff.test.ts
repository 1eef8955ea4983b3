import fc from "fast-check";

import type { Dialect } from "../../../provider/dialect";
import { checker } from "../../../provider/lifecycle/check";
import { definitionOf, type Values } from "../../../provider/lifecycle/definition";
import { changedFields, diff } from "../../../provider/lifecycle/diff";
import { UNKNOWN } from "../../../provider/lifecycle/unknowns";
import { toOutputs, toWire } from "../../../provider/lifecycle/wire";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { validInputs } from "../arbitraries";
import { aConnection, aWireConnection, OTHER_ID, sent, SERVICE_ID } from "../builders";

const DIALECTS: readonly Dialect[] = ["k5", "neutron"];
const { definition, rules } = ipsecSiteConnection;
const check = checker(definition, rules);

/** The state that a cloud's answer makes of these inputs. */
function aState(inputs: Values = aConnection(), wire: Values = {}): Values {
  return toOutputs(definition, aWireConnection(wire), inputs);
}

function compare(changes: Values, state: Values = aState(), dialect: Dialect = "neutron") {
  return diff(
    ipsecSiteConnection,
    dialect,
    state,
    sent(check(aConnection(changes), dialect).inputs),
  );
}

const NONE = { changes: false, replaces: [], deleteBeforeReplace: false };
const IN_PLACE = { changes: true, replaces: [], deleteBeforeReplace: false };

describe("what a PUT takes changes in place", () => {
  it.each<[string, unknown]>([
    ["name", "branch"],
    ["description", "to the branch"],
    ["adminStateUp", false],
    ["peerAddress", "198.51.100.1"],
    ["peerId", "branch.example.org"],
    ["peerCidrs", ["10.3.0.0/24"]],
    ["psk", "another key"],
    ["initiator", "response-only"],
    ["dpd", { action: "restart" }],
    ["dpd", { interval: 31 }],
    ["dpd", { timeout: 121 }],
    ["mtu", 1400],
    ["localId", "vpn.example.org"],
  ])("%s: %j", (name, value) => {
    expect(compare({ [name]: value })).toEqual(IN_PLACE);
  });

  it.each(["localEpGroupId", "peerEpGroupId"])("%s", (name) => {
    const groups = { peerCidrs: null, localEpGroupId: SERVICE_ID, peerEpGroupId: SERVICE_ID };
    const wire = {
      peer_cidrs: [],
      local_ep_group_id: SERVICE_ID,
      peer_ep_group_id: SERVICE_ID,
    };
    const state = aState(aConnection(groups), wire);
    expect(compare(groups, state)).toEqual(NONE);
    expect(compare({ ...groups, [name]: OTHER_ID }, state)).toEqual(IN_PLACE);
  });
});

describe("what only a POST takes needs another object", () => {
  it.each(["ikePolicyId", "ipsecPolicyId"])("%s, the old one deleted first", (name) => {
    expect(compare({ [name]: OTHER_ID })).toEqual({
      changes: true,
      replaces: [name],
      deleteBeforeReplace: true,
    });
  });

  it("vpnServiceId, the old one deleted last", () => {
    expect(compare({ vpnServiceId: OTHER_ID })).toEqual({
      changes: true,
      replaces: ["vpnServiceId"],
      deleteBeforeReplace: false,
    });
  });

  it.each(["peerAddress", "peerId"])("a policy and %s, the old one deleted last", (name) => {
    expect(compare({ ikePolicyId: OTHER_ID, [name]: "198.51.100.1" })).toEqual({
      changes: true,
      replaces: ["ikePolicyId"],
      deleteBeforeReplace: false,
    });
  });

  it("projectId in the neutron dialect", () => {
    expect(compare({ projectId: "another" }).replaces).toEqual(["projectId"]);
  });

  it("availabilityZone in the k5 dialect", () => {
    const state = aState(aConnection(), { availability_zone: "AZ1" });
    expect(compare({ availabilityZone: "AZ2" }, state, "k5").replaces).toEqual([
      "availabilityZone",
    ]);
  });

  it("names each of several", () => {
    expect(compare({ vpnServiceId: OTHER_ID, ipsecPolicyId: OTHER_ID }).replaces).toEqual([
      "vpnServiceId",
      "ipsecPolicyId",
    ]);
  });
});

describe("what means the same is no change", () => {
  it.each<[string, Values, Values]>([
    ["nothing changed", {}, {}],
    ["another order of networks", { peerCidrs: ["10.3.0.0/24", "10.2.0.0/24"] }, networks()],
    ["host bits", { peerCidrs: ["10.2.0.9/24"] }, {}],
    ["an IPv6 network", { peerCidrs: ["2001:DB8:0::/32"] }, { peer_cidrs: ["2001:db8::/32"] }],
    ["an IPv6 address", { peerAddress: "2001:DB8::1" }, { peer_address: "2001:db8:0::1" }],
    ["an IPv6 identity", { peerId: "2001:DB8::1" }, { peer_id: "2001:db8::1" }],
    ["the case of an id", { vpnServiceId: SERVICE_ID.toUpperCase() }, {}],
    ["null against absent", { localEpGroupId: null, projectId: null, timeouts: null }, {}],
    ["null against a default", { description: null, dpd: null, mtu: null }, {}],
    ["a dpd of defaults", { dpd: { interval: 30 } }, {}],
    ["a project that the cloud chose", {}, { project_id: "the cloud's choice" }],
    ["waitFor written out", { waitFor: "settled" }, {}],
  ])("%s", (_what, changes, wire) => {
    expect(compare(changes, aState(aConnection(), wire))).toEqual(NONE);
  });

  function networks() {
    return { peer_cidrs: ["10.2.0.0/24", "10.3.0.0/24"] };
  }

  it("a zone that the cloud chose", () => {
    const state = aState(aConnection(), { availability_zone: "AZ1" });
    expect(compare({}, state, "k5")).toEqual(NONE);
  });

  it("an mtu of the cloud in the k5 dialect, which cannot set it", () => {
    expect(compare({}, aState(aConnection(), { mtu: 1400 }), "k5")).toEqual(NONE);
  });

  it("the text of the provider", () => {
    const state = { ...aState(), __provider: "exports.handler = old" };
    const inputs = { ...check(aConnection(), "k5").inputs, __provider: "exports.handler = new" };
    expect(diff(ipsecSiteConnection, "k5", state, sent(inputs))).toEqual(NONE);
  });

  it("another status that is settled", () => {
    expect(compare({}, aState(aConnection(), { status: "ACTIVE" }))).toEqual(NONE);
  });

  it("a host name that still stands for its address", () => {
    const changes = { peerAddress: "vpn.example.org" };
    expect(compare(changes, aState(aConnection(changes)))).toEqual(NONE);
  });
});

it("sees the drift of a host name's address", () => {
  const changes = { peerAddress: "vpn.example.org" };
  const state = aState(aConnection({ ...changes, resolvedPeerAddress: "198.51.100.1" }));
  expect(compare(changes, state)).toEqual(IN_PLACE);
});

describe("an unknown value", () => {
  it.each(definition.fields.filter(({ createOnly }) => createOnly).map(({ name }) => name))(
    "of %s replaces, the old object deleted first",
    (name) => {
      const dialect = name === "availabilityZone" ? "k5" : "neutron";
      expect(compare({ [name]: UNKNOWN }, aState(), dialect)).toEqual({
        changes: true,
        replaces: [name],
        deleteBeforeReplace: true,
      });
    },
  );

  it.each(["psk", "name", "peerAddress", "peerCidrs", "dpd", "mtu", "waitFor", "timeouts"])(
    "of %s updates",
    (name) => {
      expect(compare({ [name]: UNKNOWN })).toEqual(IN_PLACE);
    },
  );

  it.each<[Values]>([
    [{ dpd: { action: UNKNOWN } }],
    [{ peerCidrs: [UNKNOWN] }],
    [{ timeouts: { create: UNKNOWN } }],
  ])("inside of %j updates", (changes) => {
    expect(compare(changes)).toEqual(IN_PLACE);
  });
});

describe("an object that has not come to rest", () => {
  const UNSETTLED = ["PENDING_CREATE", "PENDING_UPDATE", "PENDING_DELETE", "BUILD", "ERROR"];
  const at = (status: string) => aState(aConnection(), { status });

  it.each(UNSETTLED)("counts as changed in %s, so that the next run goes on", (status) => {
    expect(compare({}, at(status))).toEqual(IN_PLACE);
  });

  it.each(UNSETTLED)("does not in %s when only acceptance is waited for", (status) => {
    const state = aState(aConnection({ waitFor: "accepted" }), { status });
    expect(compare({ waitFor: "accepted" }, state)).toEqual(NONE);
  });

  it.each(UNSETTLED)("does not in %s when it is administratively down", (status) => {
    const state = aState(aConnection(), { status, admin_state_up: false });
    expect(compare({ adminStateUp: false }, state)).toEqual(NONE);
  });

  it.each(["ACTIVE", "DOWN"])("does not in %s", (status) => {
    expect(compare({}, at(status))).toEqual(NONE);
  });

  it("does not where the state has no status", () => {
    const { status: _status, ...state } = aState();
    expect(compare({}, state)).toEqual(NONE);
  });
});

describe("what the cloud never sees", () => {
  it.each<[Values]>([
    [{ waitFor: "active" }],
    [{ waitFor: "accepted" }],
    [{ timeouts: { update: "20m" } }],
  ])("updates without a replacement: %j", (changes) => {
    expect(compare(changes)).toEqual(IN_PLACE);
  });

  it("settles with the state that such an update leaves", () => {
    const changes = { waitFor: "active", timeouts: { update: "20m" } };
    expect(compare(changes, aState(aConnection(changes)))).toEqual(NONE);
  });

  it("goes back to its default when it is taken away", () => {
    const state = aState(aConnection({ waitFor: "active", timeouts: { update: "20m" } }));
    const inputs = sent(check(aConnection(), "k5").inputs);
    const fields = changedFields(definition.fields, "k5", state, inputs);
    expect(fields.map(({ name }) => name)).toEqual(["waitFor", "timeouts"]);
  });
});

it.each(DIALECTS)("finds no change in what it has just made (%s)", (dialect) => {
  fc.assert(
    fc.property(validInputs(dialect), (given) => {
      const inputs = sent(check(given, dialect).inputs);
      const wire = { status: "DOWN", ...toWire(definition.fields, dialect, inputs) };
      const state = toOutputs(definitionOf("IpsecSiteConnection"), sent(wire), inputs);
      expect(diff(ipsecSiteConnection, dialect, state, inputs)).toEqual(NONE);
    }),
    { numRuns: 100 },
  );
});
