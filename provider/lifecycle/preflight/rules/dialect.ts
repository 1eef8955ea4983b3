import { dialectProblem } from "../../../dialect";
import { isUnanswered } from "../facts";
import { type Finding, openFinding, type PreflightRule } from "../finding";

/** The cloud does not show that it is of the other dialect. */
export const dialectFits: PreflightRule = async ({ dialect }, facts) => {
  const { endpoint } = facts;
  if (dialect === "neutron")
    return wrongDialect(dialectProblem(dialect, { endpoint, hasGroups: true }));
  const extensions = await facts.extensions();
  if (isUnanswered(extensions)) return [openFinding("vpnaas:dialect", extensions)];
  const hasGroups = extensions.value.has("vpn-endpoint-groups");
  return wrongDialect(dialectProblem(dialect, { endpoint, hasGroups }));
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

function wrongDialect(reason: string | undefined): Finding[] {
  if (reason === undefined) return [];
  return [{ severity: "failure", cause: "dialect", path: "", reason }];
}
