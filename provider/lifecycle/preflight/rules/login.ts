import { isUnanswered } from "../facts";
import type { PreflightRule } from "../finding";

/**
 * A login whose roles are all reader roles sees no VPN object and may not change any
 * (neutron_vpnaas/policies).
 */
export const loginMayWrite: PreflightRule = async (_declared, facts) => {
  const roles = await facts.roles();
  if (isUnanswered(roles) || !roles.value.isReader) return [];
  return [
    {
      severity: "warning",
      cause: "reader",
      path: "",
      reason: `${roles.value.names.length === 1 ? "the only role" : "every role"} of this login is a reader role (${roles.value.names.join(", ")}), which may neither read nor change VPN objects: it needs \`member\` in the project. References to VPN objects are not checked.`,
    },
  ];
};
