/** Makes the schema that the plugin serves from schema.json. */
import { format } from "prettier";

import manifest from "../package.json";
import { functions } from "./pluginSchema/functions";
import {
  enumName,
  type Part,
  propertiesOf,
  pulumiPart,
  type Resource,
  SCHEMA,
} from "./pluginSchema/parts";
import { downloadUrlOf } from "./pluginSchema/releases";
import { settings } from "./pluginSchema/settings";

/**
 * The whole text of provider/doors/plugin/schema.json. It names the address of the releases as soon as
 * package.json names the repository.
 */
export async function generatePluginSchema(): Promise<string> {
  const { types, resources, name, displayName, version, description, keywords, license } = SCHEMA;
  const schema = {
    name,
    displayName,
    version,
    description,
    keywords,
    license,
    publisher: manifest.name,
    pluginDownloadURL: downloadUrlOf((manifest as { readonly repository?: unknown }).repository),
    config: { variables: settings() },
    provider: {
      description:
        "The provider, with the settings of one cloud. Without one, the stack configuration and OS_* apply.",
      inputProperties: settings(),
    },
    types: Object.fromEntries(Object.entries(types).map(([token, type]) => [token, typeOf(type)])),
    resources: Object.fromEntries(
      Object.entries(resources).map(([token, resource]) => [token, resourceOf(resource)]),
    ),
    functions: functions(),
    language: {
      csharp: {
        respectSchemaVersion: true,
        rootNamespace: "Pulumi",
        namespaces: { vpnaas: "Vpnaas" },
      },
      go: {
        respectSchemaVersion: true,
        generateResourceContainerTypes: true,
        importBasePath: "pulumi-vpnaas/sdks/go/vpnaas",
      },
      java: { basePackage: "com.pulumi", buildFiles: "gradle" },
      nodejs: { respectSchemaVersion: true, packageName: manifest.name },
      python: {
        respectSchemaVersion: true,
        packageName: "pulumi_vpnaas",
        pyproject: { enabled: true },
      },
    },
  };
  return format(JSON.stringify(schema), { parser: "json", printWidth: 100 });
}

function typeOf(type: Part): Part {
  const properties = type["properties"] as Readonly<Record<string, Part>> | undefined;
  const values = type["enum"] as readonly Part[] | undefined;
  return {
    ...pulumiPart(type),
    ...(properties && { properties: propertiesOf(properties) }),
    ...(values && {
      enum: values.map((one) => ({ name: enumName(String(one["value"])), ...one })),
    }),
  };
}

/** Outputs that are inputs have the inputs' descriptions. */
function resourceOf(resource: Resource): Part {
  const { inputProperties, properties } = resource;
  const outputs = Object.entries(properties).map(([name, one]) => {
    const { description, secret } = inputProperties[name] ?? {};
    return [
      name,
      {
        ...(description !== undefined && { description }),
        ...(secret === true && { secret }),
        ...one,
      },
    ] as const;
  });
  return {
    ...pulumiPart(resource),
    required: resource["required"],
    inputProperties: propertiesOf(inputProperties),
    properties: propertiesOf(Object.fromEntries(outputs)),
  };
}
