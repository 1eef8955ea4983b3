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

/** A cloud with one object of that kind and, if it is used, a connection that refers to it. */
function withObject(kind: Kind, wire: Values = {}, isUsed = true) {
  const object = aWire(kind, wire);
  const reference = REFERENCES[kind] ?? "vpnservice_id";
  const users = isUsed ? [aUser({ [reference]: object.id })] : [];
  return { object, ...aCloud(kind, { IpsecSiteConnection: users, [kind]: [object] }) };
}

it.each<Kind>(["IkePolicy", "IpsecPolicy"])("is locked as a used %s", async (kind) => {
  const { context, object } = withObject(kind);
  expect(await immutableReason(context, object.id, object)).toBe(USED);
});

it.each<Kind>(["IkePolicy", "IpsecPolicy"])("is open as an unused %s", async (kind) => {
  const { context, object } = withObject(kind, {}, false);
  expect(await immutableReason(context, object.id, object)).toBeUndefined();
});

it("is open as a used group, which the API renames", async () => {
  const { context, object } = withObject("EndpointGroup");
  expect(await immutableReason(context, object.id, object)).toBeUndefined();
});

it("is locked for a reason of the kind's own as a lonely VPN service", async () => {
  const { context, object } = withObject("VpnService", { status: "PENDING_CREATE" }, false);
  expect(await immutableReason(context, object.id, object)).toMatch(/no connection yet/);
});

describe("a change", () => {
  const change = (kind: Kind, changes: Values, isUsed: boolean, wire: Values = {}) => {
    const { object, context, ...rest } = withObject(kind, wire, isUsed);
    const inputs = checkedInputs(kind, changes);
    const { fields } = resourceOf(kind).definition;
    const sent = fields.filter((one) => one.input.neutron && inputs[one.name] !== undefined);
    const run = () =>
      applyChange(context, { id: object.id, fields: sent, inputs, declared: inputs });
    return { run, object, ...rest };
  };

  it("of a locked object is refused before anything is sent, and names the users", async () => {
    const { run, requests, object } = change("IkePolicy", { pfs: "group31" }, true);
    const error: unknown = await run().catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ImmutableError);
    expect((error as Error).message).toBe(
      `IkePolicy office (${object.id}) cannot be changed now: ${USED}. Nothing was changed.`,
    );
    expect(requests).toEqual([]);
  });

  it("of a lonely VPN service is refused at once instead of waited for", async () => {
    const wire = { status: "PENDING_CREATE" };
    const { run, clock } = change("VpnService", { description: "x" }, false, wire);
    await expect(run()).rejects.toThrow(ImmutableError);
    expect(clock.pauses).toEqual([]);
  });

  it("of a locked object that shows it all already succeeds, and asks for no users", async () => {
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
  ])("of an open %s sends what differs and nothing else: %j", async (kind, changes, body) => {
    const { run, requests, object } = change(kind, changes, false);
    expect(await run()).toMatchObject(changes);
    expect(requests).toEqual([["PUT", object.id, body]]);
  });

  it("of a VPN service that ends in ERROR is a partial failure", async () => {
    const { run } = change("VpnService", { description: "x" }, true, { status: "ERROR" });
    await expect(run()).rejects.toThrow(PartialFailureError);
  });
});
