import type { Values } from "../../../provider/schema/resourceType";
import {
  inputSchemaOf,
  isInDialect,
  resolve,
  RESOURCES,
} from "../../../provider/schema/packageSchema";
import { KINDS, KINDS_OF_DIALECTS } from "../support/kinds";

const connection = RESOURCES["IpsecSiteConnection"];
const [k5, neutron] = [inputSchemaOf(connection, "k5"), inputSchemaOf(connection, "neutron")];
const property = (schema: Values, name: string) => (schema["properties"] as Values)[name] as Values;

it("RESOURCES has every resource type under its name", () => {
  expect(Object.keys(RESOURCES)).toEqual([...KINDS, "ConnectionsReady", "PreSharedKey"]);
});

it("resolve replaces a reference by its type and keeps the other members", () => {
  const resolved = resolve({ $ref: "#/types/vpnaas:index:Initiator", default: "bi-directional" });
  expect(resolved).toMatchObject({ type: "string", default: "bi-directional" });
  expect(resolved.enum).toHaveLength(2);
});

it("resolve leaves a property without a reference unchanged", () => {
  expect(resolve({ type: "string" })).toEqual({ type: "string" });
});

it.each([
  [{}, true],
  [{ "x-k5": false }, false],
  [{ "x-k5": { maxItems: 1 } }, true],
  [{ "x-neutron": false }, true],
])("isInDialect of %j in the k5 dialect is %s", (one, expected) => {
  expect(isInDialect(one, "k5")).toBe(expected);
});

describe("inputSchemaOf", () => {
  it("requires additional inputs of K5 in the k5 dialect only", () => {
    const service = RESOURCES["VpnService"];
    expect(k5["required"]).toContain("peerCidrs");
    expect(neutron["required"]).not.toContain("peerCidrs");
    expect(inputSchemaOf(service, "k5")["required"]).toEqual(["routerId", "subnetId"]);
    expect(inputSchemaOf(service, "neutron")["required"]).toEqual(["routerId"]);
  });

  it("has the narrower bounds of K5 in the k5 dialect only", () => {
    expect(property(k5, "peerCidrs")).toMatchObject({ maxItems: 1, items: { format: "network" } });
    expect(property(neutron, "peerCidrs")).toMatchObject({ items: { format: "cidr" } });
    expect(property(neutron, "peerCidrs")).not.toHaveProperty("maxItems");
  });

  it("narrows an enum for K5, also in a member of an object", () => {
    const action = (schema: Values) => property(property(schema, "dpd"), "action")["enum"];
    expect(action(k5)).toEqual(["hold", "restart"]);
    expect(action(neutron)).toHaveLength(5);
  });

  it("accepts no additional properties", () => {
    expect([k5, neutron, property(k5, "dpd")]).toEqual(
      Array(3).fill(expect.objectContaining({ additionalProperties: false })),
    );
  });

  it.each(KINDS_OF_DIALECTS)(
    "returns for a %s in the %s dialect keywords of JSON Schema only",
    (...row) => {
      const schema = inputSchemaOf(RESOURCES[row[0]], row[1]);
      expect(JSON.stringify(schema)).not.toMatch(
        /\$ref|"x-|"secret":|"description":\s*"|deprecationMessage|replaceOnChanges/,
      );
    },
  );
});
