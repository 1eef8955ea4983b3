import ipaddr from "ipaddr.js";

/** A canonical dotted IPv4 address, such as `203.0.113.1`, but not `10.1` or `010.0.0.1`. */
export function isIpv4(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text);
}

/** An IPv6 address without a zone. */
export function isIpv6(text: string): boolean {
  return text.includes(":") && !text.includes("%") && ipaddr.IPv6.isValid(text);
}

/** An IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

/**
 * A host name of RFC 1123 labels. The last label must not be a number, decimal or `0x7f`: servers
 * read such a name as an IPv4 address in the notation of the C library.
 */
export function isHostName(text: string): boolean {
  const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
  const labels = text.replace(/\.$/, "").split(".");
  return (
    text.length <= 253 &&
    labels.every((one) => label.test(one)) &&
    !/^(?:\d+|0x[0-9a-f]*)$/i.test(labels.at(-1)!)
  );
}

/** A parsed CIDR. */
export interface Cidr {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  readonly prefix: number;
}

/** Undefined for other strings. */
export function parseCidr(text: string): Cidr | undefined {
  const [host, prefix, ...rest] = text.split("/");
  if (host === undefined || prefix === undefined || rest.length > 0) return undefined;
  if (!isAddress(host) || !/^(?:0|[1-9]\d{0,2})$/.test(prefix)) return undefined;
  const address = ipaddr.parse(host);
  if (Number(prefix) > (address.kind() === "ipv4" ? 32 : 128)) return undefined;
  return { address, prefix: Number(prefix) };
}

/** `<address>/<prefix>`; host bits may be set. */
export function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

/** `<network>/<prefix>` with all host bits zero. */
export function isNetwork(text: string): boolean {
  const cidr = parseCidr(text);
  return cidr !== undefined && maskedCidr(text) === canonicalCidr(cidr);
}

/** The canonical notation of a CIDR, so that equal networks are equal strings. */
export function maskedCidr(text: string): string {
  const cidr = parseCidr(text);
  if (cidr === undefined) return text;
  const family = cidr.address.kind() === "ipv4" ? ipaddr.IPv4 : ipaddr.IPv6;
  return canonicalCidr({
    address: family.networkAddressFromCIDR(text),
    prefix: cidr.prefix,
  });
}

/**
 * An IPv4 network as `10.1.0.0 255.255.255.0`, or with `isWildcard` as `10.1.0.0 0.0.0.255`; any other
 * string unchanged.
 */
export function addressAndMask(network: string, isWildcard = false): string {
  const cidr = parseCidr(network);
  if (cidr === undefined || cidr.address.kind() !== "ipv4") return network;
  const mask = ipaddr.IPv4.subnetMaskFromPrefixLength(cidr.prefix);
  const octets = isWildcard ? mask.octets.map((one) => 255 - one) : mask.octets;
  return `${cidr.address.toString()} ${octets.join(".")}`;
}

/** Whether a network contains an address; false for other strings and for different IP versions. */
export function contains(network: string, address: string): boolean {
  const cidr = parseCidr(network);
  if (cidr === undefined || ipVersion(network) !== ipVersion(address)) return false;
  return ipaddr.parse(address).match(cidr.address, cidr.prefix);
}

/** Whether two CIDRs share an address; false for other strings and for different IP versions. */
export function overlap(left: string, right: string): boolean {
  const [one, other] = [parseCidr(left), parseCidr(right)];
  return one !== undefined && other !== undefined && shareAddress(one, other);
}

/** Whether two parsed CIDRs share an address. */
export function shareAddress(one: Cidr, other: Cidr): boolean {
  if (one.address.kind() !== other.address.kind()) return false;
  return one.address.match(other.address, Math.min(one.prefix, other.prefix));
}

function canonicalCidr({ address, prefix }: Cidr): string {
  return `${address.toString()}/${prefix}`;
}

/** The canonical notation of an address; any other string unchanged. */
export function canonicalAddress(text: string): string {
  return isIpv6(text) ? ipaddr.parse(text).toString() : text;
}

/** 4 or 6 for an address or a CIDR; undefined for anything else. */
export function ipVersion(text: string): 4 | 6 | undefined {
  const host = text.split("/")[0]!;
  if (isIpv4(host)) return 4;
  return isIpv6(host) ? 6 : undefined;
}

/** Whether an address is not routed on the Internet, such as 10.0.0.1: its gateway is behind a NAT. */
export function isPrivateAddress(text: string): boolean {
  return isAddress(text) && PRIVATE_RANGES.includes(ipaddr.parse(text).range());
}

const PRIVATE_RANGES = ["private", "carrierGradeNat", "loopback", "linkLocal", "uniqueLocal"];

/**
 * An identity that a peer can present: IPv4 or IPv6 address, e-mail address, key id, FQDN, or a
 * distinguished name, which may contain spaces. Neutron accepts any string (neutron_lib
 * api/definitions/vpn.py), so only certain mistakes are refused: other whitespace, a CIDR, a
 * malformed address, a malformed e-mail address.
 */
export function isPeerId(text: string): boolean {
  return isDistinguishedName(text) || isPeerIdOfK5(text);
}

/**
 * Like {@link isPeerId}, but within the limits of K5's API page: a distinguished name must not
 * contain spaces.
 */
export function isPeerIdOfK5(text: string): boolean {
  if (text === "" || /[\s\p{Cc}]/u.test(text) || isCidr(text)) return false;
  if (/^[\d.]+$/.test(text) && text.includes(".")) return isIpv4(text);
  if (/^[0-9a-f:]+$/i.test(text) && text.includes("::")) return isIpv6(text);
  const at = text.lastIndexOf("@");
  if (at > 0) return isHostName(text.slice(at + 1));
  return true;
}

/** For example `C=DE, O=Acme, CN=gw` or `/C=DE/O=Acme GmbH/CN=gw`; a type may be an OID. */
function isDistinguishedName(text: string): boolean {
  const isClean = !/[^\S ]|\p{Cc}| $/u.test(text);
  return isClean && /^\/?(?:[a-z][a-z0-9-]*|\d+(?:\.\d+)+) *=/i.test(text);
}
