import {
  dialectFits,
  hasVpnService,
} from "../../../../../provider/lifecycle/preflight/rules/dialect";
import { declared, findingsOf, pathsOf, requestsOf } from "../../../support/preflightCloud";

const k5 = declared("IkePolicy", { name: "a" }, { dialect: "k5" });
const neutron = declared("IkePolicy", { name: "a" });

describe("the dialect of a login", () => {
  it("k5 does not fit a cloud with endpoint groups, according to a failure with the command", async () => {
    expect(await findingsOf(dialectFits, k5, { extensions: ["vpn-endpoint-groups"] })).toEqual([
      {
        severity: "failure",
        cause: "dialect",
        path: "",
        reason:
          "this cloud is a Neutron of OpenStack, but vpnaas:dialect is not neutron. Run `pulumi config set vpnaas:dialect neutron`, or set vpnaas.dialect of the cloud in clouds.yaml.",
      },
    ]);
  });

  it("k5 fits a cloud without endpoint groups", async () => {
    expect(await findingsOf(dialectFits, k5, { extensions: ["vpnaas"] })).toEqual([]);
  });

  it("k5 is an open question if the extensions cannot be read", async () => {
    expect(await pathsOf(dialectFits, k5, { refused: ["extensions"] })).toEqual([
      "open vpnaas:dialect",
    ]);
  });

  it.each([
    "https://networking.uk-1.cloud.global.fujitsu.com",
    "http://networking.uk-1.cloud.global.fujitsu.com:9696",
    "https://networking.uk-1.cloud.global.fujitsu.com/",
  ])("neutron does not fit %s, according to a failure with the command", async (endpoint) => {
    expect(await findingsOf(dialectFits, neutron, { endpoint })).toEqual([
      expect.objectContaining({
        severity: "failure",
        reason: expect.stringMatching(
          /^this cloud is K5, but vpnaas:dialect is not k5\. Run `pulumi config set vpnaas:dialect k5`/,
        ) as string,
      }),
    ]);
  });

  it.each([
    "http://network.example.org",
    "https://networking.uk-1.cloud.global.fujitsu.com.example.org",
    "https://example.org/networking.uk-1.cloud.global.fujitsu.com",
    "https://example.org/?https://networking.uk-1.cloud.global.fujitsu.com",
    "proxy+https://networking.uk-1.cloud.global.fujitsu.com",
  ])("neutron fits %s", async (endpoint) => {
    expect(await findingsOf(dialectFits, neutron, { endpoint })).toEqual([]);
  });

  it("neutron sends no request", async () => {
    expect(await requestsOf(dialectFits, neutron)).toEqual([]);
  });
});

describe("the VPN service of a cloud", () => {
  it("is missing without the extension vpnaas, according to a failure", async () => {
    expect(await findingsOf(hasVpnService, neutron, { extensions: ["router"] })).toEqual([
      {
        severity: "failure",
        cause: "no vpnaas",
        path: "",
        reason:
          "http://network.example.org has no extension vpnaas: this cloud or region offers no VPN service, or the endpoint is that of another service. Ask the operator of the cloud.",
      },
    ]);
  });

  it("exists with the extension vpnaas", async () => {
    expect(await findingsOf(hasVpnService, neutron, { extensions: ["vpnaas"] })).toEqual([]);
  });

  it("is an open question if the extensions cannot be read", async () => {
    expect(await pathsOf(hasVpnService, neutron, { refused: ["extensions"] })).toEqual([
      "open the extension vpnaas",
    ]);
  });

  it("is not required of the extensions of K5, whose list may be incomplete", async () => {
    expect(await findingsOf(hasVpnService, k5, { extensions: [] })).toEqual([]);
  });
});
