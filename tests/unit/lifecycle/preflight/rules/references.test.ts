import { referencesExist } from "../../../../../provider/lifecycle/preflight/rules/references";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import type { Values } from "../../../../../provider/values";
import {
  declared,
  findingsOf,
  pathsOf,
  type Changes,
  type CloudContent,
} from "../../../support/preflightCloud";

const OBJECTS: CloudContent["objects"] = {
  VpnService: [{ id: "s1" }],
  IkePolicy: [{ id: "k1" }],
  IpsecPolicy: [{ id: "p1" }],
};
const connection = (inputs: Values = {}, changes: Changes = {}) =>
  declared(
    "IpsecSiteConnection",
    { vpnServiceId: "s1", ikePolicyId: "k1", ipsecPolicyId: "p1", ...inputs },
    changes,
  );
const find = (inputs: Values, content: CloudContent = {}) =>
  findingsOf(referencesExist, connection(inputs), { objects: OBJECTS, ...content });

it("references to visible objects have no finding", async () => {
  expect(await find({})).toEqual([]);
});

it("a reference to a missing object is a failure with the next step", async () => {
  expect(await find({ vpnServiceId: "s9" })).toEqual([
    {
      severity: "failure",
      cause: "missing VpnService s9",
      path: "vpnServiceId",
      reason:
        "http://network.example.org has no VpnService s9 that this login can see. Correct the id, or check the project of the login; if it is an object of this stack that was deleted, run `pulumi up --refresh`.",
    },
  ]);
});

it("several missing objects beside a visible one are a failure each", async () => {
  const findings = await find({ ikePolicyId: "k9", ipsecPolicyId: "p9" });
  expect(findings.map(({ path }) => path)).toEqual(["ikePolicyId", "ipsecPolicyId"]);
});

it("a single reference that is missing is a failure of its own", async () => {
  const unknown = { ikePolicyId: UNKNOWN, ipsecPolicyId: UNKNOWN };
  expect(await find({ vpnServiceId: "s9", ...unknown })).toMatchObject([
    { cause: "missing VpnService s9" },
  ]);
});

it("references of which none is visible are one failure, which suspects the login", async () => {
  expect(await find({}, { objects: {} })).toEqual([
    {
      severity: "failure",
      cause: "no reference is visible",
      path: "vpnServiceId",
      reason:
        "this login can see none of VpnService s1, IkePolicy k1, IpsecPolicy p1 at http://network.example.org. Check its project and region; if they are objects of this stack that were deleted, run `pulumi up --refresh`.",
    },
  ]);
});

it.each([
  ["ikePolicyId", "p1", "IpsecPolicy", "IkePolicy"],
  ["ipsecPolicyId", "k1", "IkePolicy", "IpsecPolicy"],
])("%s with the id of an %s names both types", async (path, id, found, required) => {
  expect(await find({ [path]: id })).toMatchObject([
    {
      path,
      reason: `${id} is the id of an ${found}, and this property requires an ${required}.`,
    },
  ]);
});

it("the id of a policy given as that of a service is not looked up as a policy", async () => {
  const [finding] = await find({ vpnServiceId: "k1" });
  expect(finding!.reason).toMatch(/ has no VpnService k1 that this login can see/);
});

it("a missing policy is reported as missing if the other policies cannot be read", async () => {
  const findings = await find({ ikePolicyId: "p1" }, { refused: ["ipsecpolicies"] });
  expect(findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
    "open ipsecPolicyId",
    "failure ikePolicyId",
  ]);
  expect(findings[1]!.reason).toMatch(/ has no IkePolicy p1 that/);
});

it("a reference whose collection cannot be read is an open question", async () => {
  expect(
    await pathsOf(referencesExist, connection(), { objects: OBJECTS, refused: ["vpnservices"] }),
  ).toEqual(["open vpnServiceId"]);
});

it("missing references beside an open question are a failure each", async () => {
  const findings = await find({}, { objects: {}, refused: ["vpnservices"] });
  expect(findings.map(({ path }) => path)).toEqual([
    "vpnServiceId",
    "ikePolicyId",
    "ipsecPolicyId",
  ]);
});

it.each([
  ["unknown", UNKNOWN],
  ["absent", undefined],
  ["not a string", 5],
])("a reference that is %s is not checked", async (_what, vpnServiceId) => {
  expect(await find({ vpnServiceId })).toEqual([]);
});

it("a reference that the dialect lacks is not checked", async () => {
  const inputs = { localEpGroupId: "g9" };
  const content = { objects: OBJECTS };
  expect(await pathsOf(referencesExist, connection(inputs), content)).toEqual([
    "failure localEpGroupId",
  ]);
  expect(await pathsOf(referencesExist, connection(inputs, { dialect: "k5" }), content)).toEqual(
    [],
  );
});
