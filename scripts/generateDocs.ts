/**
 * Fills the parts of README.md between `<!-- table:X -->` or `<!-- example:X -->` and
 * `<!-- end -->`: the arguments and outputs of a resource from schema.json, and the program of an
 * example.
 */
import { readFileSync } from "node:fs";
import path from "node:path";

import { definitionOf, type Field } from "../provider/lifecycle/definition";

const ROOT = path.dirname(__dirname);

/** The whole text of README.md as it should be. */
export function generateReadme(): string {
  const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
  return readme.replace(
    /(<!-- (table|example):(\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin: string, kind: string, name: string, end: string) =>
      `${begin}\n${kind === "table" ? table(name) : program(name)}\n\n${end}`,
  );
}

function program(example: string): string {
  const text = readFileSync(path.join(ROOT, "examples", example, "index.ts"), "utf8");
  return `\`\`\`ts\n${text}\`\`\``;
}

function table(kind: string): string {
  const { fields } = definitionOf(kind as "IpsecSiteConnection");
  const inputs = fields.filter((field) => field.input.k5 || field.input.neutron);
  const outputs = fields.filter((field) => field.output && !inputs.includes(field));
  return [
    "| argument | default | meaning |",
    "| --- | --- | --- |",
    ...inputs.map((field) => `| \`${field.name}\` | ${defaultText(field)} | ${meaning(field)} |`),
    "",
    "Every argument is an output as well, and there are:",
    "",
    "| output | meaning |",
    "| --- | --- |",
    "| `id` | Id of the object in the cloud. |",
    ...outputs.map((field) => `| \`${field.name}\` | ${meaning(field)} |`),
  ].join("\n");
}

function defaultText(field: Field): string {
  if (field.required) return "required";
  return field.default === undefined ? "" : `\`${JSON.stringify(field.default)}\``;
}

function meaning(field: Field): string {
  const note = field.createOnly ? " **A change replaces it.**" : "";
  return `${field.description}${note}`.replaceAll("|", "\\|");
}
