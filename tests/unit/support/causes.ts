import type { TunnelParameters } from "./tunnels";

/** A reason why a tunnel does not work, or may differ without harm. */
export interface Cause {
  readonly title: string;
  /** The parameters of the tunnel for which the peer is configured, other than the cloud's. */
  readonly peer: TunnelParameters;
  /** The finding that names it. */
  readonly property: string;
  readonly verdict: "problem" | "note";
  /** The values of the cloud and of the peer in the finding. */
  readonly values: readonly [cloud: RegExp, peer: RegExp];
}

/**
 * The causes that one changed value of the peer's configuration shows. The others are a configuration
 * without PFS or without the connection, and packets that do not arrive. The cloud has the portable tunnel.
 */
export function causesFor(ikeVersion: "v1" | "v2"): readonly Cause[] {
  const ikePolicy = { ikeVersion };
  const otherVersion = ikeVersion === "v1" ? "v2" : "v1";
  return [
    cause("another key", { connection: { psk: "Other0key" } }, "psk", [
      /fingerprint/,
      /fingerprint/,
    ]),
    cause(
      "another cipher in phase 1",
      { ikePolicy: { encryptionAlgorithm: "aes-128" } },
      "ikePolicy.encryptionAlgorithm",
      [/^aes-256$/, /^aes-128$/],
    ),
    cause("another group in phase 1", { ikePolicy: { pfs: "group5" } }, "ikePolicy.pfs", [
      /^group14$/,
      /^group5$/,
    ]),
    cause(
      "another version of IKE",
      { ikePolicy: { ikeVersion: otherVersion } },
      "ikePolicy.ikeVersion",
      [new RegExp(ikeVersion), new RegExp(otherVersion)],
    ),
    cause(
      "another address of the cloud",
      { service: { externalV4Ip: "203.0.113.99" } },
      "vpnService.externalV4Ip",
      [/^203\.0\.113\.59$/, /^203\.0\.113\.99$/],
    ),
    cause(
      "another identity of the peer",
      { connection: { peerId: "office.example.com" } },
      "peerId",
      [/address 198\.51\.100\.2/, /name \(FQDN\) office\.example\.com/],
    ),
    cause("another expected identity", { connection: { localId: "203.0.113.60" } }, "localId", [
      /address 203\.0\.113\.59/,
      /address 203\.0\.113\.60/,
    ]),
    cause(
      "another cipher in phase 2",
      { ipsecPolicy: { encryptionAlgorithm: "aes-128" } },
      "ipsecPolicy.encryptionAlgorithm",
      [/^aes-256$/, /^aes-128$/],
    ),
    cause("another PFS group", { ipsecPolicy: { pfs: "group5" } }, "ipsecPolicy.pfs", [
      /^group14$/,
      /^group5$/,
    ]),
    cause("other networks", { connection: { peerCidrs: ["10.9.0.0/24"] } }, "peerCidrs", [
      /^10\.2\.0\.0\/24$/,
      /^10\.9\.0\.0\/24$/,
    ]),
    cause("a narrower network", { connection: { peerCidrs: ["10.2.0.0/25"] } }, "peerCidrs", [
      /^10\.2\.0\.0\/24$/,
      /^10\.2\.0\.0\/25$/,
    ]),
    {
      ...cause("a wider network", { connection: { peerCidrs: ["10.2.0.0/16"] } }, "peerCidrs", [
        /^10\.2\.0\.0\/24$/,
        /^10\.2\.0\.0\/16$/,
      ]),
      verdict: "note",
    },
    {
      ...cause(
        "another lifetime",
        { ipsecPolicy: { lifetime: { value: 28_800 } } },
        "ipsecPolicy.lifetime.value",
        [/^3600 s$/, /^28800 s$/],
      ),
      verdict: "note",
    },
  ];

  function cause(
    title: string,
    peer: TunnelParameters,
    property: string,
    values: Cause["values"],
  ): Cause {
    const whole = { ...peer, ikePolicy: { ...ikePolicy, ...peer.ikePolicy } };
    return { title, peer: whole, property, verdict: "problem", values };
  }
}
