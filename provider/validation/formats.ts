import { parseDuration } from "./duration";
import { isAddress, isCidr, isHostName, isIpv4, isNetwork, isPeerId, isPeerIdOfK5 } from "./net";

/** The description of a string format, for people, and its test. */
export interface Format {
  readonly description: string;
  readonly matches: (text: string) => boolean;
}

const FORMATS: Readonly<Record<string, Format>> = {
  uuid: {
    description: "an id such as 41bfef97-af4e-4f6b-a5d3-4678859d2485",
    matches: (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  },
  ipv4: { description: "an IPv4 address such as 203.0.113.1", matches: isIpv4 },
  address: { description: "an IPv4 or IPv6 address", matches: isAddress },
  host: {
    description: "an IPv4 address, an IPv6 address or a host name",
    matches: (text) => isAddress(text) || isHostName(text),
  },
  "peer-id": {
    description:
      "an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or a distinguished name such as C=DE, O=Acme, CN=gw",
    matches: isPeerId,
  },
  "k5-peer-id": {
    description: "an IPv4 or IPv6 address, an e-mail address, a key id or an FQDN",
    matches: isPeerIdOfK5,
  },
  cidr: { description: "a network as <address>/<prefix>, such as 10.2.0.0/24", matches: isCidr },
  endpoint: {
    description: "an id, or a network as <address>/<prefix>, without whitespace",
    matches: (text) => /^\S+$/.test(text),
  },
  network: {
    description: "a network as <network address>/<prefix> without host bits, such as 10.2.0.0/24",
    matches: isNetwork,
  },
  duration: {
    description: "a duration such as 90s, 10m or 1h30m",
    matches: (text) => parseDuration(text) !== undefined,
  },
};

/** A format by its name in schema.json. */
export function formatOf(name: string): Format {
  return FORMATS[name]!;
}

/** The tests of all formats, for ajv. */
export const FORMAT_TESTS: Readonly<Record<string, Format["matches"]>> = Object.fromEntries(
  Object.entries(FORMATS).map(([name, { matches }]) => [name, matches]),
);
