import type { Kind } from "../../../../provider/schema/resourceType";
import { listLabels, dependentsOf } from "../../../../provider/lifecycle/reconcile/dependents";
import { OTHER_ID } from "../../support/builders";
import { aCloud, aUser } from "../../support/givenContext";

it.each<[Kind, string]>([
  ["VpnService", "vpnservice_id"],
  ["IkePolicy", "ikepolicy_id"],
  ["IpsecPolicy", "ipsecpolicy_id"],
  ["EndpointGroup", "local_ep_group_id"],
  ["EndpointGroup", "peer_ep_group_id"],
])("dependentsOf: finds the connections that refer to a %s by %s", async (kind, wire) => {
  const IpsecSiteConnection = [aUser({ [wire]: OTHER_ID }), aUser({ [wire]: "other" }, "b")];
  const { context } = aCloud(kind, { IpsecSiteConnection });
  expect(await dependentsOf(context, OTHER_ID)).toEqual([
    { id: "a-id", label: "IpsecSiteConnection a (a-id)", status: "DOWN" },
  ]);
});

it("dependentsOf: returns a connection once that refers to a group at both ends", async () => {
  const both = { local_ep_group_id: OTHER_ID, peer_ep_group_id: OTHER_ID };
  const { context } = aCloud("EndpointGroup", { IpsecSiteConnection: [aUser(both)] });
  expect(await dependentsOf(context, OTHER_ID)).toHaveLength(1);
});

it("dependentsOf: sends no request for a connection, to which no object can refer", async () => {
  const list = jest.fn(() => Promise.resolve([]));
  const { context } = aCloud("IpsecSiteConnection", {}, () => ({ list }));
  expect(await dependentsOf(context, OTHER_ID)).toEqual([]);
  expect(list).not.toHaveBeenCalled();
});

it("dependentsOf: labels a dependent without a name by its id", async () => {
  const IpsecSiteConnection = [{ ...aUser({ ikepolicy_id: OTHER_ID }), name: "" }];
  const { context } = aCloud("IkePolicy", { IpsecSiteConnection });
  expect(await dependentsOf(context, OTHER_ID)).toMatchObject([
    { label: "IpsecSiteConnection a-id" },
  ]);
});

it.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b", "c", "d", "e"], "a, b, c, d, e"],
  [["a", "b", "c", "d", "e", "f", "g"], "a, b, c, d, e and 2 more"],
])("listLabels: lists %j as %j", (users, text) => {
  expect(listLabels(users)).toBe(text);
});
