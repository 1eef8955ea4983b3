import fc from "fast-check";

import type { Dialect } from "../../provider/dialect";
import { definitionOf, type Values } from "../../provider/lifecycle/definition";
import { UNKNOWN } from "../../provider/lifecycle/unknowns";

const { fields } = definitionOf("IpsecSiteConnection");

const text = (maxLength: number) => fc.string({ maxLength, unit: "grapheme-ascii" });
const psk = fc
  .string({ minLength: 1, maxLength: 60, unit: "grapheme-ascii" })
  .filter((one) => one === one.trim());
const ipv4 = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join("."));
const network = fc
  .tuple(fc.nat(255), fc.nat(255))
  .map(([second, third]) => `10.${second}.${third}.0/24`);
const dpd = fc.record(
  {
    action: fc.constantFrom("hold", "restart"),
    interval: fc.integer({ min: 1, max: 100 }),
    timeout: fc.integer({ min: 121, max: 10_000 }),
  },
  { requiredKeys: [] },
);
const timeouts = fc.record(
  {
    create: fc.constantFrom("90s", "10m"),
    update: fc.constantFrom("1h30m", "10m"),
    delete: fc.constantFrom("5s", "10m"),
  },
  { requiredKeys: [] },
);

const required = {
  vpnServiceId: fc.uuid(),
  ikePolicyId: fc.uuid(),
  ipsecPolicyId: fc.uuid(),
  peerAddress: ipv4,
  peerId: fc.oneof(ipv4, fc.domain(), fc.constant("office@example.org")),
  psk,
};
const optional = {
  name: text(60),
  description: text(60),
  adminStateUp: fc.boolean(),
  initiator: fc.constantFrom("bi-directional", "response-only"),
  dpd,
  waitFor: fc.constantFrom("settled", "active", "accepted"),
  timeouts,
};
const own = {
  k5: {
    peerCidrs: fc.array(network, { minLength: 1, maxLength: 1 }),
    availabilityZone: fc.constantFrom("AZ1", "AZ2"),
  },
  neutron: {
    peerCidrs: fc.uniqueArray(network, { minLength: 1, maxLength: 4 }),
    mtu: fc.integer({ min: 68, max: 9_000 }),
    localId: fc.constantFrom("", "10.0.0.1", "vpn.example.org"),
    projectId: fc.uuid().map((id) => id.replaceAll("-", "")),
  },
} as const satisfies Record<Dialect, object>;

/** Inputs that the check of a dialect takes without complaint. */
export function validInputs(dialect: Dialect): fc.Arbitrary<Values> {
  const model: Record<string, fc.Arbitrary<unknown>> = {
    ...required,
    ...optional,
    ...own[dialect],
  };
  return fc.record(model, { requiredKeys: [...Object.keys(required), "peerCidrs"] });
}

const awkwardKeys = ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "length"];
const keys = fc.oneof(
  fc.constantFrom(...fields.map(({ name }) => name), ...awkwardKeys, "action", "interval"),
  fc.string({ maxLength: 8 }),
);
const leaf = fc.oneof(
  fc.constantFrom<unknown>(null, UNKNOWN, "", 0, true, "10.0.0.0/8", "2001:db8::/32"),
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
