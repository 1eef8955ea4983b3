import { createRequire } from "node:module";
import { compileFunction } from "node:vm";

import type { ValidateFunction } from "ajv";
import fc from "fast-check";

import { allSchemas, compiledSchemas } from "../../../provider/schema/compiledSchemas";
import { compile } from "../../../provider/validation/compile";
import * as formats from "../../../provider/validation/formats";
import type { NamedSchema } from "../../../provider/validation/namedSchema";
import { anyInputs, validInputs, wildInputs } from "../support/arbitraries";
import { KINDS_OF_DIALECTS } from "../support/kinds";
import { seed } from "../support/seed";

const built = (() => {
  const exports = {} as { compile(schema: NamedSchema): ValidateFunction };
  const load = createRequire(__filename);
  const requireFormats = (name: string): unknown => (name === "./formats" ? formats : load(name));
  const run = compileFunction(compiledSchemas(), ["exports", "require"]) as (
    ...args: readonly unknown[]
  ) => void;
  run(exports, requireFormats);
  return exports;
})();

/** As text: the compiled code has objects of another realm, which differ from all others. */
const errorsOf = (validate: ValidateFunction, value: unknown) => {
  validate(value);
  return JSON.stringify(validate.errors);
};

describe("the validators that the build compiles", () => {
  it.each(allSchemas().map((schema) => [schema.$id, schema] as const))(
    "report for %s the same about a value of every kind",
    (_name, schema) => {
      const values = [undefined, null, 1, "text", [], {}, { name: 5 }, { unknown: true }];
      expect(values.map((value) => errorsOf(built.compile(schema), value))).toEqual(
        values.map((value) => errorsOf(compile(schema), value)),
      );
    },
  );

  it.each(KINDS_OF_DIALECTS)(
    "report the same about any inputs of a %s in the %s dialect",
    (kind, dialect) => {
      const schema = allSchemas().find(({ $id }) => $id === `${kind}_${dialect}`)!;
      const [compiled, fresh] = [built.compile(schema), compile(schema)];
      fc.assert(
        fc.property(
          fc.oneof(validInputs(kind, dialect), anyInputs, wildInputs),
          (inputs) => errorsOf(compiled, inputs) === errorsOf(fresh, inputs),
        ),
        { numRuns: 200, seed },
      );
    },
  );
});
