import type { Finding } from "../finding";

/** The properties whose difference leads to a cause of which a log names the class alone. */
const DIFFERENCES: Readonly<Record<string, readonly string[]>> = {
  status: ["status", "vpnService.externalV4Ip", "peerAddress"],
  connection: ["vpnService.externalV4Ip", "peerAddress", "ikePolicy.ikeVersion"],
  peerId: ["peerId", "localId"],
  authentication: ["psk", "peerId", "localId"],
};

/** Whether a comparison names the cause of a log as well, with the values of both ends. */
export function isExplained({ property }: Finding, compared: readonly Finding[]): boolean {
  const properties = DIFFERENCES[property] ?? [property];
  return compared.some(
    (one) => one.verdict === "problem" && properties.some((name) => one.property.startsWith(name)),
  );
}
