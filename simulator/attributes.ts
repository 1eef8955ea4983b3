import type { VpnKind } from "./rows";
import * as value from "./values";

/** The API's rules for one attribute. */
export interface Attribute {
  /** Whether a POST may contain it. */
  readonly post?: true;
  /** Whether a PUT may contain it. */
  readonly put?: true;
  /** The default value; with one, the attribute is optional in a POST. */
  readonly default?: unknown;
  readonly convert?: value.Convert;
  readonly check?: value.Check;
  readonly sortable?: true;
  /** Whether the database model has no such column, so that filters on it are ignored. */
  readonly notAColumn?: true;
}

/** The attributes of one kind, in the order of a response. */
export type Attributes = Readonly<Record<string, Attribute>>;

const served: Attribute = {};
const changeable = (check: value.Check, rest: Attribute = {}): Attribute => ({
  post: true,
  put: true,
  check,
  ...rest,
});
const fixed = (check: value.Check, rest: Attribute = {}): Attribute => ({
  post: true,
  check,
  ...rest,
});

const common = {
  id: { sortable: true },
  tenant_id: fixed(value.text(255), { sortable: true }),
  name: changeable(value.text(255), { default: "", sortable: true }),
  description: changeable(value.text(255), { default: "" }),
} as const satisfies Attributes;

const adminStateUp: Attribute = {
  post: true,
  put: true,
  default: true,
  convert: value.toBoolean,
};

const partialObject = (members: Record<string, value.Check>): Attribute =>
  changeable(value.objectOf(members), {
    default: {},
    convert: value.nullToObject,
    notAColumn: true,
  });

/** Dead peer detection with the given actions. */
export const dpd = (actions: readonly string[]): Attribute =>
  partialObject({
    action: value.oneOf(actions),
    interval: value.nonNegative,
    timeout: value.nonNegative,
  });

const keySizes = ["128", "192", "256"];
const tagSizes = ["8", "12", "16"];
const encryption = [
  "3des",
  ...keySizes.flatMap((bits) => [
    `aes-${bits}`,
    `aes-${bits}-ctr`,
    ...["ccm", "gcm"].flatMap((mode) => tagSizes.map((tag) => `aes-${bits}-${mode}-${tag}`)),
  ]),
];
const groups = [2, 5, ...Array.from({ length: 18 }, (_, index) => 14 + index)];

const algorithms = {
  auth_algorithm: changeable(
    value.oneOf(["sha1", "sha256", "sha384", "sha512", "aes-xcbc", "aes-cmac"]),
    { default: "sha1" },
  ),
  encryption_algorithm: changeable(value.oneOf(encryption), { default: "aes-128" }),
} as const satisfies Attributes;
const lifetime = partialObject({ units: value.oneOf(["seconds"]), value: value.atLeast(60) });
const pfs = changeable(value.oneOf(groups.map((number) => `group${number}`)), {
  default: "group5",
});

/** Sources: neutron_lib/api/definitions/vpn.py, vpn_endpoint_groups.py and vpn_flavors.py. */
export const neutronAttributes: Readonly<Record<VpnKind, Attributes>> = {
  ipsec_site_connection: {
    ...common,
    peer_address: changeable(value.text()),
    peer_id: changeable(value.text()),
    local_id: changeable(value.text(), { default: "" }),
    route_mode: served,
    mtu: changeable(value.nonNegative, { default: 1500, convert: value.toInteger }),
    auth_mode: served,
    psk: changeable(value.text()),
    initiator: changeable(value.oneOf(["bi-directional", "response-only"]), {
      default: "bi-directional",
    }),
    dpd: dpd(["clear", "disabled", "hold", "restart", "restart-by-peer"]),
    admin_state_up: adminStateUp,
    status: served,
    vpnservice_id: fixed(value.uuid),
    ikepolicy_id: fixed(value.uuid),
    ipsecpolicy_id: fixed(value.uuid),
    peer_cidrs: changeable(value.cidrList, {
      default: null,
      convert: value.toList,
      notAColumn: true,
    }),
    local_ep_group_id: changeable(value.uuidOrNull, { default: null }),
    peer_ep_group_id: changeable(value.uuidOrNull, { default: null }),
  },
  vpnservice: {
    id: common.id,
    name: common.name,
    description: common.description,
    tenant_id: common.tenant_id,
    subnet_id: fixed(value.uuidOrNull, { default: null }),
    router_id: fixed(value.uuid, { sortable: true }),
    flavor_id: fixed(value.uuidOrNull, { default: null }),
    admin_state_up: adminStateUp,
    external_v4_ip: served,
    external_v6_ip: served,
    status: served,
  },
  ikepolicy: {
    ...common,
    ...algorithms,
    phase1_negotiation_mode: changeable(value.oneOf(["main", "aggressive"]), { default: "main" }),
    lifetime,
    ike_version: changeable(value.oneOf(["v1", "v2"]), { default: "v1" }),
    pfs,
  },
  ipsecpolicy: {
    ...common,
    transform_protocol: changeable(value.oneOf(["esp", "ah", "ah-esp"]), { default: "esp" }),
    ...algorithms,
    encapsulation_mode: changeable(value.oneOf(["tunnel", "transport"]), { default: "tunnel" }),
    lifetime,
    pfs,
  },
  endpoint_group: {
    id: served,
    tenant_id: fixed(value.text(255)),
    name: changeable(value.text(255), { default: "" }),
    description: changeable(value.text(255), { default: "" }),
    type: fixed(value.oneOf(["subnet", "cidr", "network", "router", "vlan"]), {
      notAColumn: true,
    }),
    endpoints: { post: true, default: [], convert: value.toList, notAColumn: true },
  },
};
