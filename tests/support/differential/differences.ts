import type { Failure, CaseResult } from "./requests";

/** A deliberate difference between the check and a Neutron. */
export interface Difference {
  /** Its word in counts. */
  readonly id: string;
  /** The inputs that exactly one of them refuses, as in docs/reference/validation.md. */
  readonly what: string;
  readonly because: string;
}

/** A refusal by the check of inputs that the tests' Neutron accepts. */
export interface Refusal extends Difference {
  /** Whether it is the reason of a failure. */
  readonly explains: (failure: Failure, result: CaseResult) => boolean;
}

/** A refusal by a Neutron that the check cannot predict. */
export interface Unknowable extends Difference {
  /** Whether it is the reason of a response. */
  readonly tells: (result: CaseResult) => boolean;
}

const saying =
  (words: RegExp, ...properties: readonly string[]) =>
  ({ property, reason }: Failure): boolean =>
    words.test(reason) && (properties.length === 0 || properties.includes(property));

/** The refusals by the check of inputs that the tests' Neutron accepts. */
export const REFUSALS: readonly Refusal[] = [
  {
    id: "types",
    what: 'a value of another JSON type that can be converted: `"true"`, `"1500"`, `60.5`, one network without a list',
    because: "the types of a program do not allow it; converted, it would show as a difference",
    explains: saying(/^must be an? \w+, got /),
  },
  {
    id: "columns",
    what: "strings and numbers longer than their column in Neutron's database",
    because: "the tests' SQLite stores any length; columns of MySQL and PostgreSQL do not",
    explains: (failure) =>
      saying(
        /^must have at most 255/,
        "peerId",
        "localId",
        "psk",
        "peerAddress",
        "endpoints",
      )(failure) ||
      saying(/^must have at most 32 /, "peerCidrs")(failure) ||
      saying(/^must be at most 2147483647/, "mtu", "dpd", "lifetime")(failure),
  },
  {
    id: "empty",
    what: "an empty `psk`, `peerId` or endpoint, and an empty list",
    because: "they lead to no tunnel; omit an absent value instead",
    explains: (failure, { inputs }) =>
      saying(/^must (?:not be empty|have at least 1 entry)/)(failure) ||
      (["peerId", "endpoints"].includes(failure.property) && valueAt(inputs, failure) === ""),
  },
  {
    id: "psk",
    what: "a `psk` with leading or trailing whitespace",
    because: "it is nearly always a line end that was read along with a secret",
    explains: saying(/^must not start or end with whitespace/, "psk"),
  },
  {
    id: "peerId",
    what: "a `peerId` with whitespace that is not a distinguished name, or that is a network or a malformed address or e-mail address",
    because: "no peer presents it, and the tunnel would stay DOWN without an error",
    explains: saying(/^must be an IPv4 or IPv6 address, an e-mail/, "peerId"),
  },
  {
    id: "zero",
    what: "`mtu` 0 and `dpd.interval` 0",
    because: "neither has a meaning; the server skips its check of an `mtu` of 0",
    explains: (failure, { inputs }) =>
      saying(/^must be at least (?:1|68)$/, "mtu", "dpd")(failure) &&
      Math.trunc(Number(valueAt(inputs, failure))) === 0,
  },
  {
    id: "networks",
    what: "IPv6 networks in an unusual notation: `2001:db8::/032`, `2001:db8::/ffff:ffff::`",
    because: "one notation is enough; Neutron itself refuses such IPv4 networks",
    explains: (failure, { inputs }) =>
      saying(/^must be a network as/, "peerCidrs", "endpoints")(failure) &&
      String(valueAt(inputs, failure)).includes(":"),
  },
  {
    id: "addresses",
    what: "`peerAddress` in a notation of the C library: `10.1`, `0x7f.1`, `010.0.0.1`, `fe80::1%lo`",
    because: "its meaning depends on the server's host: there `010.0.0.1` is 8.0.0.1",
    explains: saying(/^must be an IPv4 address, an IPv6 address or a host name/, "peerAddress"),
  },
  {
    id: "mixed",
    what: "an endpoint group with networks of IPv4 and of IPv6",
    because: "no connection accepts such a group",
    explains: saying(/^must be all IPv4 or all IPv6/, "endpoints"),
  },
  {
    id: "blanks",
    what: "whitespace in an endpoint of a type that Neutron does not check (`vlan`, `network`, `router`)",
    because: "it is neither an id nor a number",
    explains: (failure, { inputs }) =>
      saying(/^must be an id, or a network/, "endpoints")(failure) &&
      !["cidr", "subnet"].includes(String(inputs["type"])),
  },
  {
    id: "tenantId",
    what: "`tenantId`",
    because: "it is the old name of `projectId`; one name is enough",
    explains: saying(/^is not an input/, "tenantId"),
  },
];

