import { ALL_KINDS, type Kind } from "../support/harness/kinds";

/** A simulated cloud, with the kind and the number of its resources. */
export interface Place {
  readonly kind: Kind;
  readonly dialect: "neutron" | "k5";
  /** The number of the program's resources. */
  readonly count: number;
}

/** One resource of every kind on every cloud that supports it. */
export const PLACES: readonly Place[] = [
  ...ALL_KINDS.map((kind) => ({ kind, dialect: "neutron" as const, count: 1 })),
  ...ALL_KINDS.filter((kind) => kind !== "EndpointGroup").map((kind) => ({
    kind,
    dialect: "k5" as const,
    count: 1,
  })),
];

/** Several resources of a kind, which share requests. */
export const CROWDS: readonly Place[] = [
  { kind: "IpsecSiteConnection", dialect: "neutron", count: 3 },
  { kind: "IpsecSiteConnection", dialect: "neutron", count: 20 },
  { kind: "IpsecSiteConnection", dialect: "k5", count: 3 },
  { kind: "EndpointGroup", dialect: "neutron", count: 3 },
  { kind: "IkePolicy", dialect: "neutron", count: 3 },
];

/** A place in a title, such as `VpnService (k5)` or `3 of VpnService (neutron)`. */
export function titleOf({ kind, dialect, count }: Place): string {
  return `${count === 1 ? "" : `${count} of `}${kind} (${dialect})`;
}
