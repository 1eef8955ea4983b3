import fc from "fast-check";

import type { Dialect } from "../../provider/dialect";
import { allDefinitions, type Kind, type Values } from "../../provider/lifecycle/definition";
import { UNKNOWN } from "../../provider/lifecycle/unknowns";
import {
  AuthAlgorithm,
  DhGroup,
  EncryptionAlgorithm,
  IkeVersion,
  TransformProtocol,
} from "../../sdk/types";

type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** What the check of a kind takes without complaint: what it needs, what it may have, by dialect. */
interface Model {
  readonly required: Arbitraries;
  readonly optional: Arbitraries;
  readonly own: Readonly<Record<Dialect, Arbitraries>>;
}

const text = (maxLength: number) => fc.string({ maxLength, unit: "grapheme-ascii" });
const anyOf = (values: Readonly<Record<string, string>>) =>
  fc.constantFrom(...Object.values(values));
const psk = fc
  .string({ minLength: 1, maxLength: 60, unit: "grapheme-ascii" })
  .filter((one) => one === one.trim());
const ipv4 = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join("."));
const network = fc
  .tuple(fc.nat(255), fc.nat(255))
  .map(([second, third]) => `10.${second}.${third}.0/24`);
const networks = fc.uniqueArray(network, { minLength: 1, maxLength: 4 });
const optionalParts = (parts: Arbitraries) => fc.record(parts, { requiredKeys: [] });
const timeouts = optionalParts({
  create: fc.constantFrom("90s", "10m"),
  update: fc.constantFrom("1h30m", "10m"),
  delete: fc.constantFrom("5s", "10m"),
});

const common = {
  name: text(60),
  description: text(60),
  timeouts,
  cloud: fc.constantFrom("east", "west"),
  adopt: fc.oneof(fc.uuid(), fc.constant("by-name")),
};
const zone = { availabilityZone: fc.constantFrom("AZ1", "AZ2") };
const project = { projectId: fc.uuid().map((id) => id.replaceAll("-", "")) };

const policy = {
  ...common,
  lifetime: optionalParts({
    units: fc.constant("seconds"),
    value: fc.oneof(
      fc.integer({ min: 60, max: 2_147_483_647 }),
      fc.constantFrom(60, 2_147_483_647),
    ),
  }),
};
const algorithms = {
  k5: {
    authAlgorithm: fc.constantFrom("sha1", "sha256", "sha384", "sha512"),
    encryptionAlgorithm: fc.constantFrom("3des", "aes-128", "aes-192", "aes-256"),
    pfs: fc.constantFrom("group2", "group5", "group14"),
  },
  neutron: {
    authAlgorithm: anyOf(AuthAlgorithm),
    encryptionAlgorithm: anyOf(EncryptionAlgorithm),
    pfs: anyOf(DhGroup),
  },
};

const MODELS: Readonly<Record<Kind, Model>> = {
  VpnService: {
    required: { routerId: fc.uuid(), subnetId: fc.uuid() },
    optional: { ...common, adminStateUp: fc.boolean() },
    own: { k5: zone, neutron: { ...project, flavorId: fc.uuid() } },
  },
  IkePolicy: {
    required: {},
    optional: { ...policy, ikeVersion: anyOf(IkeVersion) },
    own: {
      k5: { ...algorithms.k5, ...zone, phase1NegotiationMode: fc.constant("main") },
      neutron: {
        ...algorithms.neutron,
        ...project,
        phase1NegotiationMode: fc.constantFrom("main", "aggressive"),
      },
    },
  },
  IpsecPolicy: {
    required: {},
    optional: {
      ...policy,
      encapsulationMode: fc.constantFrom("tunnel", "transport"),
      transformProtocol: anyOf(TransformProtocol),
    },
    own: {
      k5: { ...algorithms.k5, ...zone },
      neutron: { ...algorithms.neutron, ...project },
    },
  },
  EndpointGroup: {
    required: { type: fc.constant("cidr"), endpoints: networks },
    optional: common,
    own: { k5: {}, neutron: project },
  },
  IpsecSiteConnection: {
    required: {
      vpnServiceId: fc.uuid(),
      ikePolicyId: fc.uuid(),
      ipsecPolicyId: fc.uuid(),
      peerAddress: ipv4,
      peerId: fc.oneof(ipv4, fc.domain(), fc.constant("office@example.org")),
      peerCidrs: fc.array(network, { minLength: 1, maxLength: 1 }),
      psk,
    },
    optional: {
      ...common,
      adminStateUp: fc.boolean(),
      initiator: fc.constantFrom("bi-directional", "response-only"),
      dpd: optionalParts({
        action: fc.constantFrom("hold", "restart"),
        interval: fc.integer({ min: 1, max: 100 }),
        timeout: fc.integer({ min: 121, max: 10_000 }),
      }),
      waitFor: fc.constantFrom("settled", "active", "accepted"),
    },
    own: {
      k5: zone,
      neutron: {
        ...project,
        peerCidrs: networks,
        mtu: fc.integer({ min: 68, max: 9_000 }),
        localId: fc.constantFrom("", "10.0.0.1", "vpn.example.org"),
      },
    },
  },
};

/** Inputs of a kind that the check of a dialect takes without complaint. */
export function validInputs(kind: Kind, dialect: Dialect): fc.Arbitrary<Values> {
  const { required, optional, own } = MODELS[kind];
  return fc.record(
    { ...required, ...optional, ...own[dialect] },
    { requiredKeys: Object.keys(required) },
  );
}

const names = new Set(allDefinitions().flatMap(({ fields }) => fields.map(({ name }) => name)));
const parts = ["action", "interval", "timeout", "units", "value"];
const awkward = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "length"];
const keys = fc.oneof(fc.constantFrom(...names, ...parts, ...awkward), fc.string({ maxLength: 8 }));
const words = ["cidr", "subnet", "vlan", "sha1", "seconds", "group5", "10.0.0.0/8"];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, UNKNOWN, "", 0, true, "2001:db8::/32", ...words),
  fc.string({ maxLength: 12 }),
  fc.double(),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: "small", maxDepth: 4 }, leaf, tie("list"), tie("record")),
  list: fc.array(tie("tree"), { maxLength: 4 }),
  record: fc.array(fc.tuple(keys, tie("tree")), { maxLength: 6 }).map(fromEntries),
}));

/** Anything that a program could give as inputs, prototype's own names as keys included. */
export const anyInputs: fc.Arbitrary<Values> = fc
  .array(fc.tuple(keys, tree), { maxLength: 12 })
  .map((entries) => fromEntries(entries) as Values);

/** As JSON makes it: `__proto__` becomes an ordinary key. */
function fromEntries(entries: [string, unknown][]): unknown {
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
}
