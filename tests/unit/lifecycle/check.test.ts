import { isDeepStrictEqual } from "node:util";

import fc from "fast-check";

import type { Dialect } from "../../../provider/dialect";
import { checker } from "../../../provider/lifecycle/check";
import { definitionOf, type Values } from "../../../provider/lifecycle/definition";
import { UNKNOWN } from "../../../provider/lifecycle/unknowns";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { anyInputs, validInputs } from "../arbitraries";
import { aConnection, OTHER_ID, sent } from "../builders";

const DIALECTS: readonly Dialect[] = ["k5", "neutron"];
const { fields } = definitionOf("IpsecSiteConnection");
const check = checker(ipsecSiteConnection.definition, ipsecSiteConnection.rules);

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

  it("writes out those of the API in the k5 dialect, and nothing else", () => {
    expect(check(aConnection(), "k5").inputs).toEqual({ ...aConnection(), ...ofTheApi });
  });

  it("writes out mtu and localId as well in the neutron dialect", () => {
    const expected = { ...aConnection(), ...ofTheApi, mtu: 1500, localId: "" };
    expect(check(aConnection(), "neutron").inputs).toEqual(expected);
  });

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
  const inDialect = DIALECTS.flatMap((dialect) =>
    fields.filter((field) => field.input[dialect]).map(({ name }) => [name, dialect] as const),
  );

  it.each(inDialect)("let %s pass as a whole in the %s dialect", (name, dialect) => {
    const groups = dialect === "neutron" && name.endsWith("EpGroupId");
    const known = groups
      ? { peerCidrs: undefined, localEpGroupId: OTHER_ID, peerEpGroupId: OTHER_ID }
      : {};
    expect(reasons(dialect, { ...known, [name]: UNKNOWN })).toEqual([]);
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
    ...[CANARY, ` ${CANARY}`, CANARY.repeat(40), [CANARY], [[CANARY], CANARY, CANARY]],
    ...[{ a: CANARY }, NUMBER, -NUMBER, NUMBER + 0.5, [NUMBER, NUMBER], `${CANARY}/24`],
    { action: CANARY, interval: NUMBER, timeout: NUMBER - 1 },
    { action: NUMBER, interval: CANARY, timeout: [CANARY] },
    { create: CANARY, update: NUMBER, delete: [CANARY] },
  ];
  const cases = DIALECTS.flatMap((dialect) =>
    fields.map(({ name }) => ({
      dialect,
      name,
      failures: wrong.flatMap((value) => check(aConnection({ [name]: value }), dialect).failures),
    })),
  );

  it.each(cases)("are found for $name in the $dialect dialect", ({ failures, name }) => {
    expect(failures.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(new RegExp(`^${name}[:.[]`)),
    );
  });

  it.each(cases)("never repeat a value of $name in the $dialect dialect", ({ failures }) => {
    const said = failures.map(({ reason }) => reason).join("\n");
    expect(said).not.toContain(CANARY);
    expect(said).not.toContain("987654320");
    expect(said).not.toContain(String(NUMBER));
  });

  it("never name a property to the engine, which would print its value", () => {
    const named = cases.flatMap(({ failures }) => failures.map(({ property }) => property));
    expect(new Set(named)).toEqual(new Set([""]));
  });

  it("come all at once", () => {
    expect(reasons("k5", { psk: undefined, peerId: "", mtu: 5, initiator: "both" })).toHaveLength(
      4,
    );
  });
});

describe.each(DIALECTS)("with whatever inputs in the %s dialect", (dialect) => {
  it("never throws, and gives inputs that it would not change again", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const once = check(inputs, dialect);
        const twice = check(once.inputs, dialect);
        return isDeepStrictEqual(sent(twice), sent(once));
      }),
      { numRuns: 300 },
    );
  });

  it("leaves what it was given untouched", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const before = sent(inputs);
        check(inputs, dialect);
        return isDeepStrictEqual(inputs, before);
      }),
      { numRuns: 100 },
    );
  });

  it("has nothing to say against valid ones", () => {
    fc.assert(
      fc.property(validInputs(dialect), (inputs) => {
        expect(check(inputs, dialect).failures).toEqual([]);
      }),
      { numRuns: 100 },
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
