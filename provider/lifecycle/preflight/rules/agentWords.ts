import { isPlainObject } from "../../../schema/equality";
import { displayNameOf } from "../../../model/labels";
import type { PreflightRule } from "../finding";
import { objectIn } from "./known";

/**
 * DPD actions that the API accepts and no stock agent can use. The templates of the agents copy the word
 * into ipsec.conf; strongSwan 5.9.8 ignores such a connection, libreswan 4.10 refuses the whole file
 * (neutron_vpnaas/services/vpn/device_drivers/template).
 */
const UNPARSABLE: readonly unknown[] = ["disabled", "restart-by-peer"];

/** The agents can use the declared values: with others a tunnel never comes up. */
export const agentCanParse: PreflightRule = ({ inputs: { dpd } }) => {
  const action = isPlainObject(dpd) ? dpd["action"] : undefined;
  if (!UNPARSABLE.includes(action)) return Promise.resolve([]);
  const reason = `the API accepts ${String(action)}, but neither strongSwan nor libreswan can parse it, so the tunnel does not come up with a stock VPN agent. Use hold, clear or restart.`;
  const cause = `dpd.action ${String(action)}`;
  return Promise.resolve([{ severity: "warning", cause, path: "dpd.action", reason }]);
};

/**
 * libreswan has the PFS group of a connection. Its `algparse` (4.10) refuses elliptic curves in phase 2 of IKE
 * v1; each policy by itself is valid.
 */
export const agentHasGroup: PreflightRule = async ({ inputs, dialect }, facts) => {
  if (dialect === "k5") return [];
  const [ike, ipsec] = await Promise.all([
    objectIn("IkePolicy", inputs, "ikePolicyId", facts),
    objectIn("IpsecPolicy", inputs, "ipsecPolicyId", facts),
  ]);
  const group = String(ipsec?.["pfs"]);
  if (ipsec === undefined || ike?.["ike_version"] !== "v1" || !ELLIPTIC.test(group)) return [];
  const displayName = displayNameOf("IpsecPolicy", ipsec.id, ipsec);
  return [
    {
      severity: "warning",
      cause: `elliptic group ${displayName}`,
      path: "ipsecPolicyId",
      reason: `${displayName} has pfs ${group}, which libreswan lacks in phase 2 of IKE v1, so the tunnel stays DOWN if the cloud's VPN agent uses libreswan. Use ikeVersion v2, or group14.`,
    },
  ];
};

/** The groups of elliptic curves that libreswan has in IKE v2; the rules of a policy warn of others. */
const ELLIPTIC = /^group(?:19|20|21|31)$/;

/**
 * The drivers of Neutron accept the policy of a connection
 * (neutron_vpnaas/services/vpn/service_drivers/ipsec_validator.py).
 */
export const policyIsAccepted: PreflightRule = async ({ inputs }, facts) => {
  const policy = await objectIn("IpsecPolicy", inputs, "ipsecPolicyId", facts);
  if (policy?.["transform_protocol"] !== "ah-esp") return [];
  const name = displayNameOf("IpsecPolicy", policy.id, policy);
  const reason = `${name} has transformProtocol ah-esp, with which Neutron refuses every connection. Use esp or ah.`;
  return [{ severity: "failure", cause: `ah-esp ${name}`, path: "ipsecPolicyId", reason }];
};
