import { expressions, type Language, type Notation } from "./language";

const notation: Notation = {
  literal: (value) => JSON.stringify(value),
  enum: (_type, _member, value) => JSON.stringify(value),
  output: (resource, output) => `${resource}.${output}`,
  list: (items) => `[${items.join(", ")}]`,
  object: (_type, members) => `{ ${members.map(([name, one]) => `${name}: ${one}`).join(", ")} }`,
};

export const typescript: Language = {
  title: "TypeScript",
  fence: "ts",
  declare: (examples) =>
    examples
      .map((example) => {
        const args = expressions(notation, example).map(([name, one]) => `  ${name}: ${one},\n`);
        const { name, kind } = example;
        return `const ${name} = new vpnaas.${kind}("${name}", {\n${args.join("")}});\n`;
      })
      .join(""),
};
