import { isIP } from "node:net";
import { ApiFault, internalError } from "../faultBodies";
import { behaviorWords } from "../status";
import type { Connection, Service } from "../rows";
import { isObject, pythonText } from "../values";
import { checkForm, versionOfEnds } from "./connectionEndpoints";
import { inServerOrder } from "./order";
import { refuseIfPending } from "./pendingStatus";
import type { Context, RuleSet } from "./ruleSet";
import { gatewayAddress, routerOf } from "./services";

const smallestMtu = { 4: 68, 6: 1280 } as const;
const defaultDpd: Connection["dpd"] = { action: "hold", interval: 30, timeout: 120 };

/** Members that a request omits keep their value: assign_sensible_ipsec_sitecon_defaults. */
function mergeDpd(given: unknown, previous: Connection["dpd"]): Connection["dpd"] {
  const dpd = isObject(given) ? given : {};
  return {
    action: pythonText(dpd["action"] ?? previous.action),
    interval: Number(dpd["interval"] ?? previous.interval),
    timeout: Number(dpd["timeout"] ?? previous.timeout),
  };
}

function checkConnection(connection: Connection, service: Service, context: Context): void {
  checkForm(connection, service);
  if (connection.dpd.timeout <= connection.dpd.interval) {
    throw new ApiFault(
      400,
      "IPsecSiteConnectionDpdIntervalValueError",
      "ipsec_site_connection dpd_timeout is equal to or less than dpd_interval",
    );
  }
  const version = versionOfEnds(connection, service, context);
  // 0 is accepted, because the server skips the check for any falsy value.
  if (connection.mtu && connection.mtu < smallestMtu[version]) {
    throw new ApiFault(
      400,
      "IPsecSiteConnectionMtuError",
      `ipsec_site_connection MTU ${connection.mtu} is too small for ipv${version}`,
    );
  }
}

/** A name is replaced by its address permanently: resolve_peer_address. */
function resolvedAddress(given: unknown, service: Service, { store, address }: Context): string {
  if (address === null) {
    throw new ApiFault(
      400,
      "VPNPeerAddressNotResolved",
      `Peer address ${pythonText(given)} cannot be resolved`,
    );
  }
  const version = isIP(address);
  const router = routerOf(service, store);
  if (gatewayAddress(router, version) === null) {
    throw new ApiFault(
      400,
      "ExternalNetworkHasNoSubnet",
      `Router's ${router.id} external network has no IPv${version} subnet`,
    );
  }
  return address;
}

function checkReferences(values: Connection, { store, caller }: Context): Service {
  // The plugin looks up the service's driver first, and fails with a 500.
  if (!store.get("vpnservice", values.vpnservice_id)) {
    throw internalError();
  }
  const policy = store.find("ipsecpolicy", values.ipsecpolicy_id, caller);
  // services/vpn/service_drivers/ipsec_validator.py
  if (policy.transform_protocol === "ah-esp") {
    throw new ApiFault(
      400,
      "IpsecValidationFailure",
      "IPSec does not support IPsec Policy attribute transform_protocol with value 'ah-esp'",
    );
  }
  const service = store.find("vpnservice", values.vpnservice_id, caller);
  store.find("ikepolicy", values.ikepolicy_id, caller);
  return service;
}

/** Rules of connections. Sources: neutron_vpnaas/db/vpn/vpn_db.py and vpn_validator.py. */
export const connections: RuleSet<"ipsec_site_connection"> = {
  create(values, context) {
    const given = values as Connection;
    const service = checkReferences(given, context);
    const connection = { ...given, dpd: mergeDpd(values["dpd"], defaultDpd) };
    checkConnection(connection, service, context);
    return {
      ...connection,
      peer_address: resolvedAddress(given.peer_address, service, context),
      peer_cidrs: inServerOrder(given.peer_cidrs),
      route_mode: "static",
      auth_mode: "psk",
      status: "PENDING_CREATE",
    };
  },

  update(row, changes, context) {
    const service = context.store.find("vpnservice", row.vpnservice_id, context.caller);
    const connection: Connection = {
      ...row,
      ...changes,
      dpd: mergeDpd(changes["dpd"], row.dpd),
    };
    checkConnection(connection, service, context);
    const address =
      "peer_address" in changes
        ? resolvedAddress(changes["peer_address"], service, context)
        : row.peer_address;
    // Checked last, because an invalid body gets its own error even while pending.
    refuseIfPending(row);
    const pending = context.behavior.pendingOnUpdate || behaviorWords(connection).pendingOnUpdate;
    return {
      ...changes,
      dpd: connection.dpd,
      peer_address: address,
      peer_cidrs: inServerOrder(connection.peer_cidrs),
      status: pending ? "PENDING_UPDATE" : row.status,
    };
  },

  // Allowed in every state.
  remove: () => undefined,

  done(connection, verb, { agent }) {
    agent.notify(connection.vpnservice_id, verb === "DELETE" ? undefined : connection);
  },
};
