import fc from "fast-check";

import type { Dialect } from "../../../provider/dialect";
import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import type { JsonSchema } from "../../../provider/schema/jsonSchema";
import { validInputs } from "./arbitraries";

/** Inputs with one invalid property. */
export interface Broken {
  readonly inputs: Values;
  /** The invalid property, with its member or item: `dpd.interval`, `peerCidrs[0]`. */
  readonly at: string;
  /** Whether it is invalid only in combination with others. */
  readonly misfits: boolean;
}

/** A text inside invalid values, which no message may repeat. */
export const CANARY = "canary-7f3a9c";

/** A defect, and its effect on valid inputs. */
export interface Fault {
  readonly at: string;
  readonly misfits?: true;
  readonly breaks: (sound: Values) => Values;
}

/** Inputs of a type with exactly one defect in that dialect. */
export function brokenInputs(kind: Kind, dialect: Dialect): fc.Arbitrary<Broken> {
  return fc.tuple(validInputs(kind, dialect), faultsOf(kind, dialect)).map(([given, fault]) => {
    const sound = "psk" in given ? { ...given, psk: `${CANARY}${String(given["psk"])}` } : given;
    return { inputs: fault.breaks(sound), at: fault.at, misfits: fault.misfits ?? false };
  });
}

/** Every defect of valid inputs of a type in that dialect. */
export function faultsOf(kind: Kind, dialect: Dialect): fc.Arbitrary<Fault> {
  const { properties, required } = cloudResourceType(kind).inputSchema[dialect] as unknown as {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  };
  const wrong = Object.entries(properties).map(([name, schema]) =>
    wrongValues(schema, name).map(({ at, value }): Fault => ({
      at,
      breaks: (sound) => ({ ...sound, [name]: value }),
    })),
  );
  const missing = required.map((at) =>
    fc
      .constantFrom(null, undefined)
      .map((nothing): Fault => ({ at, breaks: (sound) => ({ ...sound, [at]: nothing }) })),
  );
  const stray = fc
    .constantFrom(...STRAYS.filter((name) => !Object.hasOwn(properties, name)))
    .map((at): Fault => ({ at, breaks: (sound) => withOwn(sound, at, CANARY) }));
  const misfits = MISFITS.filter((one) => one.kind === kind && one.dialect !== other(dialect));
  return fc.oneof(
    { arbitrary: fc.oneof(...wrong), weight: 20 },
    { arbitrary: fc.oneof(stray, ...missing), weight: 4 },
    ...misfits.map(({ faults: arbitrary }) => ({ arbitrary, weight: 2 })),
  );
}

const other = (dialect: Dialect): Dialect => (dialect === "k5" ? "neutron" : "k5");

/** Names that are not inputs, or only of some types and dialects. */
const STRAYS = [
  "status",
  "id",
  "endpoint",
  "resolvedPeerAddress",
  "tenantId",
  "peer_cidrs",
  "PSK",
  "mtu",
  "localId",
  "flavorId",
  "availabilityZone",
  "routerId",
  "ikeVersion",
  "type",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "length",
  "0",
];

/** Makes even `__proto__` an ordinary key. */
function withOwn(values: Values, name: string, value: unknown): Values {
  return Object.fromEntries([...Object.entries(values), [name, value]]);
}

type Wrong = fc.Arbitrary<{ readonly at: string; readonly value: unknown }>;

const OF_ANY_TYPE = [
  "true",
  "1500",
  0,
  1,
  -1,
  1.5,
  NaN,
  Infinity,
  2 ** 80,
  true,
  false,
  [],
  [[]],
  [CANARY],
  [null],
  {},
  { [CANARY]: CANARY },
  { value: 60 },
];

/** Values that a schema refuses: of another type, out of bounds, or with an invalid member. */
function wrongValues(schema: JsonSchema, at: string): Wrong {
  const refused = OF_ANY_TYPE.filter((value) => !isOfType(value, schema["type"]));
  return fc.oneof(
    fc.constantFrom(...refused).map((value) => ({ at, value })),
    ...WRONG[schema["type"] as keyof typeof WRONG](schema, at),
  );
}

function isOfType(value: unknown, type: unknown): boolean {
  if (Array.isArray(value)) return type === "array";
  if (typeof value === "number") return type === "integer" && Number.isInteger(value);
  return typeof value === type;
}

