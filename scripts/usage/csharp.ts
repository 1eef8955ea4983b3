import { capitalized, expressions, type Language, type Notation } from "./language";

const notation: Notation = {
  literal: (value) => JSON.stringify(value),
  enum: (type, member) => `Vpnaas.${type}.${member}`,
  output: (resource, output) => `${resource}.${capitalized(output)}`,
  list: (items) => `{ ${items.join(", ")} }`,
  object: (type, members) =>
    `new Vpnaas.Inputs.${type}Args { ${members.map(([name, one]) => `${capitalized(name)} = ${one}`).join(", ")} }`,
};

export const csharp: Language = {
  title: "C#",
  fence: "csharp",
  declare: (examples) =>
    examples
      .map((example) => {
        const args = expressions(notation, example).map(
          ([name, one]) => `    ${capitalized(name)} = ${one},\n`,
        );
        const { name, kind } = example;
        return `var ${name} = new Vpnaas.${kind}("${name}", new()\n{\n${args.join("")}});\n`;
      })
      .join(""),
};
