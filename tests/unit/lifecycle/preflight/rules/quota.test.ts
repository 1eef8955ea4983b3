import { quotaHasRoom } from "../../../../../provider/lifecycle/preflight/rules/quota";
import type { Declared } from "../../../../../provider/lifecycle/preflight/finding";
import type { Values } from "../../../../../provider/values";
import {
  declared,
  findingsOf,
  requestsOf,
  type Changes,
  type CloudContent,
} from "../../../support/preflightCloud";

const policy = (name: string, inputs: Values = {}, changes: Changes = {}) =>
  declared("IkePolicy", { name, ...inputs }, changes);
const limitOf = (limit: unknown, used: unknown = 1) => ({ ikepolicy: { limit, used } });
const rowsOf = (...names: string[]) => names.map((name) => ({ id: `id of ${name}`, name }));
const CLOUD: CloudContent = { quota: limitOf(2), objects: { IkePolicy: rowsOf("existing") } };
const find = (one: Declared, content: CloudContent = {}) =>
  findingsOf(quotaHasRoom, one, { ...CLOUD, ...content });

describe("the quota of a project", () => {
  it("has room for the objects up to its limit", async () => {
    expect(await find(policy("a"))).toEqual([]);
  });

  it("has no room for more, according to a failure with its numbers", async () => {
    expect(await find(policy("a", {}, { others: [policy("b")] }))).toEqual([
      {
        severity: "failure",
        cause: "quota IkePolicy",
        path: "",
        reason:
          "the quota of this project is 2 for IkePolicy and has room for 1 more, but this run creates at least 2. Delete objects, or ask the operator of the cloud for a larger quota.",
      },
    ]);
  });

  it("that is already exceeded has room for 0 more", async () => {
    const objects = { IkePolicy: rowsOf("x", "y", "z") };
    const [finding] = await find(policy("a"), { quota: limitOf(1, 3), objects });
    expect(finding!.reason).toMatch(/ has room for 0 more, but this run creates at least 1\. /);
  });

  it("counts the objects of the project, not the others that an administrator sees", async () => {
    const objects = { IkePolicy: rowsOf("existing", "x", "y", "z") };
    expect(await find(policy("a"), { objects })).toEqual([]);
  });

  it("counts only objects that are listed, since the usage may be older", async () => {
    expect(await find(policy("a"), { quota: limitOf(2, 2) })).toEqual([]);
  });

  it("far from its limit is not compared with the other resources one by one", async () => {
    const one = policy("a", {}, { others: [policy("b")] });
    const search = jest.spyOn(one.others, "of");
    await find(one, { quota: limitOf(3) });
    expect(search).not.toHaveBeenCalled();
    await find(one, { quota: limitOf(2) });
    expect(search).toHaveBeenCalled();
  });

  it("of 0 has no room", async () => {
    expect(await find(policy("a"), { quota: limitOf(0, 0), objects: {} })).toHaveLength(1);
  });

  it("is left to the other resources by a resource that exists already", async () => {
    const others = [policy("a"), policy("b")];
    expect(await find(policy("existing", {}, { others }))).toEqual([]);
  });
});

