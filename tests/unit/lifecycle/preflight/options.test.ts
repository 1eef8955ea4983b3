import {
  refusedPolicy,
  unparsableDpd,
} from "../../../../provider/lifecycle/preflight/rules/agentWords";
import { unsupportedOptions } from "../../../../provider/lifecycle/preflight/rules/extensions";
import { exceededQuota } from "../../../../provider/lifecycle/preflight/rules/quota";

const ALL = ["vpnaas", "vpn-endpoint-groups", "vpn-flavors", "vpn-aes-ctr"];
const without = (...missing: string[]) => new Set(ALL.filter((alias) => !missing.includes(alias)));

describe("options that a cloud does not offer", () => {
  it.each([
    ["EndpointGroup", { type: "cidr" }, "vpn-endpoint-groups", "type"],
    ["IpsecSiteConnection", { localEpGroupId: "g1" }, "vpn-endpoint-groups", "localEpGroupId"],
    ["IpsecSiteConnection", { peerEpGroupId: "g2" }, "vpn-endpoint-groups", "peerEpGroupId"],
    ["VpnService", { flavorId: "f1" }, "vpn-flavors", "flavorId"],
    ["IkePolicy", { encryptionAlgorithm: "aes-256-ctr" }, "vpn-aes-ctr", "encryptionAlgorithm"],
  ])("are a failure: %s with %j, without %s", (kind, inputs, alias, path) => {
    expect(unsupportedOptions(kind, inputs, without(alias))).toEqual([
      expect.objectContaining({
        severity: "failure",
        path,
        reason: expect.stringContaining(`it lacks the extension ${alias}`) as string,
      }),
    ]);
    expect(unsupportedOptions(kind, inputs, without())).toEqual([]);
  });

  it.each([
    [{ encryptionAlgorithm: "aes-256-gcm-16" }],
    [{ encryptionAlgorithm: "aes-128-ccm-8" }],
    [{ authAlgorithm: "aes-xcbc" }],
    [{ pfs: "group15" }],
    [{ pfs: "group31" }],
  ])("are a warning if only the release suggests it: %j", (inputs) => {
    expect(unsupportedOptions("IkePolicy", inputs, without("vpn-aes-ctr"))).toEqual([
      expect.objectContaining({ severity: "warning", path: Object.keys(inputs)[0] }),
    ]);
    expect(unsupportedOptions("IkePolicy", inputs, without())).toEqual([]);
  });

  it.each([[{ authAlgorithm: "sha1" }], [{ encryptionAlgorithm: "3des" }]])(
    "are a failure if an extension has removed them: %j",
    (inputs) => {
      const removed = new Set([...ALL, "vpn-no-sha1-3des"]);

      expect(unsupportedOptions("IpsecPolicy", inputs, removed)).toMatchObject([
        { severity: "failure", path: Object.keys(inputs)[0] },
      ]);
      expect(unsupportedOptions("IpsecPolicy", inputs, without())).toEqual([]);
    },
  );

  it.each([
    [{ encryptionAlgorithm: "aes-256", authAlgorithm: "sha512", pfs: "group14" }],
    [{ encryptionAlgorithm: undefined, pfs: 15 }],
  ])("are not %j, which every release has", (inputs) => {
    expect(unsupportedOptions("IkePolicy", inputs, without(...ALL))).toEqual([]);
  });
});

describe("DPD actions", () => {
  it.each([["disabled"], ["restart-by-peer"]])("%s is a warning", (action) => {
    expect(unparsableDpd({ dpd: { action } })).toMatchObject([
      {
        severity: "warning",
        path: "dpd.action",
        reason: expect.stringContaining(action) as string,
      },
    ]);
  });

  it.each([
    [{ action: "hold" }],
    [{ action: "clear" }],
    [{ action: "restart" }],
    [{}],
    [undefined],
  ])("%j is accepted", (dpd) => {
    expect(unparsableDpd({ dpd })).toEqual([]);
  });
});

it("an IPsec policy of ah-esp is refused for connections", () => {
  const displayName = "IpsecPolicy strong (p1)";

  expect(refusedPolicy({ displayName, transformProtocol: "ah-esp" })).toMatchObject([
    { severity: "failure", path: "ipsecPolicyId" },
  ]);
  expect(refusedPolicy({ displayName, transformProtocol: "esp" })).toEqual([]);
});

describe("a quota", () => {
  it("without room for all creates is a failure with its numbers", () => {
    expect(exceededQuota("VpnService", 5, 4, 2)).toMatchObject([
      {
        severity: "failure",
        path: "",
        reason: expect.stringMatching(
          /is 5 for VpnService and has room for 1 more, but this run creates at least 2\./,
        ) as string,
      },
    ]);
  });

  it("that is already exceeded has no room", () => {
    expect(exceededQuota("IkePolicy", 1, 3, 1)[0]!.reason).toMatch(/room for 0 more/);
  });

  it("with enough room is accepted", () => {
    expect(exceededQuota("IkePolicy", 5, 3, 2)).toEqual([]);
  });
});
