import type { Attributes } from "./attributes";
import { ApiFault, badRequest } from "./faultBodies";
import type { Caller, Kind, VpnKind } from "./rows";
import type { Store } from "./store";
import { isObject } from "./values";

/** A limit of -1 means none. Source: neutron/conf/quota.py. */
const UNLIMITED = -1;

/** Neutron's default limits; a VPN kind's own one is `default_quota`, here unlimited. */
const coreLimits: Readonly<Record<string, number>> = {
  network: 100,
  subnet: 100,
  subnetpool: UNLIMITED,
  port: 500,
  router: 10,
  floatingip: 50,
  rbac_policy: 10,
  security_group: 10,
  security_group_rule: 100,
};

const countedCoreKinds: readonly Kind[] = ["network", "subnet", "port", "router"];

/** One row of `/v2.0/quotas/<project>/details`. */
interface QuotaDetails {
  limit: number;
  used: number;
  reserved: number;
}

/** The quotas of all projects. Source: neutron/db/quota/driver.py. */
export class Quotas {
  private readonly changes = new Map<string, Record<string, number>>();
  private readonly defaults: Readonly<Record<string, number>>;

  constructor(
    private readonly store: Store,
    attributes: Partial<Record<VpnKind, Attributes>>,
  ) {
    const vpnLimits = Object.keys(attributes).map((kind) => [kind, UNLIMITED] as const);
    this.defaults = { ...coreLimits, ...Object.fromEntries(vpnLimits) };
  }

  /** The limit of every kind. */
  limits(projectId: string): Record<string, number> {
    return { ...this.defaults, ...this.changes.get(projectId) };
  }

  details(projectId: string): Record<string, QuotaDetails> {
    return Object.fromEntries(
      Object.entries(this.limits(projectId)).map(([kind, limit]) => [
        kind,
        { limit, used: this.used(kind, projectId), reserved: 0 },
      ]),
    );
  }

  /** Applies the body of a PUT. */
  change(projectId: string, body: unknown): void {
    const quota = isObject(body) ? body["quota"] : undefined;
    if (!isObject(quota) || Object.keys(quota).some((kind) => !(kind in this.defaults))) {
      throw badRequest("Unrecognized attribute(s)");
    }
    const limits = Object.entries(quota).map(([kind, limit]) => [kind, Number(limit)] as const);
    this.changes.set(projectId, {
      ...this.changes.get(projectId),
      ...Object.fromEntries(limits),
    });
  }

  /** Restores the default limits. */
  reset(projectId: string): void {
    this.changes.delete(projectId);
  }

  /** Throws if the project has as many objects of the kind as its limit allows. */
  refuseExcess(kind: VpnKind, projectId: string): void {
    const limit = this.limits(projectId)[kind] ?? UNLIMITED;
    if (limit !== UNLIMITED && this.used(kind, projectId) >= limit) {
      throw new ApiFault(409, "OverQuota", `Quota exceeded for resources: ['${kind}'].`);
    }
  }

  private used(kind: string, projectId: string): number {
    // Every project with a network has the default security group, without rules of its own.
    if (kind === "security_group") {
      return this.count("network", projectId) > 0 ? 1 : 0;
    }
    const isCounted =
      !(kind in coreLimits) || countedCoreKinds.some((coreKind) => coreKind === kind);
    return isCounted ? this.count(kind as Kind, projectId) : 0;
  }

  private count(kind: Kind, projectId: string): number {
    return this.store.all(kind).filter(({ tenant_id }) => tenant_id === projectId).length;
  }
}

/** Throws unless the caller may read the quota of the project, or with `change` set it. */
export function refuseForeignQuota(
  caller: Caller,
  projectId: string | undefined,
  part: "quota" | "details" | "change",
): void {
  if (caller.admin || (projectId === caller.projectId && part !== "change")) {
    return;
  }
  // Sources: neutron/extensions/quotasv2_detail.py and neutron/conf/policies/quotas.py.
  throw part === "details"
    ? new ApiFault(
        403,
        "AdminRequired",
        "User does not have admin privileges: Only admin is authorized to access quotas for another project.",
      )
    : new ApiFault(
        403,
        "PolicyNotAuthorized",
        `rule:${part === "change" ? "update" : "get"}_quota is disallowed by policy`,
      );
}
