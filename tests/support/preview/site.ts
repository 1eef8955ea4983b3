import type { Args, ResourceKind } from "../harness/kinds";
import { ref, type Program } from "../harness/resources";
import type { Cloud } from "../harness/cloud";

/** The resources that a site may declare. */
export const SLOTS = {
  hub: "VpnService",
  ike: "IkePolicy",
  ipsec: "IpsecPolicy",
  local: "EndpointGroup",
  peer: "EndpointGroup",
  office: "IpsecSiteConnection",
  branch: "IpsecSiteConnection",
  ready: "ConnectionsReady",
} as const satisfies Readonly<Record<string, ResourceKind>>;

export type Slot = keyof typeof SLOTS;

export const ALL_SLOTS = Object.keys(SLOTS) as Slot[];

/** Most resources of a site. */
export const MOST = 6;

/**
 * A part of a program that depends on no other part: at most one service with its policies, groups and
 * connections. Each resource has its own arguments; references follow from the other resources.
 */
export interface Site {
  readonly declared: Readonly<Partial<Record<Slot, Args>>>;
  /** Whether connections refer to endpoint groups, and to no networks of their own. */
  readonly hasGroups: boolean;
}

export const EMPTY: Site = { declared: {}, hasGroups: false };

export const isConnection = (slot: Slot): slot is "office" | "branch" =>
  SLOTS[slot] === "IpsecSiteConnection";

/** The name of a resource in the program. */
export const nameIn = (site: number, slot: Slot): string => `site${site}-${slot}`;

/** The number of the site of a resource; undefined for another name. */
export function siteOf(resource: string): number | undefined {
  const [, number] = /^site(\d+)-/.exec(resource) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** The declarations of a site, by the names of its resources. */
export function programOf({ declared, hasGroups }: Site, site: number, cloud: Cloud): Program {
  const { fixture, parents } = cloud;
  const idOf = (slot: Slot, other: string) =>
    declared[slot] === undefined ? other : ref(`${nameIn(site, slot)}.id`);
  const derived: Record<Slot, () => Args> = {
    hub: () => ({
      routerId: fixture.routerId,
      ...(!hasGroups && { subnetId: fixture.subnetId }),
    }),
    ike: () => ({}),
    ipsec: () => ({}),
    local: () => ({ type: "subnet", endpoints: [fixture.subnetId] }),
    peer: () => ({ type: "cidr", endpoints: ["10.5.0.0/24"] }),
    office: () => connection("203.0.113.7"),
    branch: () => connection("203.0.113.8"),
    ready: () => ({ ids: connectionsOf(declared).map((slot) => ref(`${nameIn(site, slot)}.id`)) }),
  };
  const connection = (peer: string): Args => ({
    vpnServiceId: idOf("hub", parents.vpnServiceId),
    ikePolicyId: idOf("ike", parents.ikePolicyId),
    ipsecPolicyId: idOf("ipsec", parents.ipsecPolicyId),
    peerAddress: peer,
    peerId: peer,
    psk: "canary-psk",
    ...(hasGroups
      ? { localEpGroupId: idOf("local", ""), peerEpGroupId: idOf("peer", "") }
      : { peerCidrs: ["10.2.0.0/24"] }),
  });
  const entries = Object.entries(declared) as [Slot, Args][];
  return Object.fromEntries(
    entries.map(([slot, args]) => [
      nameIn(site, slot),
      {
        kind: SLOTS[slot],
        args: { ...derived[slot](), ...(hasGroups ? omit(args, "peerCidrs") : args) },
      },
    ]),
  );
}

/** The site after its adoptions: `adopt` counts at creation only, and is an error once its object is gone. */
export function withoutAdopt(site: Site): Site {
  const entries = Object.entries(site.declared).map(([slot, args]) => [slot, omit(args, "adopt")]);
  return { ...site, declared: Object.fromEntries(entries) as Site["declared"] };
}

function omit(args: Args, name: string): Args {
  return Object.fromEntries(Object.entries(args).filter(([one]) => one !== name));
}

export function connectionsOf(declared: Site["declared"]): ("office" | "branch")[] {
  return ALL_SLOTS.filter(isConnection).filter((slot) => declared[slot] !== undefined);
}

/**
 * The site with everything that its connections need, and without everything that cannot stand alone:
 * a connection of groups needs both and a service of the program, a wait needs connections.
 */
export function completed({ declared, hasGroups }: Site): Site {
  const hasConnections = connectionsOf(declared).length > 0;
  const needed = hasGroups && hasConnections ? { hub: {}, local: {}, peer: {} } : {};
  const all: Partial<Record<Slot, Args>> = { ...needed, ...declared };
  const surplus = Object.keys(all).length - MOST;
  const optional = (["ready", "branch", "ipsec", "ike"] as const).filter((slot) => all[slot]);
  const left = new Set<string>(optional.slice(0, Math.max(0, surplus)));
  if (!hasConnections) left.add("ready");
  const kept = Object.entries(all).filter(([slot]) => !left.has(slot));
  return { declared: Object.fromEntries(kept), hasGroups };
}
