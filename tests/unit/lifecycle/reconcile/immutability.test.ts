import { ImmutableError, PartialFailureError } from "../../../../provider/errors";
import { applyChange } from "../../../../provider/lifecycle/reconcile/applyChange";
import type { Kind, Values } from "../../../../provider/schema/resourceType";
import { immutableReason } from "../../../../provider/lifecycle/reconcile/immutability";
import { aWire, checkedInputs, resourceOf } from "../../support/kinds";
import { aCloud, aUser } from "../../support/givenContext";

const USED = "it is in use by IpsecSiteConnection a (a-id)";
const REFERENCES: Partial<Record<Kind, string>> = {
  IkePolicy: "ikepolicy_id",
  IpsecPolicy: "ipsecpolicy_id",
  EndpointGroup: "local_ep_group_id",
};

/** A cloud with one object of that type and, if it is in use, a connection that refers to it. */
function withObject(kind: Kind, wire: Values = {}, isUsed = true) {
  const object = aWire(kind, wire);
  const reference = REFERENCES[kind] ?? "vpnservice_id";
  const users = isUsed ? [aUser({ [reference]: object.id })] : [];
  return { object, ...aCloud(kind, { IpsecSiteConnection: users, [kind]: [object] }) };
}

it.each<Kind>(["IkePolicy", "IpsecPolicy"])(
  "immutableReason: a %s in use is immutable",
  async (kind) => {
    const { context, object } = withObject(kind);
    expect(await immutableReason(context, object.id, object)).toBe(USED);
  },
);

it.each<Kind>(["IkePolicy", "IpsecPolicy"])(
  "immutableReason: an unused %s is mutable",
  async (kind) => {
    const { context, object } = withObject(kind, {}, false);
    expect(await immutableReason(context, object.id, object)).toBeUndefined();
  },
);

it("immutableReason: an endpoint group in use is mutable, because the API can rename it", async () => {
  const { context, object } = withObject("EndpointGroup");
  expect(await immutableReason(context, object.id, object)).toBeUndefined();
});

it("immutableReason: a VPN service without connections is immutable for its own reason", async () => {
  const { context, object } = withObject("VpnService", { status: "PENDING_CREATE" }, false);
  expect(await immutableReason(context, object.id, object)).toMatch(/no connection yet/);
});

describe("applyChange", () => {
  const change = (kind: Kind, changes: Values, isUsed: boolean, wire: Values = {}) => {
    const { object, context, ...rest } = withObject(kind, wire, isUsed);
    const inputs = checkedInputs(kind, changes);
    const { fields } = resourceOf(kind).definition;
    const sent = fields.filter((one) => one.input.neutron && inputs[one.name] !== undefined);
    const run = () =>
      applyChange(context, { id: object.id, fields: sent, inputs, declared: inputs });
    return { run, object, ...rest };
  };

  it("refuses the change of an immutable object before any request and names the dependents", async () => {
    const { run, requests, object } = change("IkePolicy", { pfs: "group31" }, true);
    const error: unknown = await run().catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ImmutableError);
    expect((error as Error).message).toBe(
      `IkePolicy office (${object.id}) cannot be changed now: ${USED}. Nothing was changed.`,
    );
    expect(requests).toEqual([]);
  });

  it("refuses the change of a VPN service without connections at once, without a wait", async () => {
    const wire = { status: "PENDING_CREATE" };
    const { run, clock } = change("VpnService", { description: "x" }, false, wire);
    await expect(run()).rejects.toThrow(ImmutableError);
    expect(clock.pauses).toEqual([]);
  });

  it("succeeds for an immutable object that already shows every value, without a search for dependents", async () => {
    const { run, requests } = change("IkePolicy", {}, true);
    expect(await run()).toMatchObject({ pfs: "group14" });
    expect(requests).toEqual([]);
  });

  it.each<[Kind, Values, Values]>([
    [
      "IkePolicy",
      { phase1NegotiationMode: "aggressive" },
      { phase1_negotiation_mode: "aggressive" },
    ],
    ["IkePolicy", { lifetime: { value: 1400 } }, { lifetime: { units: "seconds", value: 1400 } }],
    ["IpsecPolicy", { description: "x" }, { description: "x" }],
    ["EndpointGroup", { name: "branch" }, { name: "branch" }],
    ["VpnService", { adminStateUp: false }, { admin_state_up: false }],
    ["IpsecSiteConnection", { peerCidrs: ["10.9.0.0/24"] }, { peer_cidrs: ["10.9.0.0/24"] }],
  ])("sends only the differing fields of a mutable %s: %j", async (kind, changes, body) => {
    const { run, requests, object } = change(kind, changes, false);
    expect(await run()).toMatchObject(changes);
    expect(requests).toEqual([["PUT", object.id, body]]);
  });

  it("ends in a partial failure for a VPN service in ERROR", async () => {
    const { run } = change("VpnService", { description: "x" }, true, { status: "ERROR" });
    await expect(run()).rejects.toThrow(PartialFailureError);
  });
});
