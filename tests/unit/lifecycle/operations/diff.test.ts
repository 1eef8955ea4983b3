import fc from "fast-check";

import type { Dialect } from "../../../../provider/dialect";
import { autoName } from "../../../../provider/model/autoName";
import type { Values } from "../../../../provider/schema/resourceType";
import { changedFields, diff } from "../../../../provider/lifecycle/operations/diff";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { toOutputs, toWire } from "../../../../provider/model/wireMapping";
import { ipsecSiteConnection } from "../../../../provider/resources/ipsecSiteConnection";
import { validInputs } from "../../support/arbitraries";
import {
  aConnection,
  aWireConnection,
  OTHER_ID,
  sent,
  SERVICE_ID,
  wireObject,
} from "../../support/builders";
import { checkedInputs, KINDS_OF_DIALECTS, resourceOf } from "../../support/kinds";
import {
  anEnvironment,
  compare as compareAny,
  IN_PLACE,
  NONE,
  replacing,
} from "../../support/givenDiff";

const { definition } = ipsecSiteConnection;

/** The state that a cloud's answer makes of these inputs. */
function aState(inputs: Values = aConnection(), wire: Values = {}): Values {
  return toOutputs(definition, aWireConnection(wire), inputs);
}

function compare(changes: Values, state: Values = aState(), dialect: Dialect = "neutron") {
  return compareAny("IpsecSiteConnection", changes, state, { dialect });
}

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
  ])("%s: %j", async (name, value) => {
    expect(await compare({ [name]: value })).toEqual(IN_PLACE);
  });

  it.each(["localEpGroupId", "peerEpGroupId"])("%s", async (name) => {
    const groups = { peerCidrs: null, localEpGroupId: SERVICE_ID, peerEpGroupId: SERVICE_ID };
    const wire = {
      peer_cidrs: [],
      local_ep_group_id: SERVICE_ID,
      peer_ep_group_id: SERVICE_ID,
    };
    const state = aState(aConnection(groups), wire);
    expect(await compare(groups, state)).toEqual(NONE);
    expect(await compare({ ...groups, [name]: OTHER_ID }, state)).toEqual(IN_PLACE);
  });
});

describe("what only a POST takes needs another object", () => {
  it.each(["ikePolicyId", "ipsecPolicyId"])("%s, the old one deleted first", async (name) => {
    expect(await compare({ [name]: OTHER_ID })).toEqual(replacing([name], "delete first"));
  });

  it("vpnServiceId, the old one deleted last", async () => {
    expect(await compare({ vpnServiceId: OTHER_ID })).toEqual(
      replacing(["vpnServiceId"], "create first"),
    );
  });

  it.each(["peerAddress", "peerId"])("a policy and %s, the old one deleted last", async (name) => {
    expect(await compare({ ikePolicyId: OTHER_ID, [name]: "198.51.100.1" })).toEqual(
      replacing(["ikePolicyId"], "create first"),
    );
  });

  it("projectId in the neutron dialect", async () => {
    expect((await compare({ projectId: "another" })).replaces).toEqual(["projectId"]);
  });

  it("availabilityZone in the k5 dialect", async () => {
    const state = aState(aConnection(), { availability_zone: "AZ1" });
    const { replaces } = await compare({ availabilityZone: "AZ2" }, state, "k5");
    expect(replaces).toEqual(["availabilityZone"]);
  });

  it("names each of several", async () => {
    const { replaces } = await compare({ vpnServiceId: OTHER_ID, ipsecPolicyId: OTHER_ID });
    expect(replaces).toEqual(["vpnServiceId", "ipsecPolicyId"]);
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
  ])("%s", async (_what, changes, wire) => {
    expect(await compare(changes, aState(aConnection(), wire))).toEqual(NONE);
  });

  function networks() {
    return { peer_cidrs: ["10.2.0.0/24", "10.3.0.0/24"] };
  }

  it("a zone that the cloud chose", async () => {
    const state = aState(aConnection(), { availability_zone: "AZ1" });
    expect(await compare({}, state, "k5")).toEqual(NONE);
  });

  it("an mtu of the cloud in the k5 dialect, which cannot set it", async () => {
    expect(await compare({}, aState(aConnection(), { mtu: 1400 }), "k5")).toEqual(NONE);
  });

  it("the text of the provider", async () => {
    const state = { ...aState(), __provider: "exports.handler = old" };
    const inputs = { ...checkedInputs("IpsecSiteConnection"), __provider: "exports.handler = new" };
    expect(await diff(anEnvironment("IpsecSiteConnection"), state, inputs)).toEqual(NONE);
  });

  it("another status that is settled", async () => {
    expect(await compare({}, aState(aConnection(), { status: "ACTIVE" }))).toEqual(NONE);
  });

  it("a host name that still stands for its address", async () => {
    const changes = { peerAddress: "vpn.example.org" };
    expect(await compare(changes, aState(aConnection(changes)))).toEqual(NONE);
  });
});

