import { _ } from "ajv";
import standaloneCode from "ajv/dist/standalone";

import { newAjv } from "../validation/compile";
import type { NamedSchema } from "../validation/namedSchema";
import { argumentSchemaOf } from "./jsonSchema";
import { lookupSchemaOf } from "./lookupSchema";
import { allCloudResourceTypes, allResourceTypes } from "./resourceType";

/** Every schema that the provider validates with. */
export function allSchemas(): readonly NamedSchema[] {
  return [
    ...allResourceTypes().flatMap(({ inputSchema }) => [inputSchema.k5, inputSchema.neutron]),
    ...allCloudResourceTypes().map(lookupSchemaOf),
    argumentSchemaOf("getPeerConfiguration"),
  ];
}

/** The code of validation/compile.js in dist/: its `compile` knows {@link allSchemas} alone. Only the build calls it. */
export function compiledSchemas(): string {
  const ajv = newAjv({ source: true, formats: _`require("./formats").FORMAT_TESTS` });
  const names = allSchemas().map((schema) => {
    ajv.addSchema(schema);
    return schema.$id;
  });
  return `${standaloneCode(ajv, Object.fromEntries(names.map((name) => [name, name])))}
const validators = { ...exports };
exports.compile = ({ $id }) => validators[$id];
`;
}
