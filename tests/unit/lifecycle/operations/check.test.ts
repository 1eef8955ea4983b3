import type { Dialect } from "../../../../provider/dialect";
import { createChecker } from "../../../../provider/lifecycle/operations/check";
import {
  cloudResourceType,
  type Kind,
  type Values,
} from "../../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { ipsecSiteConnection } from "../../../../provider/resources/ipsecSiteConnection";
import { aConnection, OTHER_ID } from "../../support/builders";
import { checked, KINDS_OF_DIALECTS, reasonsOf, someInputs } from "../../support/kinds";

const DIALECTS: readonly Dialect[] = ["k5", "neutron"];
const check = createChecker(ipsecSiteConnection.definition, ipsecSiteConnection.rules);

const CIDR = "peerCidrs[i]: must be a network as <address>/<prefix>, such as 10.2.0.0/24";
const GROUPS = { localEpGroupId: OTHER_ID, peerEpGroupId: OTHER_ID };

function reasons(dialect: Dialect, changes: Values): string[] {
  return check(aConnection(changes), dialect).failures.map(({ reason }) => reason);
}

describe("the defaults of a check", () => {
  const ofTheApi = {
    description: "",
    adminStateUp: true,
    initiator: "bi-directional",
    dpd: { action: "hold", interval: 30, timeout: 120 },
  };

  it("include those of the API in the k5 dialect", () => {
    expect(check(aConnection(), "k5").inputs).toMatchObject({ ...aConnection(), ...ofTheApi });
  });

  it("include mtu and localId in the neutron dialect", () => {
    const expected = { ...aConnection(), ...ofTheApi, mtu: 1500, localId: "" };
    expect(check(aConnection(), "neutron").inputs).toMatchObject(expected);
  });

  it.each(KINDS_OF_DIALECTS)(
    "of a %s in the %s dialect are exactly those of schema.json",
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
  ])("complete a dpd of %j", (dpd, whole) => {
    const { inputs, failures } = check(aConnection({ dpd }), "k5");
    expect([inputs["dpd"], failures]).toEqual([whole, []]);
  });

  it("exclude waitFor and timeouts, whose defaults apply at their use", () => {
    const { inputs } = check(aConnection({ timeouts: { create: "5m" } }), "k5");
    expect(inputs["timeouts"]).toEqual({ create: "5m" });
    expect(inputs).not.toHaveProperty("waitFor");
  });

  it("are a new copy in each check", () => {
    const first = check(aConnection(), "k5").inputs["dpd"] as Record<string, unknown>;
    first["action"] = "changed";
    expect(check(aConnection(), "k5").inputs["dpd"]).toMatchObject({ action: "hold" });
  });

  it("replace no input of the program", () => {
    const given = aConnection({
      description: "x",
      adminStateUp: false,
      initiator: "response-only",
    });
    expect(check(given, "k5").inputs).toMatchObject(given);
  });
});

describe.each(DIALECTS)("a check of a null in the %s dialect", (dialect) => {
  it.each(["description", "initiator", "dpd", "adminStateUp", "name", "waitFor", "timeouts"])(
    "counts %s as unset",
    (name) => {
      expect(check(aConnection({ [name]: null }), dialect)).toEqual(
        check(aConnection({ [name]: undefined }), dialect),
      );
    },
  );

  it.each(["psk", "vpnServiceId", "ikePolicyId", "ipsecPolicyId", "peerAddress", "peerId"])(
    "reports that %s is missing",
    (name) => {
      expect(reasons(dialect, { [name]: null })).toEqual([`${name}: is required`]);
    },
  );
});

describe("unknown values in a check", () => {
  const inDialect = KINDS_OF_DIALECTS.flatMap(([kind, dialect]) =>
    cloudResourceType(kind)
      .fields.filter((field) => field.input[dialect])
      .map(({ name }) => [name, kind, dialect] as const),
  );

  it.each(inDialect)("are accepted for %s of %s in the %s dialect", (name, kind, dialect) => {
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
  ])("are accepted as %s of %s", (_what, kind, changes) => {
    expect(reasonsOf(kind, "neutron", changes)).toEqual([]);
  });

  it.each([
    ["a part of dpd", { dpd: { action: UNKNOWN } }],
    ["an interval", { dpd: { interval: UNKNOWN } }],
    ["a part of timeouts", { timeouts: { create: UNKNOWN } }],
    ["an entry of a list", { peerCidrs: [UNKNOWN] }],
  ])("are accepted as %s", (_what, changes) => {
    expect(DIALECTS.flatMap((dialect) => reasons(dialect, changes))).toEqual([]);
  });

  it("do not count as duplicate networks", () => {
    expect(reasons("neutron", { peerCidrs: [UNKNOWN, UNKNOWN, "10.2.0.0/24"] })).toEqual([]);
  });

  it("stay unchanged in the inputs", () => {
    const changes = { dpd: UNKNOWN, peerCidrs: [UNKNOWN], psk: UNKNOWN };
    expect(check(aConnection(changes), "k5").inputs).toMatchObject(changes);
  });

  it("do not hide the failures of other values", () => {
    expect(reasons("k5", { psk: UNKNOWN, dpd: { action: UNKNOWN, interval: 0 } })).toEqual([
      "dpd.interval: must be at least 1",
    ]);
  });
});

