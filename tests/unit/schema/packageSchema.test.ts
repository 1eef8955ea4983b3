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

it("has every resource under its kind", () => {
  expect(Object.keys(RESOURCES)).toEqual([...KINDS, "ConnectionsReady"]);
});

it("puts in the place of a reference what is referred to, and keeps what stands beside it", () => {
  const resolved = resolve({ $ref: "#/types/vpnaas:index:Initiator", default: "bi-directional" });
  expect(resolved).toMatchObject({ type: "string", default: "bi-directional" });
  expect(resolved.enum).toHaveLength(2);
});

it("leaves a property without a reference as it is", () => {
  expect(resolve({ type: "string" })).toEqual({ type: "string" });
});

it.each([
  [{}, true],
  [{ "x-k5": false }, false],
  [{ "x-k5": { maxItems: 1 } }, true],
  [{ "x-neutron": false }, true],
])("tells whether %j is in the k5 dialect: %s", (one, expected) => {
  expect(isInDialect(one, "k5")).toBe(expected);
});

describe("the schema of the inputs", () => {
  it("asks in the k5 dialect only for what K5 needs beyond the API", () => {
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

  it("narrows an enumeration for K5, in a part of an object too", () => {
    const action = (schema: Values) => property(property(schema, "dpd"), "action")["enum"];
    expect(action(k5)).toEqual(["hold", "restart"]);
    expect(action(neutron)).toHaveLength(5);
  });

  it("takes nothing that it does not name", () => {
    expect([k5, neutron, property(k5, "dpd")]).toEqual(
      Array(3).fill(expect.objectContaining({ additionalProperties: false })),
    );
  });

  it.each(KINDS_OF_DIALECTS)(
    "of a %s in the %s dialect has JSON Schema's words alone",
    (...row) => {
      const schema = inputSchemaOf(RESOURCES[row[0]], row[1]);
      expect(JSON.stringify(schema)).not.toMatch(
        /\$ref|"x-|"secret":|"description":\s*"|deprecationMessage|replaceOnChanges/,
      );
    },
  );
});
