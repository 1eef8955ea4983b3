import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";

import type { Dialect } from "../../../../provider/dialect";
import { createChecker } from "../../../../provider/lifecycle/operations/check";
import {
  cloudResourceType,
  type Kind,
  type Values,
} from "../../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { ipsecSiteConnection } from "../../../../provider/resources/ipsecSiteConnection";
import { anyInputs, validInputs } from "../../support/arbitraries";
import { aConnection, OTHER_ID, sent } from "../../support/builders";
import { checked, KINDS_OF_DIALECTS, reasonsOf, someInputs } from "../../support/kinds";

const DIALECTS: readonly Dialect[] = ["k5", "neutron"];
const check = createChecker(ipsecSiteConnection.definition, ipsecSiteConnection.rules);

const CIDR = "peerCidrs[i]: must be a network as <address>/<prefix>, such as 10.2.0.0/24";
const GROUPS = { localEpGroupId: OTHER_ID, peerEpGroupId: OTHER_ID };

function reasons(dialect: Dialect, changes: Values): string[] {
  return check(aConnection(changes), dialect).failures.map(({ reason }) => reason);
}

describe("defaults", () => {
  const ofTheApi = {
    description: "",
    adminStateUp: true,
    initiator: "bi-directional",
    dpd: { action: "hold", interval: 30, timeout: 120 },
  };

  it("writes out those of the API in the k5 dialect", () => {
    expect(check(aConnection(), "k5").inputs).toMatchObject({ ...aConnection(), ...ofTheApi });
  });

  it("writes out mtu and localId as well in the neutron dialect", () => {
    const expected = { ...aConnection(), ...ofTheApi, mtu: 1500, localId: "" };
    expect(check(aConnection(), "neutron").inputs).toMatchObject(expected);
  });

  it.each(KINDS_OF_DIALECTS)(
    "writes out for a %s in the %s dialect what schema.json has a default for, and nothing else",
    (kind, dialect) => {
      const { fields } = cloudResourceType(kind);
      const withDefault = fields.filter(
        (one) => one.input[dialect] && !one.local && one.default !== undefined,
      );
      const expected = {
        ...Object.fromEntries(withDefault.map((one) => [one.name, one.default])),
        ...someInputs(kind),
      };
      expect(checked(kind, someInputs(kind), dialect).inputs).toEqual(expected);
    },
  );

  it.each([
    [{}, { action: "hold", interval: 30, timeout: 120 }],
    [{ action: "restart" }, { action: "restart", interval: 30, timeout: 120 }],
    [{ interval: 10 }, { action: "hold", interval: 10, timeout: 120 }],
    [{ timeout: 60 }, { action: "hold", interval: 30, timeout: 60 }],
    [
      { action: null, interval: 5 },
      { action: "hold", interval: 5, timeout: 120 },
    ],
    [null, { action: "hold", interval: 30, timeout: 120 }],
  ])("fills up a dpd given as %j", (dpd, whole) => {
    const { inputs, failures } = check(aConnection({ dpd }), "k5");
    expect([inputs["dpd"], failures]).toEqual([whole, []]);
  });

  it("leaves waitFor and timeouts to the moment they are needed", () => {
    const { inputs } = check(aConnection({ timeouts: { create: "5m" } }), "k5");
    expect(inputs["timeouts"]).toEqual({ create: "5m" });
    expect(inputs).not.toHaveProperty("waitFor");
  });

  it("hands out its own copy each time", () => {
    const first = check(aConnection(), "k5").inputs["dpd"] as Record<string, unknown>;
    first["action"] = "changed";
    expect(check(aConnection(), "k5").inputs["dpd"]).toMatchObject({ action: "hold" });
  });

  it("keeps what was given", () => {
    const given = aConnection({
      description: "x",
      adminStateUp: false,
      initiator: "response-only",
    });
    expect(check(given, "k5").inputs).toMatchObject(given);
  });
});

describe.each(DIALECTS)("a null in the %s dialect", (dialect) => {
  it.each(["description", "initiator", "dpd", "adminStateUp", "name", "waitFor", "timeouts"])(
    "counts as not given for %s",
    (name) => {
      expect(check(aConnection({ [name]: null }), dialect)).toEqual(
        check(aConnection({ [name]: undefined }), dialect),
      );
    },
  );

  it.each(["psk", "vpnServiceId", "ikePolicyId", "ipsecPolicyId", "peerAddress", "peerId"])(
    "counts as missing for %s",
    (name) => {
      expect(reasons(dialect, { [name]: null })).toEqual([`${name}: is required`]);
    },
  );
});

