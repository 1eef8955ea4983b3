import {
  agentCanParse,
  agentHasGroup,
  policyIsAccepted,
} from "../../../../../provider/lifecycle/preflight/rules/agentWords";
import { UNKNOWN } from "../../../../../provider/model/unknowns";
import type { Values } from "../../../../../provider/values";
import { declared, findingsOf } from "../../../support/preflightCloud";

describe("a DPD action", () => {
  const find = (dpd: unknown) =>
    findingsOf(agentCanParse, declared("IpsecSiteConnection", { dpd }));

  it.each(["disabled", "restart-by-peer"])(
    "%s is a warning, since no stock agent can parse it",
    async (action) => {
      expect(await find({ action })).toEqual([
        {
          severity: "warning",
          cause: `dpd.action ${action}`,
          path: "dpd.action",
          reason: `the API accepts ${action}, but neither strongSwan nor libreswan can parse it, so the tunnel does not come up with a stock VPN agent. Use hold, clear or restart.`,
        },
      ]);
    },
  );

  it.each(["hold", "clear", "restart", UNKNOWN])("%s has no finding", async (action) => {
    expect(await find({ action })).toEqual([]);
  });

  it.each([[{}], [undefined], [null], ["disabled"]])("is not found in %j", async (dpd) => {
    expect(await find(dpd)).toEqual([]);
  });
});

describe("the IPsec policy of a connection", () => {
  const find = (policy: Values) =>
    findingsOf(policyIsAccepted, declared("IpsecSiteConnection", { ipsecPolicyId: "p1" }), {
      objects: { IpsecPolicy: [{ id: "p1", ...policy }] },
    });

  it("with ah-esp is a failure, since the drivers refuse every connection with it", async () => {
    expect(await find({ name: "strong", transform_protocol: "ah-esp" })).toEqual([
      {
        severity: "failure",
        cause: "ah-esp IpsecPolicy strong (p1)",
        path: "ipsecPolicyId",
        reason:
          "IpsecPolicy strong (p1) has transformProtocol ah-esp, with which Neutron refuses every connection. Use esp or ah.",
      },
    ]);
  });

  it.each(["esp", "ah"])("with %s is accepted", async (transform_protocol) => {
    expect(await find({ transform_protocol })).toEqual([]);
  });

  it("that is missing is left to the rule of references", async () => {
    expect(await find({ id: "p2", transform_protocol: "ah-esp" })).toEqual([]);
  });
});

describe("the PFS group of a connection", () => {
  const find = (ike_version: string, pfs: string, dialect: "k5" | "neutron" = "neutron") => {
    const inputs = { ikePolicyId: "i1", ipsecPolicyId: "p1" };
    return findingsOf(
      agentHasGroup,
      { ...declared("IpsecSiteConnection", inputs), dialect },
      {
        objects: {
          IkePolicy: [{ id: "i1", ike_version }],
          IpsecPolicy: [{ id: "p1", name: "strong", pfs }],
        },
      },
    );
  };

  it.each(["group19", "group20", "group21", "group31"])(
    "%s with IKE v1 is a warning, since libreswan lacks it",
    async (group) => {
      expect(await find("v1", group)).toEqual([
        {
          severity: "warning",
          cause: "elliptic group IpsecPolicy strong (p1)",
          path: "ipsecPolicyId",
          reason: `IpsecPolicy strong (p1) has pfs ${group}, which libreswan lacks in phase 2 of IKE v1, so the tunnel stays DOWN if the cloud's VPN agent uses libreswan. Use ikeVersion v2, or group14.`,
        },
      ]);
    },
  );

  it.each([
    ["v2", "group19", "neutron"],
    ["v1", "group14", "neutron"],
    ["v1", "group19", "k5"],
  ] as const)(
    "IKE %s with %s has no finding in the %s dialect",
    async (version, group, dialect) => {
      expect(await find(version, group, dialect)).toEqual([]);
    },
  );

  it("of policies that do not exist yet is not compared", async () => {
    const inputs = { ikePolicyId: UNKNOWN, ipsecPolicyId: UNKNOWN };
    expect(await findingsOf(agentHasGroup, declared("IpsecSiteConnection", inputs))).toEqual([]);
  });
});
