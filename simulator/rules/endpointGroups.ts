import { ApiFault } from "../faultBodies";
import { isVisible } from "../rows";
import { cidrVersion, isUuid, pythonText } from "../values";
import { inServerOrder } from "./order";
import type { RuleSet } from "./ruleSet";

/** Rules of endpoint groups. Source: neutron_vpnaas/db/vpn/vpn_validator.py, validate_endpoint_group. */
export const endpointGroups: RuleSet<"endpoint_group"> = {
  create(values, { store, caller }) {
    const type = values["type"];
    const endpoints = values["endpoints"] as unknown[];
    if (endpoints.length === 0) {
      throw new ApiFault(
        400,
        "MissingEndpointForEndpointGroup",
        `No endpoints specified for endpoint group '${pythonText(values)}'`,
      );
    }
    const invalid = (endpoint: unknown, why: string): ApiFault =>
      new ApiFault(
        400,
        "InvalidEndpointInEndpointGroup",
        `Endpoint '${pythonText(endpoint)}' is invalid for group type '${pythonText(type)}': ${why}`,
      );
    endpoints.forEach((endpoint, index) => {
      if (endpoints.indexOf(endpoint) < index) {
        throw invalid(endpoint, "Endpoints have to be unique");
      }
      if (type === "cidr" && cidrVersion(endpoint) === null) {
        throw invalid(endpoint, "Invalid CIDR");
      }
      if (type === "subnet" && !isUuid(endpoint)) {
        throw invalid(endpoint, "Invalid UUID");
      }
    });
    for (const id of type === "subnet" ? endpoints.map(String) : []) {
      const subnet = store.get("subnet", id);
      if (!subnet || !isVisible(caller, subnet)) {
        throw new ApiFault(
          400,
          "NonExistingSubnetInEndpointGroup",
          `Subnet ${id} in endpoint group does not exist`,
        );
      }
    }
    return { ...values, endpoints: inServerOrder(endpoints.map(String)) };
  },

  update: (_group, changes) => changes,

  remove(group, { store }) {
    const used = store
      .all("ipsec_site_connection")
      .some((each) => each.local_ep_group_id === group.id || each.peer_ep_group_id === group.id);
    if (used) {
      throw new ApiFault(
        400,
        "EndpointGroupInUse",
        `Endpoint group ${group.id} is in use and cannot be deleted`,
      );
    }
  },
};
