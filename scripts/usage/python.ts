import type { Example } from "./examples";
import { capitalized, expressions, type Language, type Notation } from "./language";

const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`);

/** A member of an enumeration, such as `AES_XCBC` for `AesXcbc`. */
const constant = (member: string): string =>
  member.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();

const notation: Notation = {
  literal: (value) =>
    typeof value === "boolean" ? capitalized(String(value)) : JSON.stringify(value),
  enum: (type, member) => `vpnaas.${type}.${constant(member)}`,
  output: (resource, output) => `${resource}.${snakeCase(output)}`,
  list: (items) => `[${items.join(", ")}]`,
  object: (_type, members) =>
    `{${members.map(([name, one]) => `"${snakeCase(name)}": ${one}`).join(", ")}}`,
};

export const python: Language = {
  title: "Python",
  fence: "python",
  declare: (examples) =>
    examples
      .map((example) => {
        const args = expressions(notation, example).map(
          ([name, one]) => `    ${snakeCase(name)}=${one},\n`,
        );
        const { name, kind } = example;
        return `${name} = vpnaas.${kind}(\n    "${name}",\n${args.join("")})\n`;
      })
      .join(""),
};

/** A whole program. */
export function pythonProgram(examples: readonly Example[]): string {
  return `import pulumi_vpnaas as vpnaas\n\n${python.declare(examples)}`;
}