const WRONG = {
  boolean: (): Wrong[] => [],
  integer: ({ minimum, maximum }: JsonSchema, at: string): Wrong[] => [
    fc.integer({ max: Number(minimum) - 1 }).map((value) => ({ at, value })),
    fc.maxSafeInteger().map((value) => ({ at, value: Number(maximum) + Math.abs(value) + 1 })),
  ],
  string: (schema: JsonSchema, at: string): Wrong[] => wrongTexts(schema, at),
  array: (schema: JsonSchema, at: string): Wrong[] => wrongLists(schema, at),
  object: ({ properties }: JsonSchema, at: string): Wrong[] => [
    fc.constantFrom("units_", "__proto__", "toString").map((name) => ({
      at: `${at}.${name}`,
      value: withOwn({}, name, CANARY),
    })),
    ...Object.entries(properties as Record<string, JsonSchema>).map(([name, part]) =>
      wrongValues(part, `${at}.${name}`).map((one) => ({ ...one, value: { [name]: one.value } })),
    ),
  ],
};

function wrongTexts(
  { enum: words, format, minLength, maxLength, pattern }: JsonSchema,
  at: string,
) {
  const wrong = [
    ...(minLength === undefined ? [] : [""]),
    ...(pattern === undefined ? [] : [` ${CANARY}`, `${CANARY}\n`, "\u3000", `\t${CANARY}`]),
    ...(Array.isArray(words) ? wrongWords(words as string[]) : []),
    ...(format === undefined ? [] : WRONG_TEXTS[format as keyof typeof WRONG_TEXTS]),
  ];
  const long = (unit: string) => ({ at, value: unit.repeat(Number(maxLength) + 1) });
  return [
    ...(wrong.length === 0 ? [] : [fc.constantFrom(...wrong).map((value) => ({ at, value }))]),
    ...(maxLength === undefined ? [] : [fc.constantFrom("x", "\u{1f510}", "é").map(long)]),
  ];
}

function wrongWords(words: readonly string[]): string[] {
  const first = words[0]!;
  return ["", CANARY, first.toUpperCase(), ` ${first}`, `${first}\n`, "__proto__", "constructor"];
}

const NO_CIDRS = [
  "",
  CANARY,
  "10.2.0.0",
  "10.2.0.0/33",
  "10.2.0.0/024",
  "10.2.0.0/24/1",
  "10.2/16",
  "/",
  "::/129",
  "::1%lo/64",
  "10.2.0.0/24 ",
  " 10.2.0.0/24",
  "10.2.0.0/+24",
  "10.2.0.0/-1",
  "010.2.0.0/24",
  "10.2.0.256/24",
  "10.2.0.0/255.255.255.0",
  "2001:db8::g/64",
  "10.2.0.0\\24",
];
const NO_PEER_IDS = [
  "",
  "the office",
  "10.2.0.0/24",
  "2001:db8::/32",
  "203.0.113.300",
  "2001::db8::1",
  "office@",
  `${CANARY}@-example`,
  "office\n",
  "\u0000",
  "1.2.3.4.5",
  "C=DE,\nCN=gw",
];
const WRONG_TEXTS = {
  uuid: [
    "",
    CANARY,
    "41bfef97af4e4f6ba5d34678859d2485",
    "41bfef97-af4e-4f6b-a5d3-4678859d248",
    "{41bfef97-af4e-4f6b-a5d3-4678859d2485}",
    "41bfef97-af4e-4f6b-a5d3-4678859d2485\n",
  ],
  ipv4: ["", "1.2.3", "256.1.1.1", "010.0.0.1", "::1", "localhost", "1.2.3.4/32", " 1.2.3.4"],
  host: [
    "",
    "256.1.1.1",
    "a..b",
    "-a.org",
    `my_${CANARY}`,
    "1.2.3.4 ",
    "2001:db8::g",
    "10.1",
    "fe80::1%eth0",
    "[2001:db8::1]",
    "two words",
    "0x7f.1",
    "0x7f000001",
    "1.2.3.4/32",
    ".",
  ],
  "peer-id": NO_PEER_IDS,
  "k5-peer-id": [...NO_PEER_IDS, `C=DE, O=${CANARY}`],
  cidr: NO_CIDRS,
  network: [...NO_CIDRS, "10.2.0.5/24", "2001:db8::1/32", "10.0.0.1/0"],
  endpoint: ["", " ", "a b", `${CANARY} `, "\t", "10.2.0.0/24\n"],
  duration: ["", CANARY, "10", "m", "-5s", "0s", "1d", "5 m", "1e3s", `${"9".repeat(400)}h`],
};

