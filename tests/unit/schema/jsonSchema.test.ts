import { argumentSchemaOf, inputSchemaOf } from "../../../provider/schema/jsonSchema";
import type { Values } from "../../../provider/schema/resourceType";
import { KINDS_OF_DIALECTS } from "../support/kinds";

let k5: Values;
let neutron: Values;

beforeEach(() => {
  k5 = inputSchemaOf("IpsecSiteConnection", "k5");
  neutron = inputSchemaOf("IpsecSiteConnection", "neutron");
});

const property = (schema: Values, name: string) => (schema["properties"] as Values)[name] as Values;

describe("inputSchemaOf", () => {
  it("requires additional inputs of K5 in the k5 dialect only", () => {
    expect(k5["required"]).toContain("peerCidrs");
    expect(neutron["required"]).not.toContain("peerCidrs");
    expect(inputSchemaOf("VpnService", "k5")["required"]).toEqual(["routerId", "subnetId"]);
    expect(inputSchemaOf("VpnService", "neutron")["required"]).toEqual(["routerId"]);
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

  it("describes an object, by a name for the type and dialect", () => {
    expect(k5).toMatchObject({ $id: "IpsecSiteConnection_k5", type: "object" });
    expect(inputSchemaOf("EndpointGroup", "neutron").$id).toBe("EndpointGroup_neutron");
  });

  it("leaves out the inputs that a dialect does not have", () => {
    expect(k5["properties"]).not.toHaveProperty("localEpGroupId");
    expect(neutron["properties"]).toHaveProperty("localEpGroupId");
  });

  it("has the values of an enum, and the members of an object", () => {
    expect(property(neutron, "initiator")["enum"]).toEqual(["bi-directional", "response-only"]);
    expect(property(neutron, "dpd")).toMatchObject({
      type: "object",
      properties: { interval: { type: "integer" }, timeout: { type: "integer" } },
    });
  });

  it("accepts no additional properties", () => {
    expect([k5, neutron, property(k5, "dpd")]).toEqual(
      Array(3).fill(expect.objectContaining({ additionalProperties: false })),
    );
  });

  it.each(KINDS_OF_DIALECTS)(
    "returns for a %s in the %s dialect keywords of JSON Schema only",
    (...row) => {
      const schema = inputSchemaOf(row[0], row[1]);
      expect(JSON.stringify(schema)).not.toMatch(
        /\$ref|"x-|"secret":|"description":\s*"|deprecationMessage|replaceOnChanges/,
      );
    },
  );
});

describe("argumentSchemaOf", () => {
  it("describes the arguments of a function, and accepts no others", () => {
    const schema = argumentSchemaOf("getPeerConfiguration");
    expect(schema).toMatchObject({
      $id: "getPeerConfiguration",
      type: "object",
      required: expect.arrayContaining(["format"]) as unknown,
      additionalProperties: false,
    });
    expect(property(schema, "format")).toMatchObject({ type: "string" });
  });
});