describe("the creates of a run leave out", () => {
  it.each<[string, Declared]>([
    ["objects that the run has created already", policy("existing")],
    ["resources in the state", policy("b", {}, { oldInputs: { name: "b" } })],
    ["adopted objects", policy("b", { adopt: "p1" })],
    ["objects of another project", policy("b", { projectId: "other" })],
    ["resources of another type", declared("IpsecPolicy", { name: "b" })],
  ])("%s", async (_what, other) => {
    expect(await find(policy("a", {}, { others: [other] }))).toEqual([]);
  });

  const service = (inputs: Values, changes: Changes = {}) =>
    declared("VpnService", { name: "new", ...inputs }, changes);
  const FULL: CloudContent = {
    quota: { vpnservice: { limit: 1, used: 1 } },
    objects: { VpnService: [{ id: "s1", name: "old", router_id: "r1" }] },
  };

  it("a replacement that deletes its object first", async () => {
    expect(await find(service({ routerId: "r1" }), { ...FULL, held: ["s1"] })).toEqual([]);
  });

  it("but not a replacement that deletes its object first if the quota is below its use", async () => {
    const quota = { vpnservice: { limit: 1, used: 2 } };
    const rows = [...FULL.objects!.VpnService!, { id: "s2", name: "another", router_id: "r2" }];
    const content = { quota, objects: { VpnService: rows }, held: ["s1"] };
    expect(await find(service({ routerId: "r1" }), content)).toEqual([
      expect.objectContaining({ severity: "failure", cause: "quota VpnService" }),
    ]);
  });

  it.each<[string, Values, CloudContent]>([
    ["a replacement that creates first", { routerId: "r2" }, { held: ["s1"] }],
    ["a resource with the identity of another's object", { routerId: "r1" }, {}],
  ])("but not %s", async (_what, inputs, content) => {
    expect(await find(service(inputs), { ...FULL, ...content })).toHaveLength(1);
  });

  it("no replacement of a type without an identity, which creates first", async () => {
    const objects = { IkePolicy: rowsOf("old", "x") };
    const content = { quota: limitOf(2, 2), objects, held: ["id of old"] };
    expect(await find(policy("new"), content)).toHaveLength(1);
  });

  it.each([
    ["peer", { peerAddress: "198.51.100.8" }],
    ["VPN service", { vpnServiceId: "s2" }],
  ])("no replacement of a connection with another %s", async (_what, changed) => {
    const parts = { vpnServiceId: "s1", peerAddress: "198.51.100.7" };
    const wire = { vpnservice_id: "s1", peer_address: "198.51.100.7" };
    const content: CloudContent = {
      quota: { ipsec_site_connection: { limit: 1, used: 1 } },
      objects: { IpsecSiteConnection: [{ id: "c1", name: "old", ...wire }] },
      held: ["c1"],
    };
    const connection = (inputs: Values) =>
      declared("IpsecSiteConnection", { name: "new", ...parts, ...inputs });
    expect(await find(connection({}), content)).toEqual([]);
    expect(await find(connection(changed), content)).toHaveLength(1);
  });
});

describe("a quota has room", () => {
  it.each<[string, Values]>([
    ["without a limit", limitOf(-1, 7)],
    ["without the type", {}],
    ["of another form", { ikepolicy: 2 }],
    ["whose limit is not a number", limitOf("2", 7)],
    ["whose usage is not a number", limitOf(1, "7")],
  ])("%s", async (_what, quota) => {
    const others = [policy("b"), policy("c")];
    expect(await find(policy("a", {}, { others }), { quota })).toEqual([]);
  });

  it("in a cloud without the extension of its details", async () => {
    const content = { quota: limitOf(0), extensions: ["vpnaas"], refused: ["quotas"] };
    expect(await find(policy("a"), content)).toEqual([]);
  });
});

describe("a quota is an open question", () => {
  const open = { severity: "open", path: "the quota" };

  it("if it cannot be read", async () => {
    expect(await find(policy("a"), { refused: ["quotas"] })).toMatchObject([open]);
  });

  it("if the objects cannot be listed", async () => {
    expect(await find(policy("a"), { refused: ["ikepolicies"] })).toMatchObject([open]);
  });

  it("if neither the extensions nor the quota can be read", async () => {
    const refused = ["extensions", "quotas"];
    expect(await find(policy("a"), { refused })).toMatchObject([open]);
  });

  it("that is answered although the extensions cannot be read", async () => {
    expect(await find(policy("a"), { refused: ["extensions"], quota: limitOf(0) })).toMatchObject([
      { severity: "failure" },
    ]);
  });
});

it.each<[string, Declared]>([
  ["in the dialect k5", policy("a", {}, { dialect: "k5" })],
  ["for a resource that is only changed", policy("a", {}, { oldInputs: { name: "a" } })],
])("no request is sent for a quota %s", async (_what, one) => {
  expect(await find(one)).toEqual([]);
  expect(await requestsOf(quotaHasRoom, one, CLOUD)).toEqual([]);
});
