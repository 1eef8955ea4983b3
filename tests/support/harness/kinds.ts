import type { ApiObject } from "./api";

/** Arguments of a resource in a program, or a body of the API. */
export type Args = Readonly<Record<string, unknown>>;

/** The collection's path and the envelope of each kind in the API. */
export const KINDS = {
  IpsecSiteConnection: { path: "/vpn/ipsec-site-connections", key: "ipsec_site_connection" },
  VpnService: { path: "/vpn/vpnservices", key: "vpnservice" },
  EndpointGroup: { path: "/vpn/endpoint-groups", key: "endpoint_group" },
  IkePolicy: { path: "/vpn/ikepolicies", key: "ikepolicy" },
  IpsecPolicy: { path: "/vpn/ipsecpolicies", key: "ipsecpolicy" },
} as const;

/** Every kind of object, in a valid order of deletion. */
export type Kind = keyof typeof KINDS;

/** Every kind of resource, including the virtual ones. */
export type ResourceKind = Kind | "ConnectionsReady" | "PreSharedKey";

/** {@link Kind} as a list. */
export const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** Wire names that are not the snake_case of the property. */
const SPELLED: Readonly<Record<string, string>> = {
  vpnservice_id: "vpnServiceId",
  ikepolicy_id: "ikePolicyId",
  ipsecpolicy_id: "ipsecPolicyId",
};

/** The request body, without its envelope, for a resource's arguments. */
export function bodyOf(args: Args): Args {
  const entries = Object.entries(args).map(([name, value]) => {
    const [spelled] = Object.entries(SPELLED).find(([, one]) => one === name) ?? [snakeCase(name)];
    return [spelled, value];
  });
  return Object.fromEntries(entries) as Args;
}

/**
 * The outputs for an object of the API under their documented names. Null and empty lists are not outputs,
 * `id` is omitted, and lists are sorted.
 */
export function shownBy(object: ApiObject): Args {
  const entries = Object.entries(object)
    .filter(([name]) => name !== "id")
    .filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => [outputOf(name), inOrder(value)]);
  return Object.fromEntries(entries) as Args;
}

/** Sorts a list whose order has no meaning, like {@link shownBy}. */
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
