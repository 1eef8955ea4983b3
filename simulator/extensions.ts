/** Names and dates as in the server's responses. Source: neutron_lib/api/definitions. */
const known: Record<string, [name: string, description: string, updated: string]> = {
  "project-id": [
    "project_id field enabled",
    "Extension that indicates that project_id field is enabled.",
    "2016-09-09T09:09:09-09:09",
  ],
  quota_details: [
    "Quota details management support",
    "Expose functions for quotas usage statistics per project",
    "2017-02-10T10:00:00-00:00",
  ],
  quotas: [
    "Quota management support",
    "Expose functions for quotas management per project",
    "2012-07-29T10:00:00-00:00",
  ],
  router: [
    "Neutron L3 Router",
    "Router abstraction for basic L3 forwarding between L2 Neutron networks and access to external networks via a NAT gateway.",
    "2012-07-20T10:00:00-00:00",
  ],
  vpnaas: ["VPN service", "Extension for VPN service", "2013-05-29T10:00:00-00:00"],
  "vpn-endpoint-groups": [
    "VPN Endpoint Groups",
    "VPN endpoint groups support",
    "2015-08-04T10:00:00-00:00",
  ],
  "vpn-flavors": [
    "VPN Service Flavor Extension",
    "Flavor support for vpnservices.",
    "2017-04-19T00:00:00-00:00",
  ],
  "vpn-aes-ctr": [
    "VPN support for AES CTR mode",
    "Add AES CTR choices for encryption algorithm",
    "2024-01-09T09:00:00-00:00",
  ],
};

/** One extension as `GET /v2.0/extensions` shows it. */
export function describeExtension(alias: string): object {
  const [name = alias, description = "", updated = ""] = known[alias] ?? [];
  return { name, alias, description, updated, links: [] };
}

/** The aliases of `all` without those of `missing`; those of VPNaaS depend on it. */
export function presentExtensions(all: readonly string[], missing: readonly string[]): string[] {
  return all.filter(
    (alias) =>
      !missing.includes(alias) && !(alias.startsWith("vpn-") && missing.includes("vpnaas")),
  );
}
