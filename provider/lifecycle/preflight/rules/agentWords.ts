import { isPlainObject } from "../../../schema/equality";
import type { Inputs } from "../../../values";
import { displayNameOf } from "../../../model/labels";
import type { Finding, PreflightRule } from "../finding";
import { objectIn } from "./known";

/**
 * DPD actions that the API accepts and no stock agent can use. The templates of the agents copy the word
 * into ipsec.conf; strongSwan 5.9.8 ignores such a connection, libreswan 4.10 refuses the whole file
 * (neutron_vpnaas/services/vpn/device_drivers/template).
 */
const UNPARSABLE: readonly unknown[] = ["disabled", "restart-by-peer"];

/** The agents can use the declared values. */
export const agentCanParse: PreflightRule = ({ inputs }) => Promise.resolve(unparsableDpd(inputs));

/** The drivers accept the policy of a connection. */
export const policyIsAccepted: PreflightRule = async ({ inputs }, facts) => {
  const policy = await objectIn("IpsecPolicy", inputs, "ipsecPolicyId", facts);
  if (policy === undefined) return [];
  const displayName = displayNameOf("IpsecPolicy", policy.id, policy);
  return refusedPolicy({ displayName, transformProtocol: policy["transform_protocol"] });
};

/** A DPD action with which a tunnel of a stock VPN agent never comes up. */
export function unparsableDpd({ dpd }: Inputs): Finding[] {
  const action = isPlainObject(dpd) ? dpd["action"] : undefined;
  if (!UNPARSABLE.includes(action)) return [];
  return [
    {
      severity: "warning",
      cause: `dpd.action ${String(action)}`,
      path: "dpd.action",
      reason: `the API accepts ${String(action)}, but neither strongSwan nor libreswan can parse it, so the tunnel does not come up with a stock VPN agent. Use hold, clear or restart.`,
    },
  ];
}

/**
 * An IPsec policy with which the drivers of Neutron refuse every connection
 * (neutron_vpnaas/services/vpn/service_drivers/ipsec_validator.py).
 */
export function refusedPolicy(policy: {
  displayName: string;
  transformProtocol: unknown;
}): Finding[] {
  if (policy.transformProtocol !== "ah-esp") return [];
  return [
    {
      severity: "failure",
      cause: `ah-esp ${policy.displayName}`,
      path: "ipsecPolicyId",
      reason: `${policy.displayName} has transformProtocol ah-esp, with which Neutron refuses every connection. Use esp or ah.`,
    },
  ];
}
