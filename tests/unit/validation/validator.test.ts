import { formatPath, validator } from "../../../provider/validation/validator";

let ids = 0;

/** The name of another schema, since a name is compiled once. */
const newId = (): string => `tested${(ids += 1)}`;

/** The failures of a value, with their paths. */
function reasons(schema: object, value: unknown): string[] {
  return validator({ $id: newId(), ...schema })(value).map(
    ({ path, reason }) => `${formatPath(path)}: ${reason}`,
  );
}

const text = (keywords: object) => ({
  type: "object",
  properties: { x: { type: "string", ...keywords } },
});

it("validator: reports no failure for a valid value", () => {
  expect(reasons(text({ minLength: 1 }), { x: "a" })).toEqual([]);
});

it.each([
  ["one of a list", { enum: ["a", "b"] }, "c", "must be one of a, b"],
  ["no shorter than one", { minLength: 1 }, "", "must not be empty"],
  ["no shorter than more", { minLength: 3 }, "a", "must have at least 3 characters"],
  ["no longer", { maxLength: 1 }, "ab", "must have at most 1 characters"],
  [
    "without whitespace at its ends",
    { pattern: "^\\S$" },
    " ",
    "must not start or end with whitespace",
  ],
])("validator: reports that a string must be %s", (_what, keywords, value, reason) => {
  expect(reasons(text(keywords), { x: value })).toEqual([`x: ${reason}`]);
});

it.each([
  ["uuid", "an id such as 41bfef97-af4e-4f6b-a5d3-4678859d2485"],
  ["ipv4", "an IPv4 address such as 203.0.113.1"],
  ["host", "an IPv4 address, an IPv6 address or a host name"],
  [
    "peer-id",
    "an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or a distinguished name such as C=DE, O=Acme, CN=gw",
  ],
  ["k5-peer-id", "an IPv4 or IPv6 address, an e-mail address, a key id or an FQDN"],
  ["cidr", "a network as <address>/<prefix>, such as 10.2.0.0/24"],
  ["network", "a network as <network address>/<prefix> without host bits, such as 10.2.0.0/24"],
  ["duration", "a duration such as 90s, 10m or 1h30m"],
])("validator: describes the format %s", (format, right) => {
  expect(reasons(text({ format }), { x: "not / right" })).toEqual([`x: must be ${right}`]);
});

it.each([
  [null, "null"],
  [1, "a number"],
  [1.5, "a fraction"],
  [Infinity, "a number that is not finite"],
  [true, "a boolean"],
  [[], "an array"],
  [{}, "an object"],
])("validator: names the type of %j instead of a string", (value, kind) => {
  expect(reasons(text({}), { x: value })).toEqual([`x: must be a string, got ${kind}`]);
});

it("validator: reports that a fraction is not an integer", () => {
  expect(reasons({ type: "integer" }, 1.5)).toEqual([": must be an integer, got a fraction"]);
});

it("validator: reports the bounds of a number", () => {
  const schema = { type: "integer", minimum: 1, maximum: 5 };
  expect([0, 6].flatMap((value) => reasons(schema, value))).toEqual([
    ": must be at least 1",
    ": must be at most 5",
  ]);
});

it.each([
  [{ minItems: 1 }, [], "must have at least 1 entry"],
  [{ minItems: 2 }, [1], "must have at least 2 entries"],
  [{ maxItems: 1 }, [1, 2], "must have at most 1 entry, got 2"],
  [{ maxItems: 2 }, [1, 2, 3], "must have at most 2 entries, got 3"],
])("validator: reports the bounds of a list: %j", (bounds, value, reason) => {
  expect(reasons({ type: "array", ...bounds }, value)).toEqual([`: ${reason}`]);
});

it("validator: names the two equal entries of a set", () => {
  const schema = { type: "array", items: { type: "string" }, uniqueItems: true };
  expect(reasons(schema, ["a", "b", "a"])).toEqual([
    ": must not hold the same value twice (entries 0 and 2, counted from 0)",
  ]);
});

it("validator: names two equal entries in their order, also for objects", () => {
  const schema = { type: "array", uniqueItems: true };
  expect(reasons(schema, [{ a: 1 }, {}, { a: 1 }])).toEqual([
    ": must not hold the same value twice (entries 0 and 2, counted from 0)",
  ]);
});

it("validator: reports a violation of any other keyword as an invalid value", () => {
  expect(reasons({ const: 5 }, 4)).toEqual([": is invalid"]);
});

it("validator: refuses a schema with an unknown keyword, because a typing error would check nothing", () => {
  expect(() => reasons({ type: "string", minLenght: 1 }, "")).toThrow("minLenght");
});

it.each(["x", "-"])("validator: refuses an id with %s before or after it", (more) => {
  const id = "41bfef97-af4e-4f6b-a5d3-4678859d2485";
  for (const value of [more + id, id + more]) {
    expect(reasons(text({ format: "uuid" }), { x: value })).toHaveLength(1);
  }
});

it("validator: names missing and unexpected properties by their whole path", () => {
  const part = { type: "object", properties: { a: {} }, required: ["a"] };
  const schema = {
    type: "object",
    properties: { dpd: { ...part, additionalProperties: false } },
  };
  expect(reasons(schema, { dpd: { b: 1 } }).sort()).toEqual([
    "dpd.a: is required",
    "dpd.b: is not an input",
  ]);
});

it("validator: reports all failures at once", () => {
  const schema = { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } };
  expect(reasons(schema, { a: 1, b: 2 })).toHaveLength(2);
});

it("validator: returns the value and the keyword for the caller's decision", () => {
  expect(validator({ $id: newId(), ...text({}) })({ x: 5 })).toEqual([
    expect.objectContaining({ path: ["x"], value: 5, keyword: "type" }),
  ]);
});

it("validator: keeps slashes and tildes of a name unchanged", () => {
  const properties = { "a/b~c": { type: "string" } };
  const schema = { $id: newId(), type: "object", properties };
  expect(validator(schema)({ "a/b~c": 1 })[0]?.path).toEqual(["a/b~c"]);
});

it.each([
  [["dpd", "timeout"], "dpd.timeout"],
  [["peerCidrs", "0"], "peerCidrs[0]"],
  [["a", "10", "b"], "a[10].b"],
  [["psk"], "psk"],
  [[], ""],
  [["10"], "10"],
  [["a", "v1"], "a.v1"],
  [["a", "1st"], "a.1st"],
  [["peer id"], '"peer id"'],
  [["a", " b"], 'a." b"'],
  [["a", "b "], 'a."b "'],
  [["x".repeat(64)], "x".repeat(64)],
  [["x".repeat(65)], `"${"x".repeat(61)}..."`],
  [[` ${"x".repeat(63)}`], `" ${"x".repeat(63)}"`],
  [[` ${"x".repeat(64)}`], `" ${"x".repeat(60)}..."`],
])("formatPath writes the path %j as %j", (path, written) => {
  expect(formatPath(path)).toBe(written);
});
