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
  };

  /** The rows of a kind, of all projects. */
  all<K extends Kind>(kind: K): Tables[K][] {
    return [...this.tables[kind].values()];
  }

  /** The row with this id whoever owns it, or undefined. */
  get<K extends Kind>(kind: K, id: string): Tables[K] | undefined {
    return this.tables[kind].get(id);
  }

  /** The row with this id; throws the kind's own NotFound if it is absent or not the caller's. */
  find<K extends Kind>(kind: K, id: string, caller: Caller): Tables[K] {
    const row = this.get(kind, id);
    if (!row || !isVisible(caller, row)) {
      throw notFound(kind, id);
    }
    return row;
  }

  /** Adds a row, or replaces the one with the same id in its place. */
  put<K extends Kind>(kind: K, row: Tables[K]): void {
    this.tables[kind].set(row.id, row);
  }

  /** Removes a row if it is there. */
  remove(kind: Kind, id: string): void {
    this.tables[kind].delete(id);
  }

  /** The connections of one VPN service. */
  connectionsOf(serviceId: string): Connection[] {
    return this.all("ipsec_site_connection").filter((row) => row.vpnservice_id === serviceId);
  }
}
