import { ApiFault } from "../faultBodies";
import type { Policy } from "../rows";
import { isObject, pythonText } from "../values";
import type { Context, RuleSet } from "./ruleSet";

const lifetimeOf = (given: unknown, previous: Policy["lifetime"]): Policy["lifetime"] => {
  const lifetime = isObject(given) ? given : {};
  return {
    units: pythonText(lifetime["units"] ?? previous.units),
    value: Number(lifetime["value"] ?? previous.value),
  };
};

/** Rules of IKE and IPsec policies. Source: neutron_vpnaas/db/vpn/vpn_db.py. */
function policyRules<K extends "ikepolicy" | "ipsecpolicy">(
  reference: "ikepolicy_id" | "ipsecpolicy_id",
  inUse: string,
  label: string,
): RuleSet<K> {
  const refuseIfUsed = (row: Policy, { store }: Context): void => {
    if (store.all("ipsec_site_connection").some((each) => each[reference] === row.id)) {
      throw new ApiFault(
        409,
        inUse,
        `${label} ${row.id} is in use by existing IPsecSiteConnection and can't be updated or deleted`,
      );
    }
  };
  return {
    create: (values) => ({
      ...values,
      lifetime: lifetimeOf(values["lifetime"], { units: "seconds", value: 3600 }),
    }),
    update: (row, changes, context) => {
      refuseIfUsed(row, context);
      return { ...changes, lifetime: lifetimeOf(changes["lifetime"], row.lifetime) };
    },
    remove: refuseIfUsed,
  };
}

/** Rules of IKE policies. */
export const ikePolicies = policyRules<"ikepolicy">("ikepolicy_id", "IKEPolicyInUse", "IKEPolicy");

/** Rules of IPsec policies. */
export const ipsecPolicies = policyRules<"ipsecpolicy">(
  "ipsecpolicy_id",
  "IPsecPolicyInUse",
  "IPsecPolicy",
);
