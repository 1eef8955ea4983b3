import fc from "fast-check";

import type { Dialect } from "../../../provider/dialect";
import {
  allCloudResourceTypes,
  type Kind,
  type Values,
} from "../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../provider/model/unknowns";
import {
  AuthAlgorithm,
  DhGroup,
  EncryptionAlgorithm,
  IkeVersion,
  TransformProtocol,
} from "../../../sdk/types";
import { anyCharacter } from "./anyCharacter";
import { plainInputs } from "./schemaArbitraries";

type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** The valid inputs of a type: required ones, optional ones, and those of one dialect. */
interface Model {
  readonly required: Arbitraries;
  readonly optional: Arbitraries;
  readonly own: Readonly<Record<Dialect, Arbitraries>>;
  /** Inputs of the neutron dialect that are valid only together, and replace those above. */
  readonly forms?: fc.Arbitrary<Values>;
}

/** Any text of up to 255 characters, including control characters and characters of four bytes. */
const text = fc.oneof(
  { arbitrary: fc.string({ maxLength: 60, unit: "grapheme-ascii" }), weight: 6 },
  { arbitrary: fc.string({ maxLength: 20, unit: anyCharacter }), weight: 3 },
  fc.constantFrom("", " ", "n".repeat(255), "\u{1f510}".repeat(255), "a\nb", "\u0000"),
);
const anyOf = (values: Readonly<Record<string, string>>) =>
  fc.constantFrom(...Object.values(values));
const psk = fc
  .string({ minLength: 1, maxLength: 60, unit: "grapheme" })
  .filter((one) => one === one.trim() && one.length < 200);
const ipv4 = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join("."));
const network = fc
  .tuple(fc.nat(255), fc.nat(255))
  .map(([second, third]) => `10.${second}.${third}.0/24`);
const networks = fc.uniqueArray(network, { minLength: 1, maxLength: 4 });
const network6 = fc.constantFrom("::/0", "2001:DB8::/32", "2001:db8:0:1::5/64", "fd00::/8");
const networks6 = fc.uniqueArray(network6, { minLength: 1, maxLength: 4 });
const optionalParts = (parts: Arbitraries) => fc.record(parts, { requiredKeys: [] });
const timeouts = optionalParts({
  create: fc.constantFrom("90s", "10m"),
  update: fc.constantFrom("1h30m", "10m"),
  delete: fc.constantFrom("5s", "10m"),
});

const common = {
  name: text,
  description: text,
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
    forms: fc.oneof(
      fc.constant({}),
      fc.record({ endpoints: networks6 }),
      fc.record({
        type: fc.constant("subnet"),
        endpoints: fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({
        type: fc.constantFrom("network", "router", "vlan"),
        endpoints: fc.uniqueArray(fc.stringMatching(/^\S{1,20}$/), { minLength: 1, maxLength: 3 }),
      }),
    ),
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
    forms: fc.oneof(
      fc.constant({}),
      fc.record({
        peerAddress: fc.oneof(fc.ipV6(), fc.domain()),
        peerCidrs: networks6,
        mtu: fc.integer({ min: 1_280, max: 9_000 }),
      }),
      fc.record({
        peerCidrs: fc.constant(null),
        localEpGroupId: fc.uuid(),
        peerEpGroupId: fc.uuid(),
      }),
    ),
  },
};

/** Inputs of a type that are valid in a dialect. */
export function validInputs(kind: Kind, dialect: Dialect): fc.Arbitrary<Values> {
  const { required, optional, own, forms } = MODELS[kind];
  const parts = fc.record(
    { ...plainInputs(kind, dialect), ...required, ...optional, ...own[dialect] },
    { requiredKeys: Object.keys(required) },
  );
  if (forms === undefined || dialect === "k5") return parts;
  return fc.tuple(parts, forms).map(([given, form]) => ({ ...given, ...form }));
}

const names = new Set(
  allCloudResourceTypes().flatMap(({ fields }) => fields.map(({ name }) => name)),
);
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

/** Any inputs that a program could set, including keys with the names of prototype members. */
export const anyInputs: fc.Arbitrary<Values> = fc
  .array(fc.tuple(keys, tree), { maxLength: 12 })
  .map((entries) => fromEntries(entries) as Values);

const huge = fc
  .tuple(
    fc.constantFrom("x", "\u{1f510}", "\ud800", "../"),
    fc.constantFrom(...Array<number>(9).fill(300), 70_000),
  )
  .map(([unit, times]) => unit.repeat(times));
const deep = fc.constantFrom(50, 1_000).map((levels) => {
  let value: unknown = "bottom";
  for (let i = 0; i < levels; i += 1) value = i % 2 === 0 ? [value] : { dpd: value };
  return value;
});
const wildLeaf = fc.oneof(
  { arbitrary: leaf, weight: 8 },
  { arbitrary: fc.constantFrom<unknown>(...awkward, NaN, Infinity, -0, 2 ** 53, 1e300), weight: 4 },
  { arbitrary: fc.string({ maxLength: 12, unit: anyCharacter }), weight: 3 },
  { arbitrary: fc.sparseArray(leaf, { maxLength: 6 }), weight: 2 },
  { arbitrary: fc.oneof(huge, deep), weight: 1 },
);
const wildKey = fc.oneof(
  { arbitrary: keys, weight: 20 },
  { arbitrary: fc.string({ maxLength: 8, unit: anyCharacter }), weight: 4 },
  { arbitrary: fc.constantFrom("k".repeat(5_000), "\u001b[2J", "\u202e", "a: b"), weight: 1 },
);
const wildList = fc.array(wildLeaf, { maxLength: 4 });
const wildRecord = fc
  .array(fc.tuple(wildKey, fc.oneof(wildLeaf, wildList)), { maxLength: 5 })
  .map((entries): unknown => Object.fromEntries(entries));
const wildTree = fc.oneof(
  { arbitrary: wildLeaf, weight: 4 },
  { arbitrary: wildList, weight: 2 },
  { arbitrary: wildRecord, weight: 3 },
);

/**
 * {@link anyInputs} and values that JSON cannot represent: NaN, half characters, holes in lists.
 * Texts of 70,000 characters and 1,000 levels are among them.
 */
export const wildInputs: fc.Arbitrary<Values> = fc
  .array(fc.tuple(wildKey, wildTree), { maxLength: 12 })
  .map((entries) => Object.fromEntries(entries) as Values);

/** Converts as JSON does: `__proto__` becomes an ordinary key. */
function fromEntries(entries: [string, unknown][]): unknown {
  return JSON.parse(JSON.stringify(Object.fromEntries(entries)));
}
