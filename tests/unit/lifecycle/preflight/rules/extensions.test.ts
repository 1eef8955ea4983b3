import { optionsAreOffered } from "../../../../../provider/lifecycle/preflight/rules/extensions";
import type { Kind } from "../../../../../provider/schema/resourceType";
import type { Values } from "../../../../../provider/values";
import { ALL_EXTENSIONS, declared, findingsOf } from "../../../support/preflightCloud";

const without = (...missing: string[]) =>
  ALL_EXTENSIONS.filter((alias) => !missing.includes(alias));
const find = (kind: Kind, inputs: Values, extensions: readonly string[]) =>
  findingsOf(optionsAreOffered, declared(kind, inputs), { extensions });

describe("an option that needs an extension", () => {
  const GROUPS = " Use subnetId of the VPN service and peerCidrs instead.";

  it.each<[Kind, Values, string, string, string, string]>([
    ["EndpointGroup", { type: "cidr" }, "vpn-endpoint-groups", "type", "endpoint groups", GROUPS],
    [
      "IpsecSiteConnection",
      { localEpGroupId: "g1" },
      "vpn-endpoint-groups",
      "localEpGroupId",
      "endpoint groups",
      GROUPS,
    ],
    [
      "IpsecSiteConnection",
      { peerEpGroupId: "g2" },
      "vpn-endpoint-groups",
      "peerEpGroupId",
      "endpoint groups",
      GROUPS,
    ],
    ["VpnService", { flavorId: "f1" }, "vpn-flavors", "flavorId", "flavors", ""],
    [
      "IkePolicy",
      { encryptionAlgorithm: "aes-256-ctr" },
      "vpn-aes-ctr",
      "encryptionAlgorithm",
      "aes-256-ctr",
      "",
    ],
  ])("is a failure without it: %s with %j", async (kind, inputs, alias, path, feature, advice) => {
    expect(await find(kind, inputs, without(alias))).toEqual([
      {
        severity: "failure",
        cause: `extension ${alias}`,
        path,
        reason: `this cloud has no ${feature}: it lacks the extension ${alias}.${advice}`,
      },
    ]);
    expect(await find(kind, inputs, ALL_EXTENSIONS)).toEqual([]);
  });

  it("is reported at each of its properties", async () => {
    const inputs = { localEpGroupId: "g1", peerEpGroupId: "g2" };
    const findings = await find("IpsecSiteConnection", inputs, without("vpn-endpoint-groups"));
    expect(findings.map(({ path }) => path)).toEqual(["localEpGroupId", "peerEpGroupId"]);
  });

  it.each<[Kind, Values]>([
    ["IpsecSiteConnection", { peerCidrs: ["10.2.0.0/24"], type: "cidr" }],
    ["VpnService", { subnetId: "lan" }],
    ["IkePolicy", { encryptionAlgorithm: "aes-256" }],
  ])("is not used by %s with %j", async (kind, inputs) => {
    expect(await find(kind, inputs, [])).toEqual([]);
  });
});

describe("an algorithm of neutron-vpnaas 26.0", () => {
  it.each([
    ["encryptionAlgorithm", "aes-256-gcm-16"],
    ["encryptionAlgorithm", "aes-128-ccm-8"],
    ["authAlgorithm", "aes-xcbc"],
    ["authAlgorithm", "aes-cmac"],
    ["pfs", "group15"],
    ["pfs", "group19"],
    ["pfs", "group20"],
    ["pfs", "group29"],
    ["pfs", "group30"],
    ["pfs", "group31"],
  ])("is a warning without an extension of that release: %s %s", async (path, value) => {
    expect(await find("IkePolicy", { [path]: value }, without("vpn-aes-ctr"))).toEqual([
      {
        severity: "warning",
        cause: `newer ${value}`,
        path,
        reason: `${value} needs neutron-vpnaas 26.0 (2025.1) or newer, and this cloud lacks the extension vpn-aes-ctr of that release.`,
      },
    ]);
    expect(await find("IkePolicy", { [path]: value }, ALL_EXTENSIONS)).toEqual([]);
  });
});

describe("an algorithm that an extension removes", () => {
  it.each([
    ["authAlgorithm", "sha1"],
    ["encryptionAlgorithm", "3des"],
  ])("is a failure with it: %s %s", async (path, value) => {
    const extensions = [...ALL_EXTENSIONS, "vpn-no-sha1-3des"];
    expect(await find("IpsecPolicy", { [path]: value }, extensions)).toEqual([
      {
        severity: "failure",
        cause: `refused ${value}`,
        path,
        reason: `this cloud refuses ${value}, since it has the extension vpn-no-sha1-3des.`,
      },
    ]);
    expect(await find("IpsecPolicy", { [path]: value }, ALL_EXTENSIONS)).toEqual([]);
  });
});

describe("an algorithm of every release", () => {
  it.each([
    { encryptionAlgorithm: "aes-256", authAlgorithm: "sha512", pfs: "group14" },
    { encryptionAlgorithm: undefined, pfs: 15 },
  ])("has no finding: %j", async (inputs) => {
    expect(await find("IkePolicy", inputs, ["vpn-no-sha1-3des"])).toEqual([]);
  });

  it.each(["group2", "group5", "group32", "xgroup15", "group15x"])(
    "or of none, %s, has no finding",
    async (pfs) => {
      expect(await find("IkePolicy", { pfs }, [])).toEqual([]);
    },
  );

  it.each(["xaes-1-ctr", "aes-1-ctrx", "xaes-1-gcm-8", "aes-1-gcm-8x", "aes-cmacx", "xaes-cmac"])(
    "is not recognized by a part of its name: %s",
    async (encryptionAlgorithm) => {
      expect(await find("IkePolicy", { encryptionAlgorithm }, [])).toEqual([]);
    },
  );
});

describe("the options of a resource are not checked", () => {
  const group = declared("EndpointGroup", { type: "cidr" });

  it("if the extensions cannot be read", async () => {
    expect(await findingsOf(optionsAreOffered, group, { refused: ["extensions"] })).toEqual([]);
  });

  it("in the dialect k5, whose values the check of the inputs knows", async () => {
    const k5 = { ...group, dialect: "k5" as const };
    expect(await findingsOf(optionsAreOffered, k5, { extensions: [] })).toEqual([]);
  });
});
