import type { NamedSchema } from "../validation/namedSchema";
import type { Values } from "../values";
import type { CloudResourceType } from "./resourceType";

/**
 * The JSON Schema of the arguments of a lookup. Filters have the bounds of inputs; pure outputs may be any
 * string.
 */
export function lookupSchemaOf({ kind, filters, inputSchema }: CloudResourceType): NamedSchema {
  const inputs = inputSchema.neutron["properties"] as Values;
  const ofInputs = [...filters, "cloud"].map((name) => [name, inputs[name] ?? { type: "string" }]);
  return {
    $id: `get${kind}`,
    type: "object",
    properties: {
      id: { type: "string", format: "uuid" },
      ...(Object.fromEntries(ofInputs) as Values),
    },
    additionalProperties: false,
  };
}
