import { Ajv, type CodeOptions, type ValidateFunction } from "ajv";

import { FORMAT_TESTS } from "./formats";
import type { NamedSchema } from "./namedSchema";

let shared: Ajv | undefined;

/**
 * Compiles a schema, once for each `$id`. The build puts the code that ajv makes of every schema in the place of this
 * module (`compiledSchemas`), so that no process spends time on it.
 */
export function compile(schema: NamedSchema): ValidateFunction {
  shared ??= newAjv();
  return shared.getSchema(schema.$id) ?? shared.compile(schema);
}

/** An ajv with the formats of schema.json. */
export function newAjv(code: CodeOptions = {}): Ajv {
  return new Ajv({
    allErrors: true,
    strict: true,
    verbose: true,
    // `validator` writes its own.
    messages: false,
    formats: FORMAT_TESTS,
    code,
  });
}
