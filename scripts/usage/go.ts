import type { Example } from "./examples";
import { capitalized, expressions, indented, type Language, type Notation } from "./language";

const TYPES = { string: "String", number: "Int", boolean: "Bool" } as const;

const notation: Notation = {
  literal: (value) =>
    `pulumi.${TYPES[typeof value as keyof typeof TYPES]}(${JSON.stringify(value)})`,
  enum: (type, member) => `vpnaas.${type}${member}`,
  output: (resource, output) =>
    output === "id" ? `${resource}.ID()` : `${resource}.${capitalized(output)}`,
  list: (items) => `pulumi.StringArray{${items.join(", ")}}`,
  object: (type, members) =>
    `&vpnaas.${type}Args{${members.map(([name, one]) => `${capitalized(name)}: ${one}`).join(", ")}}`,
};

export const go: Language = {
  title: "Go",
  fence: "go",
  declare: (examples) => declarations(examples, () => true),
};

/** A whole program; Go refuses a variable that is not used. */
export function goProgram(examples: readonly Example[]): string {
  const used = JSON.stringify(examples.map(({ properties }) => properties));
  const isUsed = ({ name }: Example): boolean => used.includes(`"resource":"${name}"`);
  return PROGRAM.replace("BODY\n", () => indented(declarations(examples, isUsed), "\t\t"));
}

const PROGRAM = `package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-vpnaas/sdks/go/vpnaas"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
BODY
		return nil
	})
}
`;

function declarations(examples: readonly Example[], isUsed: (example: Example) => boolean): string {
  return examples
    .map((example) => {
      const members = expressions(notation, example);
      const width = Math.max(...members.map(([name]) => name.length)) + 2;
      const args = members.map(
        ([name, one]) => `\t${`${capitalized(name)}:`.padEnd(width)}${one},\n`,
      );
      const { name, kind } = example;
      const result = isUsed(example) ? `${name}, err := ` : "_, err = ";
      const head = `${result}vpnaas.New${kind}(ctx, "${name}", &vpnaas.${kind}Args{`;
      return `${head}\n${args.join("")}})\nif err != nil {\n\treturn err\n}\n`;
    })
    .join("");
}
