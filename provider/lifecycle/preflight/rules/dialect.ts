import { isUnanswered } from "../facts";
import { type Finding, openFinding, type PreflightRule } from "../finding";

/** K5's endpoints are `networking.<region>.cloud.global.fujitsu.com`. */
const K5_HOST = /^https?:\/\/[^/]*\.cloud\.global\.fujitsu\.com(?:[:/]|$)/;

/** A cloud with endpoint groups is a Neutron of OpenStack; K5 has none. */
export const dialectFits: PreflightRule = async ({ dialect }, facts) => {
  if (dialect === "neutron") {
    return K5_HOST.test(facts.endpoint) ? [wrongDialect("K5", "k5")] : [];
  }
  const extensions = await facts.extensions();
  if (isUnanswered(extensions)) return [openFinding("vpnaas:dialect", extensions)];
  return extensions.value.has("vpn-endpoint-groups")
    ? [wrongDialect("a Neutron of OpenStack", "neutron")]
    : [];
};

/** The vpnaas extension supplies every collection of the VPN API. */
export const hasVpnService: PreflightRule = async ({ dialect }, facts) => {
  // It is not known whether K5 lists its extensions in full.
  if (dialect === "k5") return [];
  const extensions = await facts.extensions();
  if (isUnanswered(extensions)) return [openFinding("the extension vpnaas", extensions)];
  if (extensions.value.has("vpnaas")) return [];
  const reason = `${facts.endpoint} has no extension vpnaas: this cloud or region offers no VPN service, or the endpoint is that of another service. Ask the operator of the cloud.`;
  return [{ severity: "failure", cause: "no vpnaas", path: "", reason }];
};

function wrongDialect(cloud: string, dialect: string): Finding {
  return {
    severity: "failure",
    cause: "dialect",
    path: "",
    reason: `this cloud is ${cloud}, but vpnaas:dialect is not ${dialect}. Run \`pulumi config set vpnaas:dialect ${dialect}\`, or set vpnaas.dialect of the cloud in clouds.yaml.`,
  };
}
