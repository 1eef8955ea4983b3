import { foundFields } from "../../provider/lifecycle/operations/lookup";
import { allCloudResourceTypes, cloudResourceType } from "../../provider/schema/resourceType";
import {
  type FunctionPart,
  type ObjectPart,
  type Part,
  propertiesOf,
  pulumiPart,
  SCHEMA,
} from "./parts";

/** The functions that the plugin serves: the lookup of each type, and those of schema.json. */
export function functions(): Readonly<Record<string, Part>> {
  const lookups = allCloudResourceTypes().map(({ kind }) => lookupOf(kind));
  const others = Object.entries(SCHEMA.functions).map(
    ([token, one]) => [token, functionOf(one)] as const,
  );
  return Object.fromEntries([...lookups, ...others]);
}

/** A function of schema.json. */
function functionOf({ inputs, outputs, ...one }: FunctionPart): Part {
  return { ...one, inputs: objectOf(inputs), outputs: objectOf(outputs) };
}

function objectOf(one: ObjectPart): Part {
  return { ...one, properties: propertiesOf(one.properties) };
}

/** The lookup of a type, as Pulumi's `invoke` calls it. */
function lookupOf(kind: Parameters<typeof cloudResourceType>[0]): readonly [string, Part] {
  const definition = cloudResourceType(kind);
  const { inputProperties, properties } = SCHEMA.resources[`vpnaas:index:${kind}`]!;
  const schemaOf = (name: string) => {
    const { description } = inputProperties[name] ?? properties[name]!;
    const { $ref, type, items } = properties[name] ?? inputProperties[name]!;
    return pulumiPart({
      ...($ref === undefined ? { type } : { $ref }),
      ...(items !== undefined && { items }),
      description,
    });
  };
  const id = { type: "string", description: "Id of the object." };
  const pick = (names: readonly string[]) => ({
    id,
    ...Object.fromEntries(names.map((name) => [name, schemaOf(name)])),
  });
  return [
    `vpnaas:index:get${kind}`,
    {
      description: `Looks up the one ${kind} with an id, or with those properties.`,
      inputs: { type: "object", properties: pick([...definition.filters, "cloud"]) },
      outputs: {
        type: "object",
        properties: pick(foundFields(definition).map(({ name }) => name)),
        required: ["id"],
      },
    },
  ];
}