describe("unknown values", () => {
  const inDialect = KINDS_OF_DIALECTS.flatMap(([kind, dialect]) =>
    cloudResourceType(kind)
      .fields.filter((field) => field.input[dialect])
      .map(({ name }) => [name, kind, dialect] as const),
  );

  it.each(inDialect)("let %s of %s pass as a whole in the %s dialect", (name, kind, dialect) => {
    const groups = dialect === "neutron" && name.endsWith("EpGroupId");
    const known = groups
      ? { peerCidrs: undefined, localEpGroupId: OTHER_ID, peerEpGroupId: OTHER_ID }
      : {};
    expect(reasonsOf(kind, dialect, { ...known, [name]: UNKNOWN })).toEqual([]);
  });

  it.each<[string, Kind, Values]>([
    ["a part of a lifetime", "IkePolicy", { lifetime: { value: UNKNOWN } }],
    ["an endpoint", "EndpointGroup", { endpoints: [UNKNOWN, "10.2.0.0/24"] }],
    ["two endpoints", "EndpointGroup", { endpoints: [UNKNOWN, UNKNOWN] }],
    ["the endpoints of a known type", "EndpointGroup", { type: "subnet", endpoints: UNKNOWN }],
    ["the type of known endpoints", "EndpointGroup", { type: UNKNOWN, endpoints: ["10.2.0.0/24"] }],
  ])("let %s of %s pass", (_what, kind, changes) => {
    expect(reasonsOf(kind, "neutron", changes)).toEqual([]);
  });

  it.each([
    ["a part of dpd", { dpd: { action: UNKNOWN } }],
    ["an interval", { dpd: { interval: UNKNOWN } }],
    ["a part of timeouts", { timeouts: { create: UNKNOWN } }],
    ["an entry of a list", { peerCidrs: [UNKNOWN] }],
  ])("let %s pass", (_what, changes) => {
    expect(DIALECTS.flatMap((dialect) => reasons(dialect, changes))).toEqual([]);
  });

  it("are not taken for the same network twice", () => {
    expect(reasons("neutron", { peerCidrs: [UNKNOWN, UNKNOWN, "10.2.0.0/24"] })).toEqual([]);
  });

  it("stay what they are in the inputs", () => {
    const changes = { dpd: UNKNOWN, peerCidrs: [UNKNOWN], psk: UNKNOWN };
    expect(check(aConnection(changes), "k5").inputs).toMatchObject(changes);
  });

  it("do not hide what is wrong beside them", () => {
    expect(reasons("k5", { psk: UNKNOWN, dpd: { action: UNKNOWN, interval: 0 } })).toEqual([
      "dpd.interval: must be at least 1",
    ]);
  });
});