it("sees the drift of a host name's address", async () => {
  const changes = { peerAddress: "vpn.example.org" };
  const state = aState(aConnection({ ...changes, resolvedPeerAddress: "198.51.100.1" }));
  expect(await compare(changes, state)).toEqual(IN_PLACE);
});

describe("an unknown value", () => {
  const createOnly = definition.fields.filter((field) => field.createOnly).map(({ name }) => name);

  it.each(createOnly.filter((name) => name !== "cloud"))(
    "of %s replaces, the old object deleted first",
    async (name) => {
      const dialect = name === "availabilityZone" ? "k5" : "neutron";
      expect(await compare({ [name]: UNKNOWN }, aState(), dialect)).toEqual(
        replacing([name], "delete first"),
      );
    },
  );

  it.each(["psk", "name", "peerAddress", "peerCidrs", "dpd", "mtu", "waitFor", "timeouts"])(
    "of %s updates",
    async (name) => {
      expect(await compare({ [name]: UNKNOWN })).toEqual(IN_PLACE);
    },
  );

  it.each<[Values]>([
    [{ dpd: { action: UNKNOWN } }],
    [{ peerCidrs: [UNKNOWN] }],
    [{ timeouts: { create: UNKNOWN } }],
  ])("inside of %j updates", async (changes) => {
    expect(await compare(changes)).toEqual(IN_PLACE);
  });
});

describe("an object that has not come to rest", () => {
  const UNSETTLED = ["PENDING_CREATE", "PENDING_UPDATE", "PENDING_DELETE", "BUILD", "ERROR"];
  const at = (status: string) => aState(aConnection(), { status });

  it.each(UNSETTLED)("counts as changed in %s, so that the next run goes on", async (status) => {
    expect(await compare({}, at(status))).toEqual(IN_PLACE);
  });

  it.each(UNSETTLED)("does not in %s when only acceptance is waited for", async (status) => {
    const state = aState(aConnection({ waitFor: "accepted" }), { status });
    expect(await compare({ waitFor: "accepted" }, state)).toEqual(NONE);
  });

  it.each(UNSETTLED)("does not in %s when it is administratively down", async (status) => {
    const state = aState(aConnection(), { status, admin_state_up: false });
    expect(await compare({ adminStateUp: false }, state)).toEqual(NONE);
  });

  it.each(["ACTIVE", "DOWN"])("does not in %s", async (status) => {
    expect(await compare({}, at(status))).toEqual(NONE);
  });

  it("does not where the state has no status", async () => {
    const { status: _status, ...state } = aState();
    expect(await compare({}, state)).toEqual(NONE);
  });
});

describe("what the cloud never sees", () => {
  it.each<[Values]>([
    [{ waitFor: "active" }],
    [{ waitFor: "accepted" }],
    [{ timeouts: { update: "20m" } }],
  ])("updates without a replacement: %j", async (changes) => {
    expect(await compare(changes)).toEqual(IN_PLACE);
  });

  it("settles with the state that such an update leaves", async () => {
    const changes = { waitFor: "active", timeouts: { update: "20m" } };
    expect(await compare(changes, aState(aConnection(changes)))).toEqual(NONE);
  });

  it("goes back to its default when it is taken away", () => {
    const state = aState(aConnection({ waitFor: "active", timeouts: { update: "20m" } }));
    const inputs = checkedInputs("IpsecSiteConnection", {}, "k5");
    const room = anEnvironment("IpsecSiteConnection", { dialect: "k5" });
    const fields = changedFields(room, state, inputs);
    expect(fields.map(({ name }) => name)).toEqual(["waitFor", "timeouts"]);
  });
});

