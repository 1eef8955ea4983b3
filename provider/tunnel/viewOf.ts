import { VpnaasError } from "../errors";
import { nameOf } from "../model/labels";
import { toOutputs } from "../model/wireMapping";
import { canonical, isAbsent } from "../schema/equality";
import { cloudResourceType, type Kind } from "../schema/resourceType";
import { ipVersion, isAddress, maskedCidr } from "../validation/net";
import type { Values, WireObject } from "../values";
import { identitiesOf } from "./identity";
import type { TunnelEnd, TunnelView } from "./tunnelView";

/**
 * The objects that describe a tunnel, each as the outputs of a state or the inputs of a program;
 * {@link partOf} makes one of an object of the cloud.
 */
export interface TunnelParts {
  readonly connection: Values;
  readonly service: Values;
  readonly ikePolicy: Values;
  readonly ipsecPolicy: Values;
  /** The networks behind the VPN service, as `<network>/<prefix>`. */
  readonly localNetworks: readonly string[];
  /** The endpoints of the connection's group of the peer; undefined if it has `peerCidrs`. */
  readonly peerEndpoints?: readonly string[] | undefined;
}

/** Facts that the objects do not hold, or hold differently. */
export interface KnownAddresses {
  /** The address that the peer connects to, such as K5's global IP or a floating IP. */
  readonly cloudAddress?: string | undefined;
  /** The address of the peer's gateway, or `any`. Default: the one that the connection has. */
  readonly peerAddress?: string | undefined;
}

/** An object of the cloud under the names of properties. */
export function partOf(kind: Kind, object: WireObject): Values {
  return toOutputs(cloudResourceType(kind), object, {});
}

/**
 * The tunnel as the cloud's end sees it. Absent properties have their defaults.
 * @throws VpnaasError if the address of the cloud's end is unknown
 */
export function tunnelViewOf(parts: TunnelParts, known: KnownAddresses = {}): TunnelView {
  const connection = withDefaults("IpsecSiteConnection", parts.connection);
  const ike = withDefaults("IkePolicy", parts.ikePolicy);
  const ipsec = withDefaults("IpsecPolicy", parts.ipsecPolicy);
  const peerAddress = text(connection, "resolvedPeerAddress") || text(connection, "peerAddress");
  const cloudAddress = known.cloudAddress ?? externalAddress(parts.service, peerAddress);
  if (cloudAddress === undefined) throw new VpnaasError(NO_ADDRESS);
  const ids = { localId: text(connection, "localId"), peerId: text(connection, "peerId") };
  const identities = identitiesOf(ids, cloudAddress);
  const local: TunnelEnd = {
    address: cloudAddress,
    identity: identities.local,
    networks: parts.localNetworks.map(maskedCidr).sort(),
    initiates: connection["initiator"] !== "response-only",
  };
  const remote: TunnelEnd = {
    address: known.peerAddress === "any" ? undefined : (known.peerAddress ?? peerAddress),
    identity: identities.remote,
    networks: texts(parts.peerEndpoints ?? connection["peerCidrs"])
      .map(maskedCidr)
      .sort(),
    initiates: true,
  };
  return {
    name: nameOf(connection),
    local,
    remote,
    ike: {
      version: text(ike, "ikeVersion"),
      mode: text(ike, "phase1NegotiationMode"),
      ...algorithmsOf(ike),
    },
    ipsec: {
      protocol: text(ipsec, "transformProtocol"),
      mode: text(ipsec, "encapsulationMode"),
      ...algorithmsOf(ipsec),
    },
    dpd: connection["dpd"] as TunnelView["dpd"],
    mtu: Number(connection["mtu"]),
    psk: text(connection, "psk") || undefined,
  };
}

const NO_ADDRESS =
  "The address of the cloud's end is unknown: its VPN service shows no external address of the peer's IP version. Give the address that the peer connects to (cloudAddress, --cloud-address).";

function algorithmsOf(policy: Values) {
  return {
    encryption: text(policy, "encryptionAlgorithm"),
    integrity: text(policy, "authAlgorithm"),
    group: text(policy, "pfs"),
    lifetime: Number((policy["lifetime"] as Values)["value"]),
  };
}

/** The service's address of the peer's IP version (base_ipsec.py, get_external_ip_based_on_peer). */
function externalAddress(service: Values, peerAddress: string): string | undefined {
  const name = ipVersion(peerAddress) === 6 ? "externalV6Ip" : "externalV4Ip";
  const address = text(service, name);
  return isAddress(address) ? address : undefined;
}

function withDefaults(kind: Kind, values: Values): Values {
  const all = cloudResourceType(kind).fields.map((field): [string, unknown] => {
    const value = values[field.name];
    const isPart = isAbsent(value) || field.name === "dpd" || field.name === "lifetime";
    return [field.name, isPart ? canonical(field, value) : value];
  });
  return Object.fromEntries(all);
}

function text(values: Values, name: string): string {
  const value = values[name];
  return typeof value === "string" ? value : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
