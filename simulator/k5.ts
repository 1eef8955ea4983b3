import { dpd, neutronAttributes, type Attribute, type Attributes } from "./attributes";
import type { Dialect } from "./dialect";
import { untypedBody } from "./faultBodies";
import * as value from "./values";

const zone: Attributes = {
  availability_zone: { post: true, check: value.text(), default: "jp-east-1a" },
};

const without = (attributes: Attributes, ...names: string[]): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));

const oneCidr: value.Check = (list) =>
  (list as unknown[]).length > 1
    ? "only one CIDR can be specified"
    : (value.cidrList(list) ?? value.networkList(list));

const peerId: value.Check = (id) => {
  const isWrong = value.cidrVersion(id) !== null || /\s/.test(String(id));
  return value.text(255)(id) ?? (isWrong ? `'${String(id)}' is not a valid peer ID` : null);
};

const only = (attribute: Attribute | undefined, words: readonly string[]): Attribute => ({
  ...attribute,
  check: value.oneOf(words),
});

/**
 * The algorithms of the Neutron version that K5 was built from. K5's pages on algorithms were not
 * available, so this is a guess, the same as in schema.json.
 */
const algorithmsOf = (policy: Attributes): Attributes => ({
  ...policy,
  auth_algorithm: only(policy["auth_algorithm"], ["sha1", "sha256", "sha384", "sha512"]),
  encryption_algorithm: only(policy["encryption_algorithm"], [
    "3des",
    "aes-128",
    "aes-192",
    "aes-256",
  ]),
  pfs: only(policy["pfs"], ["group2", "group5", "group14"]),
});

/** Attributes of networks, subnets, routers and ports that Neutron got after that version. */
const newerAttributes = [
  "availability_zones",
  "availability_zone_hints",
  "created_at",
  "flavor_id",
  "ipv4_address_scope",
  "ipv6_address_scope",
  "qinq",
  "revision_number",
  "service_types",
  "subnetpool_id",
  "tags",
  "updated_at",
];

const { ipsec_site_connection, vpnservice, ikepolicy, ipsecpolicy } = neutronAttributes;

/**
 * Fujitsu K5 (FJcloud-O), regions 1 and 2. Source: its API reference, Network, "Create / Update /
 * List IPsec site connection" and "Create / Update VPN service". That reference documents neither the
 * body of an error nor the message for an exceeded limit; the simulator guesses both.
 */
export const k5: Dialect = {
  attributes: {
    ipsec_site_connection: {
      ...without(ipsec_site_connection, "local_id", "local_ep_group_id", "peer_ep_group_id"),
      mtu: { post: true, check: value.nonNegative, default: 1500, convert: value.toInteger },
      peer_address: { post: true, put: true, check: value.ipv4 },
      peer_id: { post: true, put: true, check: peerId },
      peer_cidrs: {
        post: true,
        put: true,
        check: oneCidr,
        convert: value.toList,
        notAColumn: true,
      },
      dpd: dpd(["hold", "restart"]),
      ...zone,
    },
    vpnservice: {
      ...without(vpnservice, "flavor_id", "external_v4_ip", "external_v6_ip"),
      subnet_id: { post: true, check: value.uuid },
      ...zone,
    },
    ikepolicy: {
      ...algorithmsOf(ikepolicy),
      phase1_negotiation_mode: only(ikepolicy["phase1_negotiation_mode"], ["main"]),
      ...zone,
    },
    ipsecpolicy: { ...algorithmsOf(ipsecpolicy), ...zone },
  },
  projectId: false,
  servicesPerRouter: 1,
  show: (row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !newerAttributes.includes(name))),
  extensions: ["quotas", "router", "vpnaas"],
  faultBody: untypedBody,
  // The second API belongs to another service than Neutron.
  networkEndpoints: [
    { name: "networking-ex", url: "/network-ex" },
    { name: "networking", url: "/network" },
  ],
};
