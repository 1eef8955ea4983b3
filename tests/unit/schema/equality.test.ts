import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import {
  isAbsent,
  isPlainObject,
  sameValue,
  withoutAbsent,
} from "../../../provider/schema/equality";
import { OTHER_ID } from "../support/builders";

function field(name: string, kind: Kind = "IpsecSiteConnection") {
  return cloudResourceType(kind).fields.find((one) => one.name === name)!;
}

it.each([undefined, null])("isAbsent is true for %s", (value) => {
  expect(isAbsent(value)).toBe(true);
});

it.each([0, "", false, [], {}])("isAbsent is false for %j", (value) => {
  expect(isAbsent(value)).toBe(false);
});

it("withoutAbsent removes absent members at any depth", () => {
  const values = { a: null, b: { c: undefined, d: { e: null, f: 0 } }, g: [{ h: null, i: "" }] };
  expect(withoutAbsent(values)).toStrictEqual({ b: { d: { f: 0 } }, g: [{ i: "" }] });
});

it("withoutAbsent keeps the items of a list, because a removal would move the others", () => {
  expect(withoutAbsent({ list: ["a", null, "b"] })).toStrictEqual({ list: ["a", null, "b"] });
});

it("withoutAbsent copies the members that it keeps", () => {
  const values = { dpd: { action: "hold" } };
  expect(withoutAbsent(values)["dpd"]).not.toBe(values.dpd);
});

it("withoutAbsent keeps a member named __proto__, which the check refuses", () => {
  const pruned = withoutAbsent(JSON.parse('{"__proto__": {"psk": "x"}}') as never);
  expect(Object.keys(pruned)).toEqual(["__proto__"]);
  expect(pruned["psk"]).toBeUndefined();
});

it.each([
  ["peerCidrs", ["10.2.0.0/24", "10.3.0.0/24"], ["10.3.0.0/24", "10.2.0.0/24"]],
  ["peerCidrs", ["10.2.0.5/24"], ["10.2.0.0/24"]],
  ["peerCidrs", ["2001:DB8:0:0::/32"], ["2001:db8::/32"]],
  ["peerAddress", "2001:DB8::1", "2001:db8:0:0:0:0:0:1"],
  ["peerId", "2001:DB8::1", "2001:db8::1"],
  ["vpnServiceId", OTHER_ID.toUpperCase(), OTHER_ID],
  ["description", null, ""],
  ["adminStateUp", undefined, true],
  ["dpd", undefined, { timeout: 120, interval: 30, action: "hold" }],
  ["dpd", { action: "restart" }, { action: "restart", interval: 30, timeout: 120 }],
  ["waitFor", undefined, "settled"],
  ["initiator", "", "bi-directional"],
  ["localEpGroupId", undefined, null],
])("sameValue is true for two notations of %s: %j and %j", (name, left, right) => {
  expect(sameValue(field(name), left, right)).toBe(true);
  expect(sameValue(field(name), right, left)).toBe(true);
});

it.each([
  ["peerCidrs", ["10.2.0.0/24"], ["10.2.0.0/25"]],
  ["peerCidrs", ["10.2.0.0/24"], ["10.2.0.0/24", "10.3.0.0/24"]],
  ["peerCidrs", ["10.2.0.0/24"], undefined],
  ["peerAddress", "203.0.113.7", "203.0.113.8"],
  ["peerId", "office", "OFFICE"],
  ["psk", "secret", "Secret"],
  ["psk", "10.2.0.5/24", "10.2.0.0/24"],
  ["adminStateUp", undefined, false],
  ["adminStateUp", true, "true"],
  ["dpd", { action: "hold", interval: 30, timeout: 60 }, { action: "hold" }],
  ["mtu", 1500, 1400],
  ["peerCidrs", ["no network"], ["No network"]],
])("sameValue is false for two values of %s: %j and %j", (name, left, right) => {
  expect(sameValue(field(name), left, right)).toBe(false);
  expect(sameValue(field(name), right, left)).toBe(false);
});

it.each([
  [["10.2.0.0/24", "10.3.0.0/24"], ["10.3.0.0/24", "10.2.0.0/24"], true],
  [["10.2.0.9/24"], ["10.2.0.0/24"], true],
  [[OTHER_ID.toUpperCase()], [OTHER_ID], true],
  [["VLAN-7"], ["vlan-8"], false],
  [["10.2.0.0/24"], ["10.2.0.0/24", "10.3.0.0/24"], false],
])("sameValue compares endpoints by meaning: %j and %j", (left, right, expected) => {
  expect(sameValue(field("endpoints", "EndpointGroup"), left, right)).toBe(expected);
});

it.each([
  [{ value: 3600 }, undefined, true],
  [{ value: 1200 }, { units: "seconds", value: 1200 }, true],
  [{ units: "seconds" }, { units: "seconds", value: 3600 }, true],
  [{ value: 1200 }, { units: "seconds", value: 3600 }, false],
  [{ units: null, value: 1200 }, { units: "seconds", value: 1200 }, true],
  [{ units: undefined, value: 1200 }, { value: 1200 }, true],
])("sameValue treats an absent member of a lifetime as its default: %j and %j", (...row) => {
  const [left, right, expected] = row;
  expect(sameValue(field("lifetime", "IkePolicy"), left, right)).toBe(expected);
});

it("sameValue does not sort the caller's list", () => {
  const networks = ["10.3.0.0/24", "10.2.0.0/24"];
  sameValue(field("peerCidrs"), networks, ["10.2.0.0/24"]);
  expect(networks).toEqual(["10.3.0.0/24", "10.2.0.0/24"]);
});

it.each([
  [99, {}],
  [100, { absent: null }],
])(
  "withoutAbsent returns, at %i levels of depth, %j, because no property is as deep",
  (levels, bottom) => {
    let value: unknown = { absent: null };
    for (let i = 0; i < levels; i += 1) value = { next: value };
    let found: unknown = withoutAbsent(value as Values);
    for (let i = 0; i < levels; i += 1) found = (found as Values)["next"];
    expect(found).toEqual(bottom);
  },
);

it("withoutAbsent leaves lists at a hundred levels of depth unchanged", () => {
  const member = { absent: null };
  let value: unknown = member;
  for (let i = 0; i < 99; i += 1) value = [value];
  expect(withoutAbsent({ value })["value"]).toEqual(value);
});

it("sameValue compares damaged values that are not strings, without an error", () => {
  expect(sameValue(field("vpnServiceId"), 5, 5)).toBe(true);
  expect(sameValue(field("vpnServiceId"), 5, 6)).toBe(false);
});

it.each([
  [{}, true],
  [{ action: "hold" }, true],
  [null, false],
  [[], false],
  ["hold", false],
])("isPlainObject(%j) is %s", (value, expected) => {
  expect(isPlainObject(value)).toBe(expected);
});
