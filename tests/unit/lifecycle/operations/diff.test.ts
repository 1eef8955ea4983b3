import fc from "fast-check";

import type { Dialect } from "../../../../provider/dialect";
import { autoName } from "../../../../provider/model/autoName";
import type { Values } from "../../../../provider/schema/resourceType";
import { changedFields, diff, isDependent } from "../../../../provider/lifecycle/operations/diff";
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

/** The state that results from a response of the cloud to these inputs. */
function aState(inputs: Values = aConnection(), wire: Values = {}): Values {
  return toOutputs(definition, aWireConnection(wire), inputs);
}

function compare(changes: Values, state: Values = aState(), dialect: Dialect = "neutron") {
  return compareAny("IpsecSiteConnection", changes, state, { dialect });
}

describe("a diff plans an update for a new value of", () => {
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
    expect(await compare({ [name]: value })).toMatchObject(IN_PLACE);
  });

  it.each(["localEpGroupId", "peerEpGroupId"])("%s", async (name) => {
    const groups = { peerCidrs: null, localEpGroupId: SERVICE_ID, peerEpGroupId: SERVICE_ID };
    const wire = {
      peer_cidrs: [],
      local_ep_group_id: SERVICE_ID,
      peer_ep_group_id: SERVICE_ID,
    };
    const state = aState(aConnection(groups), wire);
    expect(await compare(groups, state)).toMatchObject(NONE);
    expect(await compare({ ...groups, [name]: OTHER_ID }, state)).toMatchObject(IN_PLACE);
  });
});

describe("a diff plans a replacement for a new value of", () => {
  it.each(["ikePolicyId", "ipsecPolicyId"])("%s, delete-first", async (name) => {
    expect(await compare({ [name]: OTHER_ID })).toMatchObject(replacing([name], "delete first"));
  });

  it("vpnServiceId, create-first", async () => {
    expect(await compare({ vpnServiceId: OTHER_ID })).toMatchObject(
      replacing(["vpnServiceId"], "create first"),
    );
  });

  it.each(["peerAddress", "peerId"])("a policy and %s, create-first", async (name) => {
    expect(await compare({ ikePolicyId: OTHER_ID, [name]: "198.51.100.1" })).toMatchObject(
      replacing(["ikePolicyId"], "create first"),
    );
  });

  it("cloud and a policy, create-first", async () => {
    const { deleteBeforeReplace } = await compare({ cloud: "west", ikePolicyId: OTHER_ID });
    expect(deleteBeforeReplace).toBe(false);
  });

  it("projectId in the neutron dialect", async () => {
    expect((await compare({ projectId: "another" })).replaces).toEqual(["projectId"]);
  });

  it("availabilityZone in the k5 dialect", async () => {
    const state = aState(aConnection(), { availability_zone: "AZ1" });
    const { replaces } = await compare({ availabilityZone: "AZ2" }, state, "k5");
    expect(replaces).toEqual(["availabilityZone"]);
  });

  it("several inputs and names each", async () => {
    const { replaces } = await compare({ vpnServiceId: OTHER_ID, ipsecPolicyId: OTHER_ID });
    expect(replaces).toEqual(["vpnServiceId", "ipsecPolicyId"]);
  });
});

describe("a diff reports no change for", () => {
  it.each<[string, Values, Values]>([
    ["equal inputs", {}, {}],
    ["networks in another order", { peerCidrs: ["10.3.0.0/24", "10.2.0.0/24"] }, networks()],
    ["host bits", { peerCidrs: ["10.2.0.9/24"] }, {}],
    [
      "an IPv6 network in another notation",
      { peerCidrs: ["2001:DB8:0::/32"] },
      { peer_cidrs: ["2001:db8::/32"] },
    ],
    [
      "an IPv6 address in another notation",
      { peerAddress: "2001:DB8::1" },
      { peer_address: "2001:db8:0::1" },
    ],
    ["an IPv6 identity in another notation", { peerId: "2001:DB8::1" }, { peer_id: "2001:db8::1" }],
    ["an id in capitals", { vpnServiceId: SERVICE_ID.toUpperCase() }, {}],
    [
      "null instead of an absent value",
      { localEpGroupId: null, projectId: null, timeouts: null },
      {},
    ],
    ["null instead of a default", { description: null, dpd: null, mtu: null }, {}],
    ["a dpd with default values", { dpd: { interval: 30 } }, {}],
    ["a project that the cloud chose", {}, { project_id: "the cloud's choice" }],
    ["waitFor with its default value", { waitFor: "settled" }, {}],
  ])("%s", async (_what, changes, wire) => {
    expect(await compare(changes, aState(aConnection(), wire))).toMatchObject(NONE);
  });

  function networks() {
    return { peer_cidrs: ["10.2.0.0/24", "10.3.0.0/24"] };
  }

  it("a zone that the cloud chose", async () => {
    const state = aState(aConnection(), { availability_zone: "AZ1" });
    expect(await compare({}, state, "k5")).toMatchObject(NONE);
  });

  it("an mtu of the cloud in the k5 dialect, which cannot set it", async () => {
    expect(await compare({}, aState(aConnection(), { mtu: 1400 }), "k5")).toMatchObject(NONE);
  });

  it("a new text of the provider", async () => {
    const state = { ...aState(), __provider: "exports.handler = old" };
    const inputs = { ...checkedInputs("IpsecSiteConnection"), __provider: "exports.handler = new" };
    expect(await diff(anEnvironment("IpsecSiteConnection"), state, inputs)).toMatchObject(NONE);
  });

  it("another settled status", async () => {
    expect(await compare({}, aState(aConnection(), { status: "ACTIVE" }))).toMatchObject(NONE);
  });

  it("a host name that still resolves to its address", async () => {
    const changes = { peerAddress: "vpn.example.org" };
    expect(await compare(changes, aState(aConnection(changes)))).toMatchObject(NONE);
  });
});

