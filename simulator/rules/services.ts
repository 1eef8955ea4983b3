import { isIP } from "node:net";
import { ApiFault, badRequest, notFound } from "../faultBodies";
import type { Router, Service } from "../rows";
import type { Store } from "../store";
import { refuseIfPending } from "./pendingStatus";
import type { RuleSet } from "./ruleSet";

/** Throws for a subnet that is not attached to the router. */
export function refuseForeignSubnet(subnetId: string, router: Router, store: Store): void {
  if (!store.isAttached(subnetId, router.id)) {
    throw new ApiFault(
      400,
      "SubnetIsNotConnectedToRouter",
      `Subnet ${subnetId} is not connected to Router ${router.id}`,
    );
  }
}

/** The router of a service, of any project. */
export function routerOf(service: Service, store: Store): Router {
  const router = store.get("router", service.router_id);
  if (!router) {
    throw notFound("router", service.router_id);
  }
  return router;
}

/** The address of the router's gateway in this IP version, or null. */
export function gatewayAddress(router: Router, version: number): string | null {
  const addresses = router.external_gateway_info?.external_fixed_ips ?? [];
  return addresses.find((each) => isIP(each.ip_address) === version)?.ip_address ?? null;
}

/** Rules of VPN services. Source: neutron_vpnaas/db/vpn/vpn_validator.py, validate_vpnservice. */
export const services: RuleSet<"vpnservice"> = {
  create(values, { store, caller, servicesPerRouter }) {
    const { router_id, subnet_id, flavor_id } = values as Service;
    if (flavor_id) {
      throw new ApiFault(404, "FlavorNotFound", `Flavor ${flavor_id} could not be found.`);
    }
    const router = store.find("router", router_id, caller);
    if (!router.external_gateway_info) {
      throw new ApiFault(
        400,
        "RouterIsNotExternal",
        `Router ${router.id} has no external network gateway set`,
      );
    }
    if (subnet_id !== null) {
      refuseForeignSubnet(subnet_id, router, store);
    }
    // Source: K5's functions manual. It documents the status; the message is a guess.
    const others = store.all("vpnservice").filter((one) => one.router_id === router.id);
    if (others.length >= servicesPerRouter) {
      throw badRequest(`Router ${router.id} has a VPN service already`);
    }
    return {
      ...values,
      external_v4_ip: gatewayAddress(router, 4),
      external_v6_ip: gatewayAddress(router, 6),
      status: "PENDING_CREATE",
    };
  },

  update(service, changes) {
    refuseIfPending(service);
    return changes;
  },

  remove(service, { store }) {
    if (store.connectionsOf(service.id).length > 0) {
      throw new ApiFault(409, "VPNServiceInUse", `VPNService ${service.id} is still in use`);
    }
  },

  done(service, verb, { agent }) {
    if (verb === "PUT") {
      agent.notify(service.id);
    }
  },
};