const refusedAs =
  (...types: readonly string[]) =>
  ({ answer }: CaseResult): boolean =>
    types.includes(answer.type);

/** The refusals by a Neutron that the check cannot predict. */
export const UNKNOWABLES: readonly Unknowable[] = [
  {
    id: "project",
    what: "a `projectId` other than the login's",
    because: "an administrator may",
    tells: ({ answer }) => /^Specifying 'project_id' other/.test(answer.message),
  },
  {
    id: "references",
    what: "an id without an object, of another kind of object, or in upper case",
    because: "only the cloud knows its objects, and how its database compares texts",
    tells: (result) =>
      refusedAs(
        "RouterNotFound",
        "FlavorNotFound",
        "VPNServiceNotFound",
        "IKEPolicyNotFound",
        "IPsecPolicyNotFound",
        "VPNEndpointGroupNotFound",
        "NonExistingSubnetInEndpointGroup",
        "SubnetIsNotConnectedToRouter",
        "WrongEndpointGroupType",
      )(result) || lacksService(result),
  },
  {
    id: "ah-esp",
    what: "a connection on an IPsec policy with `ah-esp`",
    because: "the drivers of the reference server do not support it, others may",
    tells: refusedAs("IpsecValidationFailure"),
  },
  {
    id: "form",
    what: "`peerCidrs` on a VPN service without a subnet, endpoint groups on one with a subnet",
    because: "the check sees one resource at a time",
    tells: refusedAs("PeerCidrsInvalid", "InvalidEndpointGroup", "MissingPeerCidrs"),
  },
  {
    id: "versions",
    what: "IPv6 networks, or an `mtu` too small for IPv6, against the other end of the tunnel",
    because: "the IP version of this end is that of the service's subnet or of the endpoint group",
    tells: refusedAs(
      "MixedIPVersionsForIPSecConnection",
      "IPsecSiteConnectionMtuError",
      "ExternalNetworkHasNoSubnet",
    ),
  },
  {
    id: "names",
    what: "a host name in `peerAddress` that the server cannot resolve",
    because: "it is resolved on the server's host",
    tells: refusedAs("VPNPeerAddressNotResolved"),
  },
];

/** Whether the simulator does not imitate the response of a live Neutron. */
export function isBeyondSimulator(result: CaseResult): boolean {
  const { failures, answer } = result;
  if (failures.length === 0) return false;
  // The simulator imitates neither the limits of Neutron's database nor unusual notations of addresses.
  const written = REFUSALS.filter(({ id }) => ["networks", "addresses"].includes(id));
  return (
    answer.status === 500 ||
    failures.some((failure) => written.some(({ explains }) => explains(failure, result)))
  );
}

/** The plugin requests the service's driver before it checks that the service exists. */
function lacksService({ lane, verb, answer }: CaseResult): boolean {
  return lane.kind === "IpsecSiteConnection" && verb === "POST" && answer.status === 500;
}

/** The value that a failure refuses. */
function valueAt(inputs: CaseResult["inputs"], { at }: Failure): unknown {
  return at
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>((value, part) => (value as Record<string, unknown>)[part], inputs);
}