describe("failures", () => {
  const CANARY = "canary-7f3a9c";
  const NUMBER = 987_654_321;
  const wrong = [
    CANARY,
    ` ${CANARY}`,
    CANARY.repeat(40),
    [CANARY],
    [[CANARY], CANARY, CANARY],
    { a: CANARY },
    NUMBER,
    -NUMBER,
    NUMBER + 0.5,
    [NUMBER, NUMBER],
    `${CANARY}/24`,
    { action: CANARY, interval: NUMBER, timeout: NUMBER - 1 },
    { action: NUMBER, interval: CANARY, timeout: [CANARY] },
    { create: CANARY, update: NUMBER, delete: [CANARY] },
    { units: CANARY, value: NUMBER + 0.5 },
  ];
  const cases = KINDS_OF_DIALECTS.flatMap(([kind, dialect]) =>
    cloudResourceType(kind).fields.map(({ name }) => [name, kind, dialect] as const),
  );
  const failuresOf = (...[name, kind, dialect]: (typeof cases)[number]) =>
    wrong.flatMap((value) => checked(kind, someInputs(kind, { [name]: value }), dialect).failures);

  it.each(cases)("are found for %s of %s in the %s dialect", (...row) => {
    expect(failuresOf(...row).map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(new RegExp(`^${row[0]}[:.[]`)),
    );
  });

  it.each(cases)("never repeat a value of %s of %s in the %s dialect", (...row) => {
    const said = failuresOf(...row)
      .map(({ reason }) => reason)
      .join("\n");
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain("987654320");
    expect(said).not.toContain(String(NUMBER));
  });

  it.each(KINDS_OF_DIALECTS)(
    "of %s in the %s dialect never name a property to the engine, which would print its value",
    (kind, dialect) => {
      const named = cloudResourceType(kind)
        .fields.flatMap(({ name }) => failuresOf(name, kind, dialect))
        .map(({ property }) => property);
      expect(new Set(named)).toEqual(new Set([""]));
    },
  );

  it.each<[string, Values, string[]]>([
    [
      "two parts of dpd",
      { dpd: { interval: 2_147_483_648 } },
      ["dpd.interval: must be at most 2147483647"],
    ],
    ["networks and their IP versions", { peerCidrs: ["10.2.0.0/24", "::/0", "x"] }, [CIDR]],
    ["networks and endpoint groups", { peerCidrs: ["10.2.0.0/24", "x"], ...GROUPS }, [CIDR]],
  ])("do not tell how %s fit while one is wrong in any case", (_what, changes, expected) => {
    const said = reasons("neutron", changes);
    expect(said.map((one) => one.replace(/\[\d\]/, "[i]"))).toEqual(expected);
  });

  it("name the other dialect for those inputs alone that it accepts", () => {
    expect(reasons("neutron", { psk: "", availabilityZone: "AZ1" })).toEqual([
      "availabilityZone: is not an input in the neutron dialect. If this cloud is not a Neutron of OpenStack, set vpnaas:dialect to k5",
      "psk: must not be empty",
    ]);
  });

  it("name no dialect that lacks the kind", () => {
    const { definition } = ipsecSiteConnection;
    const available = { k5: false, neutron: true };
    const { failures } = createChecker({ ...definition, available }, [])(
      aConnection({ availabilityZone: "AZ1" }),
      "neutron",
    );
    expect(failures.map(({ reason }) => reason)).toEqual(["availabilityZone: is not an input"]);
  });

  it("show the rules an invalid input as unknown, and a missing one as missing", () => {
    const rule = jest.fn<[], [Values]>(() => []);
    createChecker(ipsecSiteConnection.definition, [rule])(
      aConnection({ psk: undefined, peerId: "" }),
      "neutron",
    );
    const [[seen]] = rule.mock.calls as [[Values]];
    expect(seen).toMatchObject({ peerId: UNKNOWN });
    expect(seen).not.toHaveProperty("psk");
  });

  it("show the name of a stray property, and do not let it be obeyed", () => {
    expect(reasons("k5", { "\u001b[2J\u202e": 1, "": 1, ["k".repeat(5_000)]: 1 })).toEqual([
      '"\\u001b[2J\\u{202e}": is not an input',
      '"": is not an input',
      `"${"k".repeat(61)}...": is not an input`,
    ]);
  });

  it("are found in inputs of a thousand levels", () => {
    let deep: unknown = "bottom";
    for (let i = 0; i < 1_000; i += 1) deep = [deep];
    expect(reasons("neutron", { dpd: deep, peerCidrs: ["::/0", "::/0", deep] })).toEqual([
      "peerCidrs[2]: must be a string, got an array",
      "peerCidrs: must not hold the same value twice (entries 0 and 1, counted from 0)",
      "dpd: must be an object, got an array",
    ]);
  });

  it("come all at once", () => {
    expect(reasons("k5", { psk: undefined, peerId: "", mtu: 5, initiator: "both" })).toHaveLength(
      4,
    );
  });
});

describe.each(KINDS_OF_DIALECTS)("with whatever inputs of %s in the %s dialect", (...row) => {
  const [kind, dialect] = row;

  it("never throws, and gives inputs that it would not change again", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const once = checked(kind, inputs, dialect);
        const twice = checked(kind, once.inputs, dialect);
        return isDeepStrictEqual(sent(twice), sent(once));
      }),
      { numRuns: 150 },
    );
  });

  it("leaves what it was given untouched", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const before = sent(inputs);
        checked(kind, inputs, dialect);
        return isDeepStrictEqual(inputs, before);
      }),
      { numRuns: 60 },
    );
  });

  it("has nothing to say against valid ones", () => {
    fc.assert(
      fc.property(validInputs(kind, dialect), (inputs) => {
        expect(checked(kind, inputs, dialect).failures).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
  "refuses a property called %s like any other that is none",
  (name) => {
    const inputs = JSON.parse(`{ ${JSON.stringify(name)}: { "psk": "x" } }`) as Values;
    const { failures } = check({ ...aConnection(), ...inputs }, "k5");
    expect(failures.map(({ reason }) => reason)).toEqual([`${name}: is not an input`]);
  },
);

describe("a kind that a dialect lacks", () => {
  const inK5 = () => checked("EndpointGroup", someInputs("EndpointGroup"), "k5");

  it("fails as a whole, and names the setting that is likely wrong", () => {
    expect(inK5().failures).toEqual([
      {
        property: "",
        reason:
          "The k5 dialect has no EndpointGroup. If this cloud is not K5, set vpnaas:dialect to neutron.",
      },
    ]);
  });

  it("is not warned about beyond that", () => {
    expect(inK5().warnings).toEqual([]);
  });

  it("has its inputs left as they were given", () => {
    expect(inK5().inputs).toEqual(someInputs("EndpointGroup"));
  });
});

it("warns of no deprecated value inside a value of another type", () => {
  const { warnings } = checked(
    "IkePolicy",
    someInputs("IkePolicy", { pfs: ["group2"] }),
    "neutron",
  );
  expect(warnings).toEqual([]);
});
