import type { Kind } from "../support/harness/kinds";
import type { Properties } from "../support/harness/providerProcess";
import type { Dialect } from "./sharedScene";

/**
 * Every kind except connections, which create.test.ts covers, with inputs of
 * another object.
 */
export const CREATE_CASES: [Kind, Dialect, { another: Properties }][] = [
  ["VpnService", "neutron", { another: { subnet_id: null } }],
  ["IkePolicy", "neutron", { another: { pfs: "group5" } }],
  ["IpsecPolicy", "neutron", { another: { lifetime: { value: 60 } } }],
  ["EndpointGroup", "neutron", { another: { endpoints: ["10.5.0.0/24"] } }],
  ["VpnService", "k5", { another: { admin_state_up: false } }],
  ["IkePolicy", "k5", { another: { pfs: "group5" } }],
];
