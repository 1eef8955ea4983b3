import type { ApiObject } from "./api";

/** Arguments of a resource as a program would give them, or a body as the API takes it. */
export type Args = Readonly<Record<string, unknown>>;

/** Where the API has each kind: the path of its collection, and the key around one object. */
export const KINDS = {
  IpsecSiteConnection: { path: "/vpn/ipsec-site-connections", key: "ipsec_site_connection" },
  VpnService: { path: "/vpn/vpnservices", key: "vpnservice" },
  EndpointGroup: { path: "/vpn/endpoint-groups", key: "endpoint_group" },
  IkePolicy: { path: "/vpn/ikepolicies", key: "ikepolicy" },
  IpsecPolicy: { path: "/vpn/ipsecpolicies", key: "ipsecpolicy" },
} as const;

/** Every kind of object, in an order in which objects can be deleted. */
export type Kind = keyof typeof KINDS;

/** Every kind of resource, that included which no cloud knows. */
export type ResourceKind = Kind | "ConnectionsReady";

/** {@link Kind} as a list. */
export const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** Names that the API spells in a way of its own. */
const SPELLED: Readonly<Record<string, string>> = {
  vpnservice_id: "vpnServiceId",
  ikepolicy_id: "ikePolicyId",
  ipsecpolicy_id: "ipsecPolicyId",
};

/** The body, without its envelope, that asks the API for what these arguments ask a resource for. */
export function bodyOf(args: Args): Args {
  const entries = Object.entries(args).map(([name, value]) => {
    const [spelled] = Object.entries(SPELLED).find(([, one]) => one === name) ?? [snakeCase(name)];
    return [spelled, value];
  });
  return Object.fromEntries(entries) as Args;
}

/**
 * Every output that an object of the API stands for, by the documented names; what the API shows as
 * null or as an empty list is no output. `id` is left out, and lists are in order.
 */
export function shownBy(object: ApiObject): Args {
  const entries = Object.entries(object)
    .filter(([name]) => name !== "id")
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => [outputOf(name), inOrder(value)]);
  return Object.fromEntries(entries) as Args;
}

/** A list whose order says nothing in the one order in which {@link shownBy} has it. */
export function inOrder(value: unknown): unknown {
  return Array.isArray(value) ? [...(value as string[])].sort() : value;
}

function outputOf(name: string): string {
  if (name === "peer_address") return "resolvedPeerAddress";
  if (name === "tenant_id") return "projectId";
  return SPELLED[name] ?? camelCase(name);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
