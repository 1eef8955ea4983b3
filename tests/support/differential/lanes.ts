import fc from "fast-check";

import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import { validInputs } from "../../unit/support/arbitraries";
import { faultsOf } from "../../unit/support/brokenInputs";
import { edgesOf, STRAYS } from "./edges";

/** A request from a program's inputs; its ids are words of a `World`. */
export interface Case {
  readonly verb: "POST" | "PUT";
  readonly inputs: Values;
}

/** One kind in one form; its requests are sent one after another, on a separate object. */
export interface Lane {
  readonly title: string;
  readonly kind: Kind;
  /** Inputs of the form, which replace those of any form. */
  readonly form: fc.Arbitrary<Values>;
  /** The share of all requests in percent. */
  readonly share: number;
  /** Valid inputs of the object that PUTs change. */
  readonly target: Values;
}

const ipv4 = fc.ipV4();
const cidrs = (...some: string[]) => fc.uniqueArray(fc.constantFrom(...some), { minLength: 1 });
const cidrs4 = cidrs("10.2.0.0/24", "10.3.0.5/24", "0.0.0.0/0", "192.0.2.1/32");
const cidrs6 = cidrs("2001:db8:2::/48", "2001:DB8:3:0::1/64", "::/0", "fd00::1/128");
const noGroups = { localEpGroupId: fc.constant(null), peerEpGroupId: fc.constant(null) };
const mtu4 = fc.option(fc.integer({ min: 68, max: 9_000 }));
const mtu6 = fc.option(fc.integer({ min: 1_280, max: 9_000 }));
const policies = { ikePolicyId: fc.constant("{ike}"), ipsecPolicyId: fc.constant("{ipsec}") };
const connection = (parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record({ ...noGroups, ...policies, peerAddress: ipv4, ...parts });

const TUNNEL = {
  ikePolicyId: "{ike}",
  ipsecPolicyId: "{ipsec}",
  psk: "target",
  peerAddress: "203.0.113.9",
  peerId: "203.0.113.9",
};

/** The lanes of a campaign. */
export const LANES: readonly Lane[] = [
  {
    title: "VPN services",
    kind: "VpnService",
    form: fc.record({
      routerId: fc.constant("{router}"),
      subnetId: fc.constantFrom("{subnet}", "{subnet2}", null),
      flavorId: fc.constant(null),
    }),
    share: 14,
    target: { routerId: "{router}", subnetId: "{subnet}" },
  },
  { title: "IKE policies", kind: "IkePolicy", form: fc.constant({}), share: 15, target: {} },
  { title: "IPsec policies", kind: "IpsecPolicy", form: fc.constant({}), share: 15, target: {} },
  {
    title: "endpoint groups",
    kind: "EndpointGroup",
    form: fc.oneof(
      fc.record({ type: fc.constant("cidr"), endpoints: fc.oneof(cidrs4, cidrs6) }),
      fc.record({ type: fc.constant("subnet"), endpoints: cidrs("{subnet}", "{subnet2}") }),
      fc.record({
        type: fc.constantFrom("network", "router", "vlan"),
        endpoints: fc.constantFrom(["100"], ["{router}"], ["a", "b"]),
      }),
    ),
    share: 16,
    target: { type: "cidr", endpoints: ["10.2.0.0/24"] },
  },
  {
    title: "connections of IPv4",
    kind: "IpsecSiteConnection",
    form: connection({ vpnServiceId: fc.constant("{service}"), peerCidrs: cidrs4, mtu: mtu4 }),
    share: 20,
    target: { ...TUNNEL, vpnServiceId: "{service}", peerCidrs: ["10.9.0.0/24"] },
  },
  {
    title: "connections of IPv6",
    kind: "IpsecSiteConnection",
    form: connection({
      vpnServiceId: fc.constant("{service6}"),
      peerCidrs: cidrs6,
      mtu: mtu6,
      peerAddress: fc.oneof(fc.ipV6(), ipv4),
    }),
    share: 10,
    target: { ...TUNNEL, vpnServiceId: "{service6}", peerCidrs: ["2001:db8:9::/48"] },
  },
  {
    title: "connections of groups",
    kind: "IpsecSiteConnection",
    form: connection({
      vpnServiceId: fc.constant("{serviceOfGroups}"),
      peerCidrs: fc.constant(null),
      localEpGroupId: fc.constant("{locals}"),
      peerEpGroupId: fc.constantFrom("{peers}", "{peers2}"),
      mtu: mtu4,
    }),
    share: 10,
    target: {
      ...TUNNEL,
      vpnServiceId: "{serviceOfGroups}",
      localEpGroupId: "{locals}",
      peerEpGroupId: "{peers}",
    },
  },
];

/** Valid inputs of a lane. */
function validInputsOf({ kind, form }: Lane): fc.Arbitrary<Values> {
  const sent = new Set(
    cloudResourceType(kind)
      .fields.filter(({ local }) => !local)
      .map(({ name }) => name),
  );
  return fc.tuple(validInputs(kind, "neutron"), form).map(([given, own]) => {
    const kept = Object.entries(given).filter(([name]) => sent.has(name) && name !== "projectId");
    return { ...Object.fromEntries(kept), ...own };
  });
}

/** The cases of each lane by its share of the total, equal for equal seeds. */
export function drawCases(total: number, seed: number): ReadonlyMap<Lane, readonly Case[]> {
  return new Map(
    LANES.map((lane, i) => {
      const numRuns = Math.round((total * lane.share) / 100);
      return [lane, fc.sample(casesOf(lane), { numRuns, seed: seed + i })];
    }),
  );
}

/** Cases of a lane: valid inputs, inputs with values at limits, inputs with one certain error, unknown properties. */
function casesOf(lane: Lane): fc.Arbitrary<Case> {
  const { kind } = lane;
  const edge = edgesOf(kind);
  const stray = fc.constantFrom(...STRAYS);
  const inputs = fc.oneof(
    { arbitrary: validInputsOf(lane), weight: 3 },
    {
      arbitrary: fc
        .tuple(validInputsOf(lane), fc.array(edge, { minLength: 1, maxLength: 2 }))
        .map(([sound, edges]) => Object.assign({}, sound, ...edges) as Values),
      weight: 9,
    },
    {
      arbitrary: fc
        .tuple(validInputsOf(lane), faultsOf(kind, "neutron"))
        .map(([sound, { breaks }]) => breaks(sound)),
      weight: 6,
    },
    {
      arbitrary: fc.tuple(validInputsOf(lane), stray).map(([sound, one]) => ({ ...sound, ...one })),
      weight: 1,
    },
  );
  return fc.record({
    verb: fc.constantFrom("POST" as const, "POST" as const, "PUT" as const),
    inputs: inputs.map(withoutLocal(kind)),
  });
}

/** Inputs after a conversion to JSON, without local properties. */
function withoutLocal(kind: Kind): (inputs: Values) => Values {
  const local = new Set(
    cloudResourceType(kind).fields.flatMap((field) => (field.local ? [field.name] : [])),
  );
  return (inputs) => {
    const sent = Object.entries(inputs).filter(([name]) => !local.has(name));
    return JSON.parse(JSON.stringify(Object.fromEntries(sent))) as Values;
  };
}