describe("the failures of a check", () => {
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

  it.each(cases)("include one for %s of %s in the %s dialect", (...row) => {
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
  ])("exclude the relation of %s while one is invalid", (_what, changes, expected) => {
    const said = reasons("neutron", changes);
    expect(said.map((one) => one.replace(/\[\d\]/, "[i]"))).toEqual(expected);
  });

  it("name the other dialect only for inputs that it accepts", () => {
    expect(reasons("neutron", { psk: "", availabilityZone: "AZ1" })).toEqual([
      "availabilityZone: is not an input in the neutron dialect. If this cloud is not a Neutron of OpenStack, set vpnaas:dialect to k5",
      "psk: must not be empty",
    ]);
  });

  it("suggest the property and the value that is meant", () => {
    expect(
      reasons("neutron", { peerCidr: [], dpd: { intervall: 5 }, initiator: "responseonly" }),
    ).toEqual(
      expect.arrayContaining([
        "peerCidr: is not an input: did you mean peerCidrs?",
        "dpd.intervall: is not an input: did you mean interval?",
        "initiator: must be one of bi-directional, response-only: did you mean response-only?",
      ]),
    );
  });

  it.each<[string, Values, string]>([
    [
      "a required property",
      { peerAddress: undefined, peerAdress: "203.0.113.7" },
      "peerAdress: is not an input: did you mean peerAddress?",
    ],
    [
      "a property that a rule requires",
      { peerCidrs: undefined, peerCidr: ["10.2.0.0/24"] },
      "peerCidr: is not an input: did you mean peerCidrs?",
    ],
  ])("report %s once if it is misspelled", (_what, changes, expected) => {
    expect(reasons("neutron", changes)).toEqual([expected]);
  });

  it("name the allowed values alone for a value of another type", () => {
    expect(reasons("neutron", { initiator: 2 })).toEqual([
      "initiator: must be one of bi-directional, response-only",
    ]);
  });

  it("suggest no value for an input that the program marks as secret", () => {
    const inputs = aConnection({
      initiator: "responseonly",
      dpd: { action: "hodl", intervall: 5 },
    });
    const secretInputs = new Set(["initiator", "dpd"]);
    const { failures } = check(inputs, "neutron", secretInputs);
    expect(failures.map(({ reason }) => reason).sort()).toEqual([
      expect.stringMatching(/^dpd\.action: must be one of [\w, -]+$/),
      "dpd.intervall: is not an input: did you mean interval?",
      "initiator: must be one of bi-directional, response-only",
    ]);
  });

  it("suggest no property that only the other dialect has", () => {
    expect(reasons("k5", { mtu: 1500 })).toEqual([expect.not.stringContaining("did you mean")]);
  });

  it("name no dialect that lacks the resource type", () => {
    const { definition } = ipsecSiteConnection;
    const available = { k5: false, neutron: true };
    const { failures } = createChecker({ ...definition, available }, [])(
      aConnection({ availabilityZone: "AZ1" }),
      "neutron",
    );
    expect(failures.map(({ reason }) => reason)).toEqual(["availabilityZone: is not an input"]);
  });

  it("come from rules that receive an invalid input as unknown and a missing one as missing", () => {
    const rule = jest.fn<[], [Values]>(() => []);
    createChecker(ipsecSiteConnection.definition, [rule])(
      aConnection({ psk: undefined, peerId: "" }),
      "neutron",
    );
    const [[seen]] = rule.mock.calls as [[Values]];
    expect(seen).toMatchObject({ peerId: UNKNOWN });
    expect(seen).not.toHaveProperty("psk");
  });

  it("show the name of an unexpected property with escaped control characters", () => {
    expect(reasons("k5", { "\u001b[2J\u202e": 1, "": 1, ["k".repeat(5_000)]: 1 })).toEqual([
      '"\\u001b[2J\\u{202e}": is not an input',
      '"": is not an input',
      `"${"k".repeat(61)}...": is not an input`,
    ]);
  });

  it("cover inputs of a thousand levels", () => {
    let deep: unknown = "bottom";
    for (let i = 0; i < 1_000; i += 1) deep = [deep];
    expect(reasons("neutron", { dpd: deep, peerCidrs: ["::/0", "::/0", deep] })).toEqual([
      "peerCidrs[2]: must be a string, got an array",
      "peerCidrs: must not hold the same value twice (entries 0 and 1, counted from 0)",
      "dpd: must be an object, got an array",
    ]);
  });

  it("are all reported at once", () => {
    expect(reasons("k5", { psk: undefined, peerId: "", mtu: 5, initiator: "both" })).toHaveLength(
      4,
    );
  });
});

it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
  "a check refuses a property named %s like any other unexpected one",
  (name) => {
    const inputs = JSON.parse(`{ ${JSON.stringify(name)}: { "psk": "x" } }`) as Values;
    const { failures } = check({ ...aConnection(), ...inputs }, "k5");
    expect(failures.map(({ reason }) => reason)).toEqual([`${name}: is not an input`]);
  },
);

describe("a check of a resource type that the dialect lacks", () => {
  const inK5 = () => checked("EndpointGroup", someInputs("EndpointGroup"), "k5");

  it("fails as a whole and names the setting that is probably wrong", () => {
    expect(inK5().failures).toEqual([
      {
        property: "",
        reason:
          "The k5 dialect has no EndpointGroup. If this cloud is not K5, set vpnaas:dialect to neutron.",
      },
    ]);
  });

  it("adds no warning", () => {
    expect(inK5().warnings).toEqual([]);
  });

  it("returns the inputs unchanged", () => {
    expect(inK5().inputs).toEqual(someInputs("EndpointGroup"));
  });
});

it("a check does not warn about a deprecated value inside a value of another type", () => {
  const { warnings } = checked(
    "IkePolicy",
    someInputs("IkePolicy", { pfs: ["group2"] }),
    "neutron",
  );
  expect(warnings).toEqual([]);
});
