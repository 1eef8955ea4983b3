import fc from "fast-check";

import type { Dialect } from "../../../provider/dialect";
import {
  cloudResourceType,
  type Field,
  type Kind,
  type Values,
} from "../../../provider/schema/resourceType";
import {
  driftOf,
  formatValue,
  statusDrift,
  describeDifference,
} from "../../../provider/model/drift";
import { sameValue } from "../../../provider/schema/equality";
import type { State, WireObject } from "../../../provider/values";
import { toOutputs, toWire } from "../../../provider/model/wireMapping";
import { validInputs } from "../support/arbitraries";
import { OTHER_ID, sent, wireObject } from "../support/builders";
import { aState, aWire, checkedInputs, KINDS_OF_DIALECTS } from "../support/kinds";

const connection = cloudResourceType("IpsecSiteConnection");

/** The drift of an object with those wire values from a state with the earlier ones. */
function drift(kind: Kind, wire: Values, before: Values = {}, declared: Values = {}) {
  return driftBeside(kind, aWire(kind, wire), aState(kind, declared, before));
}

/** The drift of an object from a state. */
function driftBeside(
  kind: Kind,
  live: WireObject,
  state: State,
  isHidden?: (field: Field) => boolean,
) {
  const definition = cloudResourceType(kind);
  return driftOf(definition, toOutputs(definition, live, state), state, isHidden);
}

const lines = (...args: Parameters<typeof drift>) =>
  drift(...args).flatMap(({ differences }) => differences.map(describeDifference));

/** The response of a cloud to those inputs, and the resulting state. */
function made(kind: Kind, dialect: Dialect, given: Values) {
  const { fields } = cloudResourceType(kind);
  const inputs = checkedInputs(kind, given, dialect);
  const wire = wireObject(sent(toWire(fields, dialect, inputs)));
  const state: Values = toOutputs(cloudResourceType(kind), wire, inputs);
  return { wire, state };
}

/** The same value in another notation, as a cloud may return it. */
function rewritten(field: Field, value: unknown, random: fc.GeneratorValue): unknown {
  const isDefault = sameValue(field, undefined, value);
  if (isDefault && random(fc.boolean)) return random(fc.constantFrom, undefined, null, "");
  if (Array.isArray(value)) {
    const items = value.map((item: string) => item.replace(/\.0\/24$/, ".7/24"));
    return random(fc.shuffledSubarray, items, { minLength: items.length });
  }
  return field.format === "uuid" && typeof value === "string" ? value.toUpperCase() : value;
}