it("a diff finds drift in the address of a host name", async () => {
  const changes = { peerAddress: "vpn.example.org" };
  const state = aState(aConnection({ ...changes, resolvedPeerAddress: "198.51.100.1" }));
  expect(await compare(changes, state)).toMatchObject(IN_PLACE);
});

describe("a diff with an unknown value", () => {
  const createOnly = definition.fields.filter((field) => field.createOnly).map(({ name }) => name);

  it("of the VPN service plans a replacement, create-first, since the service is a new one", async () => {
    expect(await compare({ vpnServiceId: UNKNOWN })).toMatchObject(
      replacing(["vpnServiceId"], "create first"),
    );
  });

  it.each(createOnly.filter((name) => !["cloud", "vpnServiceId"].includes(name)))(
    "of %s plans a replacement, delete-first",
    async (name) => {
      const dialect = name === "availabilityZone" ? "k5" : "neutron";
      expect(await compare({ [name]: UNKNOWN }, aState(), dialect)).toMatchObject(
        replacing([name], "delete first"),
      );
    },
  );

  it.each(["psk", "name", "peerAddress", "peerCidrs", "dpd", "mtu", "waitFor", "timeouts"])(
    "of %s plans an update",
    async (name) => {
      expect(await compare({ [name]: UNKNOWN })).toMatchObject(IN_PLACE);
    },
  );

  it.each<[Values]>([
    [{ dpd: { action: UNKNOWN } }],
    [{ peerCidrs: [UNKNOWN] }],
    [{ timeouts: { create: UNKNOWN } }],
  ])("inside %j plans an update", async (changes) => {
    expect(await compare(changes)).toMatchObject(IN_PLACE);
  });
});

describe("a diff of an object whose status is not settled", () => {
  const UNSETTLED = ["PENDING_CREATE", "PENDING_UPDATE", "PENDING_DELETE", "BUILD", "ERROR"];
  const at = (status: string) => aState(aConnection(), { status });

  it.each(UNSETTLED)(
    "plans an update in %s, so that the next run continues the wait",
    async (status) => {
      expect(await compare({}, at(status))).toMatchObject(IN_PLACE);
    },
  );

  it.each(UNSETTLED)("reports no change in %s if waitFor is accepted", async (status) => {
    const state = aState(aConnection({ waitFor: "accepted" }), { status });
    expect(await compare({ waitFor: "accepted" }, state)).toMatchObject(NONE);
  });

  it.each(UNSETTLED)(
    "reports no change in %s if the object is administratively down",
    async (status) => {
      const state = aState(aConnection(), { status, admin_state_up: false });
      expect(await compare({ adminStateUp: false }, state)).toMatchObject(NONE);
    },
  );

  it.each(["ACTIVE", "DOWN"])("reports no change in %s, which is settled", async (status) => {
    expect(await compare({}, at(status))).toMatchObject(NONE);
  });

  it("reports no change if the state has no status", async () => {
    const { status: _status, ...state } = aState();
    expect(await compare({}, state)).toMatchObject(NONE);
  });
});

describe("a diff of inputs that the cloud never receives", () => {
  it.each<[Values]>([
    [{ waitFor: "active" }],
    [{ waitFor: "accepted" }],
    [{ timeouts: { update: "20m" } }],
  ])("plans an update without a replacement: %j", async (changes) => {
    expect(await compare(changes)).toMatchObject(IN_PLACE);
  });

  it("reports no change after such an update", async () => {
    const changes = { waitFor: "active", timeouts: { update: "20m" } };
    expect(await compare(changes, aState(aConnection(changes)))).toMatchObject(NONE);
  });

  it("lists an input that is removed from the program as changed", () => {
    const state = aState(aConnection({ waitFor: "active", timeouts: { update: "20m" } }));
    const inputs = checkedInputs("IpsecSiteConnection", {}, "k5");
    const room = anEnvironment("IpsecSiteConnection", { dialect: "k5" });
    const fields = changedFields(room, state, inputs);
    expect(fields.map(({ name }) => name)).toEqual(["waitFor", "timeouts"]);
  });
});