describe("a change of cloud", () => {
  const at = (place: Values) => aState(aConnection(place));

  it.each<[string, Values, Values]>([
    ["to another entry", { cloud: "west" }, { cloud: "east" }],
    ["away from the stack's login", { cloud: "west" }, {}],
    ["back to the stack's login", {}, { cloud: "east" }],
    ["to one that is not known yet", { cloud: UNKNOWN }, { cloud: "east" }],
  ])("%s needs another object there, and the old one goes last", async (_what, changes, before) => {
    expect(await compare(changes, at(before))).toEqual(replacing(["cloud"], "create first"));
  });

  it("is none where the entry stays", async () => {
    expect(await compare({ cloud: "east" }, at({ cloud: "east" }))).toEqual(NONE);
  });
});

it.each(KINDS_OF_DIALECTS)("finds no change in the %s that it has just made (%s)", (...row) => {
  const [kind, dialect] = row;
  const { fields } = resourceOf(kind).definition;
  return fc.assert(
    fc.asyncProperty(validInputs(kind, dialect), async (given) => {
      const inputs = checkedInputs(kind, given, dialect);
      const wire = wireObject(sent({ status: "DOWN", ...toWire(fields, dialect, inputs) }));
      const state: Values = toOutputs(resourceOf(kind).definition, wire, inputs);
      expect(await diff(anEnvironment(kind, { dialect }), state, inputs)).toEqual(NONE);
    }),
    { numRuns: 60 },
  );
});

it("deletes first where one of two replacing inputs is not known yet", async () => {
  const changes = { ikePolicyId: OTHER_ID, ipsecPolicyId: UNKNOWN };
  expect(await compare(changes)).toEqual(
    replacing(["ikePolicyId", "ipsecPolicyId"], "delete first"),
  );
});

it("deletes first for a policy that is not known yet, though the peer changes as well", async () => {
  const changes = { ikePolicyId: OTHER_ID, ipsecPolicyId: UNKNOWN, peerId: "another" };
  expect((await compare(changes)).deleteBeforeReplace).toBe(true);
});

describe("a default name that comes in the place of another one", () => {
  const given = aConnection({ name: undefined });
  const nameIn = (stack: string) =>
    autoName(definition, { project: "network", stack, resource: "office" }, given);
  const before = { name: nameIn("dev") };
  const state = { ...aState(aConnection(before), before), waitFor: "settled" };
  const renamed = { name: nameIn("prod") };

  it("is no change by itself, nor beside what no request sends", async () => {
    expect(await compare(renamed, state)).toEqual(NONE);
    const others = { ...renamed, timeouts: { create: "5m" } };
    expect(await compare(others, state)).toEqual(IN_PLACE);
    const inputs = checkedInputs("IpsecSiteConnection", aConnection(others));
    const names = changedFields(anEnvironment("IpsecSiteConnection"), state, inputs).map(
      (field) => field.name,
    );
    expect(names).toEqual(["timeouts"]);
  });

  it("goes along with a change of something else", () => {
    const inputs = checkedInputs(
      "IpsecSiteConnection",
      aConnection({ ...renamed, description: "new" }),
    );
    const names = changedFields(anEnvironment("IpsecSiteConnection"), state, inputs).map(
      (field) => field.name,
    );
    expect(names.sort()).toEqual(["description", "name"]);
  });

  it("is a change where the program gives the new name", async () => {
    expect(await compare({ name: "office" }, state)).toEqual(IN_PLACE);
  });

  it("is a change where the old name was the program's", async () => {
    expect(await compare(renamed)).toEqual(IN_PLACE);
  });
});
