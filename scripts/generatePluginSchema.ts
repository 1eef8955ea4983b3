/** Makes the schema that the plugin serves from schema.json. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { format } from "prettier";

import { ARGUMENT_NAMES, SECRET_ARGUMENTS } from "../provider/config/providerArguments";
import { SPELLINGS } from "../provider/config/settingNames";
import { foundFields } from "../provider/lifecycle/operations/lookup";
import { allCloudResourceTypes, cloudResourceType } from "../provider/schema/resourceType";

/** Any part of a schema. */
type Part = Readonly<Record<string, unknown>>;

interface Resource extends Part {
  readonly inputProperties: Readonly<Record<string, Part>>;
  readonly properties: Readonly<Record<string, Part>>;
}

interface PackageSchema extends Part {
  readonly types: Readonly<Record<string, Part>>;
  readonly resources: Readonly<Record<string, Resource>>;
}

const REPOSITORY = path.dirname(__dirname);
const SCHEMA = JSON.parse(
  readFileSync(path.join(REPOSITORY, "schema.json"), "utf8"),
) as PackageSchema;

/** Keywords of JSON Schema that Pulumi's schema does not have; generators ignore them. */
const FOREIGN =
  /^(?:x-.*|format|pattern|minLength|maxLength|minimum|maximum|minItems|maxItems|uniqueItems|required)$/;

/** Descriptions of the settings; the page docs/guides/authentication.md has all of them. */
const SETTINGS: Readonly<Record<string, string>> = {
  cloud: "Entry of clouds.yaml with the location and the login.",
  dialect: "API of the cloud: `k5` (default) or `neutron`.",
  onDrift:
    "Treatment of properties that somebody else changed: `report` (default), `correct` or `fail`.",
  preflight:
    "Treatment of values that the cloud would refuse, in a preview: `on` (fail, default), `warn` or `off`.",
  maxConcurrency: "Number of requests to one cloud that may be in flight at once.",
  logLevel: "Amount of output: `info` (default) or `debug`.",
  insecure: "Whether server certificates are not verified.",
  cacert: "File with the certificates of trusted authorities, in PEM format.",
  endpoint: "Network endpoint, instead of that of the catalog.",
  authUrl: "URL of Keystone.",
};

/** The whole text of provider/doors/plugin/schema.json. */
export async function generatePluginSchema(): Promise<string> {
  const { types, resources, name, displayName, version, description, keywords, license } = SCHEMA;
  const functions = allCloudResourceTypes().map(({ kind }) => functionOf(kind));
  const schema = {
    name,
    displayName,
    version,
    description,
    keywords,
    license,
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
    functions: Object.fromEntries(functions),
    language: {
      csharp: { respectSchemaVersion: true, rootNamespace: "Pulumi" },
      go: {
        respectSchemaVersion: true,
        generateResourceContainerTypes: true,
        importBasePath: "pulumi-vpnaas/sdks/go/vpnaas",
      },
      nodejs: { respectSchemaVersion: true },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
    },
  };
  return format(JSON.stringify(schema), { parser: "json", printWidth: 100 });
}

function settings(): Readonly<Record<string, Part>> {
  return Object.fromEntries(
    ARGUMENT_NAMES.map((name) => [
      name,
      {
        type: "string",
        description: descriptionOfSetting(name),
        ...(SECRET_ARGUMENTS.has(name) && { secret: true }),
      },
    ]),
  );
}

function descriptionOfSetting(name: (typeof ARGUMENT_NAMES)[number]): string {
  const [variable] = name === "cloud" ? ["OS_CLOUD"] : SPELLINGS[name].env;
  const source = variable === undefined ? "" : ` \`${variable}\` in the environment.`;
  return `${SETTINGS[name] ?? `The setting \`vpnaas:${name}\` of a login.`}${source}`;
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

/**
 * Generated classes would send a default, which the dialect of the cloud may refuse: the provider fills it
 * in, so only the description names it.
 */
function propertiesOf(properties: Readonly<Record<string, Part>>): Readonly<Record<string, Part>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, pulumiPart(withDescribedDefault(one))]),
  );
}

function withDescribedDefault({ default: value, ...part }: Part): Part {
  const description = (part["description"] as string | undefined) ?? "";
  const isDescribed = value === undefined || value === "" || /Default/.test(description);
  return isDescribed
    ? part
    : { ...part, description: `${description} Default: \`${JSON.stringify(value)}\`.`.trim() };
}

function pulumiPart(part: Part): Part {
  return Object.fromEntries(
    Object.entries(part)
      .filter(([keyword]) => !FOREIGN.test(keyword))
      .map(([keyword, value]) => [
        keyword,
        keyword === "items" ? pulumiPart(value as Part) : value,
      ]),
  );
}

/** A name for generators, such as `Aes128Gcm16` for `aes-128-gcm-16`. */
function enumName(value: string): string {
  return value
    .split(/[-_ ]/)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");
}

/** The lookup of a type, as Pulumi's `invoke` calls it. */
function functionOf(kind: Parameters<typeof cloudResourceType>[0]): readonly [string, Part] {
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