describe("a diff of the input cloud", () => {
  const at = (place: Values) => aState(aConnection(place));

  it.each<[string, Values, Values]>([
    ["changed to another entry", { cloud: "west" }, { cloud: "east" }],
    ["set instead of the stack's login", { cloud: "west" }, {}],
    ["removed in favor of the stack's login", {}, { cloud: "east" }],
    ["changed to an unknown value", { cloud: UNKNOWN }, { cloud: "east" }],
  ])("%s plans a replacement, create-first", async (_what, changes, before) => {
    expect(await compare(changes, at(before))).toMatchObject(replacing(["cloud"], "create first"));
  });

  it("without a change reports no change", async () => {
    expect(await compare({ cloud: "east" }, at({ cloud: "east" }))).toMatchObject(NONE);
  });
});

it.each(KINDS_OF_DIALECTS)(
  "a diff reports no change of a %s right after its creation (%s)",
  (...row) => {
    const [kind, dialect] = row;
    const { fields } = resourceOf(kind).definition;
    return fc.assert(
      fc.asyncProperty(validInputs(kind, dialect), async (given) => {
        const inputs = checkedInputs(kind, given, dialect);
        const wire = wireObject(sent({ status: "DOWN", ...toWire(fields, dialect, inputs) }));
        const state: Values = toOutputs(resourceOf(kind).definition, wire, inputs);
        expect(await diff(anEnvironment(kind, { dialect }), state, inputs)).toMatchObject(NONE);
      }),
      { numRuns: 60 },
    );
  },
);

it("a diff plans a replacement delete-first if one of two immutable inputs is unknown", async () => {
  const changes = { ikePolicyId: OTHER_ID, ipsecPolicyId: UNKNOWN };
  expect(await compare(changes)).toMatchObject(
    replacing(["ikePolicyId", "ipsecPolicyId"], "delete first"),
  );
});

it.each([
  ["create-first for an unknown policy if the peer changes too", "another", false],
  ["delete-first for an unknown policy if the peer is unknown too", UNKNOWN, true],
])("a diff plans a replacement %s", async (_what, peerId, isFirst) => {
  const changes = { ikePolicyId: OTHER_ID, ipsecPolicyId: UNKNOWN, peerId };
  expect((await compare(changes)).deleteBeforeReplace).toBe(isFirst);
});

describe("a new auto-name in place of an old one", () => {
  const given = aConnection({ name: undefined });
  const nameIn = (stack: string) =>
    autoName(definition, { project: "network", stack, resource: "office" }, given);
  const before = { name: nameIn("dev") };
  const state = { ...aState(aConnection(before), before), waitFor: "settled" };
  const renamed = { name: nameIn("prod") };

  it("is not a change, neither alone nor with inputs that the cloud never receives", async () => {
    expect(await compare(renamed, state)).toMatchObject(NONE);
    const others = { ...renamed, timeouts: { create: "5m" } };
    expect(await compare(others, state)).toMatchObject(IN_PLACE);
    const inputs = checkedInputs("IpsecSiteConnection", aConnection(others));
    const names = changedFields(anEnvironment("IpsecSiteConnection"), state, inputs).map(
      (field) => field.name,
    );
    expect(names).toEqual(["timeouts"]);
  });

  it("is part of another change", () => {
    const inputs = checkedInputs(
      "IpsecSiteConnection",
      aConnection({ ...renamed, description: "new" }),
    );
    const names = changedFields(anEnvironment("IpsecSiteConnection"), state, inputs).map(
      (field) => field.name,
    );
    expect(names.sort()).toEqual(["description", "name"]);
  });

  it("is a change if the program sets the new name", async () => {
    expect(await compare({ name: "office" }, state)).toMatchObject(IN_PLACE);
  });

  it("is a change if the program set the old name", async () => {
    expect(await compare(renamed)).toMatchObject(IN_PLACE);
  });
});

describe("an object depends on the replacement of the one that it refers to", () => {
  const { fields } = definition;
  const changed = (...names: string[]) => ({
    changed: fields.filter(({ name }) => names.includes(name)),
  });

  it("if it cannot do without that one, whose id is unknown", () => {
    const inputs = { ...aConnection(), vpnServiceId: UNKNOWN };
    expect(isDependent(definition, changed("vpnServiceId"), inputs)).toBe(true);
    expect(isDependent(definition, changed("psk", "vpnServiceId"), inputs)).toBe(true);
  });

  it.each<[string, string, Values]>([
    ["the id is known", "vpnServiceId", { vpnServiceId: OTHER_ID }],
    ["it can be pointed to another one", "ikePolicyId", { ikePolicyId: UNKNOWN }],
    ["the changed input refers to nothing", "peerAddress", { peerAddress: UNKNOWN }],
    ["another input changed", "psk", { vpnServiceId: UNKNOWN }],
  ])("but not if %s", (_when, name, inputs) => {
    expect(isDependent(definition, changed(name), { ...aConnection(), ...inputs })).toBe(false);
  });
});
