import { notFound } from "./faultBodies";
import { isVisible, type Caller, type Connection, type Kind, type Tables } from "./rows";

/** All objects of one simulated cloud, in the order of their creation. */
export class Store {
  private readonly tables: { [K in Kind]: Map<string, Tables[K]> } = {
    ipsec_site_connection: new Map(),
    vpnservice: new Map(),
    ikepolicy: new Map(),
    ipsecpolicy: new Map(),
    endpoint_group: new Map(),
    network: new Map(),
    subnet: new Map(),
    router: new Map(),
    port: new Map(),
  };

  /** The rows of a kind, of all projects. */
  all<K extends Kind>(kind: K): Tables[K][] {
    return [...this.tables[kind].values()];
  }

  /** The row with this id, of any project; undefined if there is none. */
  get<K extends Kind>(kind: K, id: string): Tables[K] | undefined {
    return this.tables[kind].get(id);
  }

  /**
   * The row with this id.
   * @throws ApiFault of the kind's own NotFound if it does not exist, or the caller may not see it
   */
  find<K extends Kind>(kind: K, id: string, caller: Caller): Tables[K] {
    const row = this.get(kind, id);
    if (!row || !isVisible(caller, row)) {
      throw notFound(kind, id);
    }
    return row;
  }

  /** Adds a row, or replaces the row with the same id, which keeps its position. */
  put<K extends Kind>(kind: K, row: Tables[K]): void {
    this.tables[kind].set(row.id, row);
  }

  /** Removes a row, if it exists. */
  remove(kind: Kind, id: string): void {
    this.tables[kind].delete(id);
  }

  /** Whether a port of the router has an address in the subnet. */
  isAttached(subnetId: string, routerId: string): boolean {
    return this.all("port").some(
      ({ device_id, fixed_ips }) =>
        device_id === routerId && fixed_ips.some(({ subnet_id }) => subnet_id === subnetId),
    );
  }

  /** The connections of one VPN service. */
  connectionsOf(serviceId: string): Connection[] {
    return this.all("ipsec_site_connection").filter((row) => row.vpnservice_id === serviceId);
  }
}
