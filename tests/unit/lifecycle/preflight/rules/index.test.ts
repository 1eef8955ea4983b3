import type { PreflightRule } from "../../../../../provider/lifecycle/preflight/finding";
import { CLOUD_RULES, RULES } from "../../../../../provider/lifecycle/preflight/rules";
import type { Kind } from "../../../../../provider/schema/resourceType";
import type { Values } from "../../../../../provider/values";
import {
  ALL_EXTENSIONS,
  declared,
  factsOf,
  type CloudContent,
} from "../../../support/preflightCloud";

/** The causes that the rules find for a resource. */
async function causesOf(
  rules: readonly PreflightRule[],
  kind: Kind,
  inputs: Values,
  content: CloudContent,
): Promise<string[]> {
  const facts = factsOf(content);
  const found = await Promise.all(rules.map((rule) => rule(declared(kind, inputs), facts)));
  return found.flat().map(({ cause }) => cause);
}

describe("the rules of every type", () => {
  it.each<[string, CloudContent, string]>([
    ["the roles of the login", { roles: ["reader"] }, "reader"],
    ["the extension vpnaas", { extensions: [] }, "no vpnaas"],
    ["the dialect", { endpoint: "https://a.cloud.global.fujitsu.com" }, "dialect"],
  ])("concern %s", async (_what, content, cause) => {
    expect(await causesOf(CLOUD_RULES, "IkePolicy", {}, content)).toEqual([cause]);
  });
});

describe("the rules of an object of any type", () => {
  it.each<[Kind, string]>([
    ["VpnService", "vpnservice"],
    ["IkePolicy", "ikepolicy"],
    ["IpsecPolicy", "ipsecpolicy"],
    ["EndpointGroup", "endpoint_group"],
    ["IpsecSiteConnection", "ipsec_site_connection"],
  ])("concern the extensions and the quota: %s", async (kind, envelope) => {
    const content = {
      extensions: ["vpnaas", "quota_details", "vpn-endpoint-groups", "vpn-aes-ctr"],
      quota: { [envelope]: { limit: 0, used: 0 } },
    };
    expect(await causesOf(RULES[kind], kind, { flavorId: "f1" }, content)).toEqual([
      "extension vpn-flavors",
      `quota ${kind}`,
    ]);
  });
});

describe("the rules of a type", () => {
  it.each<[Kind, Values, CloudContent, string]>([
    ["VpnService", { routerId: "r9" }, {}, "missing router r9"],
    ["VpnService", { subnetId: "n9" }, {}, "missing subnet n9"],
    [
      "VpnService",
      { routerId: "r1" },
      { routers: { r1: {} }, objects: { VpnService: [{ id: "s1", router_id: "r1" }] } },
      "shared router r1",
    ],
    ["EndpointGroup", { type: "subnet", endpoints: ["n9"] }, {}, "missing subnet n9"],
    ["IpsecSiteConnection", { vpnServiceId: "s9" }, {}, "missing VpnService s9"],
    [
      "IpsecSiteConnection",
      { vpnServiceId: "s1", peerCidrs: ["10.2.0.0/24"] },
      { objects: { VpnService: [{ id: "s1" }] } },
      "no subnet VpnService s1",
    ],
    [
      "IpsecSiteConnection",
      { vpnServiceId: "s1", mtu: 1000 },
      {
        objects: { VpnService: [{ id: "s1", subnet_id: "lan6" }] },
        subnets: { lan6: { ip_version: 6 } },
      },
      "mtu of IPv6",
    ],
    [
      "IpsecSiteConnection",
      { vpnServiceId: "s1", peerAddress: "2001:db8::7" },
      { objects: { VpnService: [{ id: "s1", external_v4_ip: "203.0.113.10" }] } },
      "no external IPv6 s1",
    ],
    [
      "IpsecSiteConnection",
      { ipsecPolicyId: "p1" },
      { objects: { IpsecPolicy: [{ id: "p1", transform_protocol: "ah-esp" }] } },
      "ah-esp IpsecPolicy p1",
    ],
    [
      "IpsecSiteConnection",
      { vpnServiceId: "s1", peerAddress: "203.0.113.10" },
      { objects: { VpnService: [{ id: "s1", external_v4_ip: "203.0.113.10" }] } },
      "own address s1",
    ],
    ["IpsecSiteConnection", { dpd: { action: "disabled" } }, {}, "dpd.action disabled"],
  ])("concern the other objects: %s with %j", async (kind, inputs, content, cause) => {
    const extensions = ALL_EXTENSIONS;
    expect(await causesOf(RULES[kind], kind, inputs, { extensions, ...content })).toEqual([cause]);
  });
});