function wrongLists(schema: JsonSchema, at: string): Wrong[] {
  const { maxItems } = schema;
  const item = schema["items"] as JsonSchema;
  const inOrder = (value: unknown) => ({ at, value });
  return [
    fc.constant(inOrder([])),
    fc.constantFrom("10.2.0.0/24", "2001:db8::/32").map((one) => inOrder([one, one])),
    ...(maxItems === undefined ? [] : [fc.constant(inOrder(["10.2.0.0/24", "10.3.0.0/24"]))]),
    wrongValues(item, `${at}[0]`).map((one) => ({ ...one, value: [one.value] })),
    fc.constantFrom(null, undefined).map((hole) => ({ at: `${at}[0]`, value: [hole] })),
  ];
}

const v4 = fc.constantFrom("10.2.0.0/24", "10.0.0.0/8", "192.0.2.1/32");
const v6 = fc.constantFrom("2001:db8::/32", "::/0", "2001:DB8:1::/48");
const interval = fc.integer({ min: 1, max: 2_147_483_647 });
const NO_ENDS = { peerCidrs: null, localEpGroupId: null, peerEpGroupId: null };

const beside = (at: string, changes: fc.Arbitrary<Values>): fc.Arbitrary<Fault> =>
  changes.map((some) => ({ at, misfits: true, breaks: (sound) => ({ ...sound, ...some }) }));
const ends = (at: string, parts: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  beside(
    at,
    fc.record(parts).map((given) => ({ ...NO_ENDS, ...given })),
  );

/** Defects of values that are valid alone. */
const MISFITS: readonly { kind: Kind; dialect?: Dialect; faults: fc.Arbitrary<Fault> }[] = [
  {
    kind: "IpsecSiteConnection",
    faults: beside(
      "dpd.timeout",
      fc
        .oneof(
          fc
            .tuple(interval, fc.nat(1_000))
            .map(([most, less]) => ({ interval: most, timeout: Math.max(1, most - less) })),
          interval.map((most) => ({ interval: Math.max(120, most) })),
          fc.integer({ min: 1, max: 30 }).map((timeout) => ({ timeout })),
        )
        .map((dpd) => ({ dpd })),
    ),
  },
  {
    kind: "IpsecSiteConnection",
    dialect: "neutron",
    faults: fc.oneof(
      ends("mtu", { peerCidrs: fc.tuple(v6), mtu: fc.integer({ min: 68, max: 1_279 }) }),
      ends("peerCidrs", { peerCidrs: fc.tuple(v4, v6), mtu: fc.constant(1_500) }),
      ends("peerCidrs", { peerCidrs: fc.tuple(v4), localEpGroupId: fc.uuid() }),
      ends("peerCidrs", {
        peerCidrs: fc.tuple(v4),
        localEpGroupId: fc.uuid(),
        peerEpGroupId: fc.uuid(),
      }),
      ends("peerCidrs", {}),
      ends("peerEpGroupId", { localEpGroupId: fc.uuid() }),
      ends("localEpGroupId", { peerEpGroupId: fc.uuid() }),
    ),
  },
  {
    kind: "EndpointGroup",
    faults: fc.oneof(
      beside("endpoints", group("cidr", fc.tuple(v4, v6))),
      beside("endpoints[0]", group("cidr", fc.tuple(fc.constantFrom("10.2.0.0", CANARY)))),
      beside("endpoints[0]", group("cidr", fc.tuple(fc.uuid()))),
      beside("endpoints[0]", group("subnet", fc.tuple(fc.oneof(v4, fc.constant(CANARY))))),
    ),
  },
];

function group(type: string, endpoints: fc.Arbitrary<string[]>): fc.Arbitrary<Values> {
  return fc.record({ type: fc.constant(type), endpoints });
}