describe.each(KINDS_OF_DIALECTS)("the drift of any %s (%s)", (kind, dialect) => {
  const definition = cloudResourceType(kind);

  it("is empty for an unchanged object, in any order and notation", () => {
    fc.assert(
      fc.property(validInputs(kind, dialect), fc.gen(), (given, random) => {
        const { wire, state } = made(kind, dialect, given);
        const again = definition.fields
          .filter(({ output, local }) => output && !local)
          .map((field) => [field.wire, rewritten(field, wire[field.wire], random)]);
        const live = wireObject(Object.fromEntries(again) as Values);
        expect(driftBeside(kind, live, state)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  // K5 has only one value of the mode, so that no request can change it.
  const changeable = definition.fields.filter(
    ({ name, input, local, createOnly }) =>
      input[dialect] &&
      !local &&
      !createOnly &&
      !(dialect === "k5" && name === "phase1NegotiationMode"),
  );

  it.each(changeable.map(({ name }) => name))(
    "contains %s alone if only that property changed",
    (name) => {
      const field = changeable.find((one) => one.name === name)!;
      const another = (at: { wire: Values }) => at.wire[field.wire];
      fc.assert(
        fc.property(validInputs(kind, dialect), validInputs(kind, dialect), (given, other) => {
          const { wire, state } = made(kind, dialect, given);
          const value = another(made(kind, dialect, other)) ?? OTHER_ID;
          fc.pre(!sameValue(field, value, wire[field.wire]));
          const drifts = driftBeside(kind, { ...wire, [field.wire]: value }, state);
          expect(drifts.map((one) => one.field.name)).toEqual([name]);
          for (const { property } of drifts[0]!.differences)
            expect(property.split(".")[0]).toBe(name);
        }),
        { numRuns: 30 },
      );
    },
  );
});

describe("a difference", () => {
  it.each<[Kind, Values, Values, string]>([
    [
      "VpnService",
      { admin_state_up: false },
      {},
      "adminStateUp: declared true, there is false (changed outside Pulumi)",
    ],
    [
      "IkePolicy",
      { pfs: "group2" },
      {},
      "pfs: declared group14, there is group2 (changed outside Pulumi)",
    ],
    [
      "EndpointGroup",
      { endpoints: ["10.3.0.0/24"] },
      {},
      "endpoints: declared 10.2.0.0/24, 10.3.0.0/24, there is 10.3.0.0/24 (changed outside Pulumi)",
    ],
    [
      "IpsecSiteConnection",
      { peer_cidrs: [] },
      {},
      "peerCidrs: declared 10.2.0.0/24, there is nothing (changed outside Pulumi)",
    ],
    [
      "IpsecSiteConnection",
      { local_ep_group_id: OTHER_ID },
      {},
      `localEpGroupId: declared nothing, there is ${OTHER_ID} (changed outside Pulumi)`,
    ],
    [
      "IpsecSiteConnection",
      { mtu: 1500 },
      { mtu: 1400 },
      "mtu: declared 1400, there is 1500 (changed outside Pulumi, back to the default)",
    ],
    [
      "IkePolicy",
      { description: null },
      { description: "mine" },
      "description: declared mine, there is nothing (changed outside Pulumi, back to the default)",
    ],
    [
      "VpnService",
      { external_v4_ip: "198.51.100.9" },
      {},
      "externalV4Ip: declared 198.51.100.4, there is 198.51.100.9 (set by the cloud)",
    ],
    [
      "VpnService",
      { external_v4_ip: null },
      {},
      "externalV4Ip: declared 198.51.100.4, there is nothing (set by the cloud)",
    ],
  ])("of a %s to %j (before: %j) has its reason", (kind, wire, before, line) => {
    expect(lines(kind, wire, before)).toEqual([line]);
  });

  it("exists for each differing member of dpd, and for no other", () => {
    const before = { dpd: { action: "restart", interval: 10, timeout: 60 } };
    const now = { dpd: { action: "restart", interval: 30, timeout: 90 } };
    expect(lines("IpsecSiteConnection", now, before)).toEqual([
      "dpd.interval: declared 10, there is 30 (changed outside Pulumi, back to the default)",
      "dpd.timeout: declared 60, there is 90 (changed outside Pulumi)",
    ]);
  });

  it("treats an absent member as its default", () => {
    const before = { lifetime: { units: "seconds", value: 7200 } };
    expect(lines("IkePolicy", { lifetime: { units: "seconds" } }, before)).toEqual([
      "lifetime.value: declared 7200, there is 3600 (changed outside Pulumi, back to the default)",
    ]);
  });

  it("of the psk contains neither value", () => {
    const [{ differences } = { differences: [] }] = drift("IpsecSiteConnection", { psk: "other" });
    expect(differences).toEqual([
      { property: "psk", hidden: true, because: "changed outside Pulumi" },
    ]);
    expect(differences.map(describeDifference)).toEqual(["psk: differs (hidden)"]);
  });

  it("of a secret property contains no value and no member", () => {
    const live = aWire("IpsecSiteConnection", { dpd: { timeout: 90 }, description: "canary" });
    const state = aState("IpsecSiteConnection");
    const isHidden = ({ name }: Field) => ["dpd", "description"].includes(name);
    const found = driftBeside("IpsecSiteConnection", live, state, isHidden);
    expect(found.flatMap(({ differences }) => differences)).toEqual([
      { property: "description", hidden: true, because: "changed outside Pulumi" },
      { property: "dpd", hidden: true, because: "changed outside Pulumi" },
    ]);
  });

  it("of another notation with possibly the same meaning states that", () => {
    const [before, now] = [{ peer_id: "CN=peer, O=net" }, { peer_id: "cn=peer,o=net" }];
    expect(lines("IpsecSiteConnection", now, before, { peerId: undefined })).toEqual([
      'peerId: declared "CN=peer, O=net", there is "cn=peer,o=net" (the cloud uses another notation)',
    ]);
  });

  it("of a host name contains the earlier address", () => {
    const declared = { peerAddress: "vpn.example.org" };
    const now = { peer_address: "198.51.100.2" };
    expect(lines("IpsecSiteConnection", now, { peer_address: "198.51.100.1" }, declared)).toEqual([
      "peerAddress: declared vpn.example.org, there is 198.51.100.2 (changed outside Pulumi; the name resolved to 198.51.100.1 before)",
    ]);
  });

  it("of an address contains no host name, in any notation", () => {
    const declared = { peerAddress: "2001:DB8::1" };
    const now = { peer_address: "2001:db8::2" };
    expect(lines("IpsecSiteConnection", now, { peer_address: "2001:db8::1" }, declared)).toEqual([
      "peerAddress: declared 2001:DB8::1, there is 2001:db8::2 (changed outside Pulumi)",
    ]);
  });
});

describe("the drift of an object excludes", () => {
  it("a host name that still resolves to its address", () => {
    const [wire, declared] = [{ peer_address: "198.51.100.1" }, { peerAddress: "vpn.example.org" }];
    expect(lines("IpsecSiteConnection", wire, wire, declared)).toEqual([]);
  });

  it.each([undefined, null])("a psk that the cloud never shows (%s)", (psk) => {
    expect(lines("IpsecSiteConnection", { psk })).toEqual([]);
  });

  it("the status", () => {
    expect(lines("IpsecSiteConnection", { status: "ERROR" })).toEqual([]);
  });

  it("a value of the cloud that was never recorded", () => {
    const state: Values = { ...aState("VpnService"), externalV4Ip: undefined };
    expect(driftBeside("VpnService", aWire("VpnService"), state)).toEqual([]);
  });

  it("values that only program and state have", () => {
    const own = { endpoint: "http://127.0.0.1", waitFor: "active", adopt: "it", cloud: "east" };
    const state = { ...aState("IpsecSiteConnection"), ...own };
    const { fields } = cloudResourceType("IpsecSiteConnection");
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(own)));
    expect(driftBeside("IpsecSiteConnection", aWire("IpsecSiteConnection"), state)).toEqual([]);
  });
});

describe("the drift of the status", () => {
  it.each([
    ["ACTIVE", "ERROR", /^status: ERROR, was ACTIVE; the cloud could not set it up/],
    ["DOWN", "ERROR", /^status: ERROR, was DOWN;/],
    [undefined, "ERROR", /^status: ERROR;/],
    ["ACTIVE", "DOWN", /^status: DOWN, was ACTIVE$/],
  ])("from %s to %s contains the earlier status", (status, now, said) => {
    expect(
      statusDrift(connection, { status }, wireObject({ status: now, admin_state_up: true })),
    ).toMatch(said);
  });

  it.each([
    ["ACTIVE", "ACTIVE"],
    ["DOWN", "DOWN"],
    ["ERROR", "ERROR"],
    ["DOWN", "ACTIVE"],
    ["ACTIVE", "PENDING_UPDATE"],
    ["PENDING_CREATE", "ACTIVE"],
    ["PENDING_CREATE", "DOWN"],
    ["ERROR", "DOWN"],
    [undefined, "DOWN"],
    ["ACTIVE", undefined],
  ])("from %s to %s is empty", (status, now) => {
    expect(statusDrift(connection, { status }, wireObject({ status: now }))).toBeUndefined();
  });

  it("of a disabled object is empty for DOWN, but not for ERROR", () => {
    const off = (status: string) =>
      statusDrift(connection, { status: "ACTIVE" }, wireObject({ status, admin_state_up: false }));
    expect(off("DOWN")).toBeUndefined();
    expect(off("ERROR")).toMatch(/^status: ERROR/);
  });
});

describe("the displayed form of a value", () => {
  it.each([
    [undefined, "nothing"],
    [null, "nothing"],
    [[], "nothing"],
    ["", '""'],
    ["10.2.0.0/24", "10.2.0.0/24"],
    ["two words", '"two words"'],
    ["a,b", '"a,b"'],
    [["10.2.0.0/24", "10.3.0.0/24"], "10.2.0.0/24, 10.3.0.0/24"],
    [false, "false"],
    [0, "0"],
    [{ action: "hold" }, '{"action":"hold"}'],
  ])("of %j is %s", (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  it.each([
    ["an escape sequence", "\u001b[31mred"],
    ["an escape sequence of one character", "\u009b2J"],
    ["an invisible character", "a\u200bb"],
    ["a change of direction", "a\u202eb"],
    ["an end of line", "a\nb"],
    ["another end of line", "\u2028"],
    ["a deletion", "\u007f"],
  ])("contains no control character: %s", (_what, text) => {
    expect(formatValue(text)).toMatch(/^"[ -~]+"$/);
  });

  it("keeps letters of every alphabet unchanged", () => {
    expect(formatValue("大阪")).toBe("大阪");
  });
});
