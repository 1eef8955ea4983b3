/**
 * Fills the generated parts of the documentation. Each stands between a marker and `<!-- end -->`:
 * `<!-- example:NAME -->` the program of an example, `<!-- resources -->` a line for each kind,
 * `<!-- usage:KIND -->` its example in each language, `<!-- reference:KIND -->` its arguments, outputs and types. The
 * rest is written by hand.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { allResourceTypes, type Field, type ResourceType } from "../provider/schema/resourceType";
import {
  RESOURCES,
  resolve,
  type EnumValue,
  type Property,
} from "../provider/schema/packageSchema";
import { LANGUAGES } from "./usage";
import { examplesOf } from "./usage/examples";

const ROOT = path.dirname(__dirname);

/** A resource as far as only people read it. */
type Described = (typeof RESOURCES)[ResourceType["kind"]] & { readonly description: string };

/** Every page with generated parts as it should be, by its path below the root. */
export function generateDocs(): Record<string, string> {
  const pages = ["README.md", ...allResourceTypes().map(({ kind }) => pageOf(kind))];
  return Object.fromEntries(pages.map((page) => [page, fill(textOf(page))]));
}

/** The page of a kind, such as `docs/reference/resources/vpnService.md`. */
export function pageOf(kind: string): string {
  return `docs/reference/resources/${kind[0]!.toLowerCase()}${kind.slice(1)}.md`;
}

/** A page with its generated parts renewed. */
export function fill(text: string): string {
  return text.replace(
    /(<!-- (example|resources|usage|reference)(?::(\w+))? -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin: string, what: keyof typeof PARTS, name: string, end: string) =>
      `${begin}\n${PARTS[what](name)}\n\n${end}`,
  );
}

const PARTS = { example, resources, usage, reference };

/** A kind that is new begins with its generated parts alone. */
function textOf(page: string): string {
  const file = path.join(ROOT, page);
  if (existsSync(file)) return readFileSync(file, "utf8");
  const { kind } = allResourceTypes().find((one) => pageOf(one.kind) === page)!;
  const { description } = RESOURCES[kind] as Described;
  return `# ${kind}\n\n${description}\n\n<!-- usage:${kind} -->\n<!-- end -->\n\n<!-- reference:${kind} -->\n<!-- end -->\n`;
}

function example(name: string): string {
  const text = readFileSync(path.join(ROOT, "examples", name, "index.ts"), "utf8");
  return `\`\`\`ts\n${text}\`\`\``;
}

function resources(): string {
  const lines = allResourceTypes().map(({ kind }) => {
    // The path in the API is for the kind's own page.
    const what = (RESOURCES[kind] as Described).description.replace(/ \(`\/.*?`\)/, "");
    return `| [${kind}](${pageOf(kind)}) | ${what} |`;
  });
  return ["| resource | description |", "| --- | --- |", ...lines].join("\n");
}

const LANGUAGES_NOTE =
  "All languages but TypeScript need the [plugin](../../guides/plugin.md). Tests run the YAML and the Python, compile the Go, and compare the names of the C#, which they do not compile.";

/** The example of a kind; all languages but the first one are folded. */
function usage(kind: string): string {
  const examples = examplesOf(kind as ResourceType["kind"]);
  const [first, ...others] = LANGUAGES.map(({ title, fence, declare }) => ({
    title,
    code: `\`\`\`${fence}\n${declare(examples)}\`\`\``,
  }));
  const folded = others.map(
    ({ title, code }) => `<details><summary>${title}</summary>\n\n${code}\n\n</details>`,
  );
  return [first!.code, ...folded, LANGUAGES_NOTE].join("\n\n");
}

function reference(kind: string): string {
  const definition = allResourceTypes().find((one) => one.kind === kind)!;
  const { inputProperties, properties, "x-virtual": isVirtual } = RESOURCES[definition.kind];
  const inputs = definition.fields.filter(({ name }) => name in inputProperties);
  const outputs = definition.fields.filter(({ name }) => !(name in inputProperties));
  return [
    "## Arguments",
    table(
      ["argument", "type", "default", "meaning"],
      inputs.map((field) => [
        `\`${field.name}\``,
        typeText(inputProperties[field.name]!),
        defaultText(definition, field),
        meaning(field),
      ]),
    ),
    "## Outputs",
    "Every argument is an output as well, and there are:",
    table(
      ["output", "type", "meaning"],
      [
        ["`id`", "string", isVirtual ? "Id in the state." : "Id of the object in the cloud."],
        ...outputs.map((field) => [
          `\`${field.name}\``,
          typeText(properties[field.name]!),
          meaning(field),
        ]),
      ],
    ),
    "## Types",
    ...Object.values(inputProperties).flatMap(typeSections),
  ].join("\n\n");
}

/** The types that a property refers to, directly or indirectly. */
function typeSections(property: Property): string[] {
  if (property.$ref === undefined) return [];
  const { description } = resolve({ $ref: property.$ref });
  const { properties, enum: values } = resolve(property);
  const title = [`### ${nameOf(property.$ref)}`, String(description)];
  if (properties === undefined)
    return [...title, valueList(values as EnumValue[]), ...k5Values(property)];
  const parts = Object.entries(properties);
  const rows = parts.map(([name, part]) => [
    `\`${name}\``,
    typeText(part),
    code(part.default),
    String(part["description"]),
  ]);
  return [
    ...title,
    table(["part", "type", "default", "meaning"], rows),
    ...parts.flatMap(([, part]) => typeSections(part)),
  ];
}

/** A line for each value with something to be said, and one for those between. */
function valueList(values: readonly EnumValue[]): string {
  const lines: string[] = [];
  let isPlain = false;
  for (const { value, description, deprecationMessage } of values) {
    const warning = deprecationMessage && `**Warned about:** ${deprecationMessage}`;
    const note = [description, warning].filter((text) => text !== undefined).join(" ");
    if (note === "" && isPlain) lines.push(`${lines.pop()!}, \`${value}\``);
    else lines.push(`- \`${value}\`${note === "" ? "" : `: ${note}`}`);
    isPlain = note === "";
  }
  return lines.join("\n");
}

function k5Values(property: Property): string[] {
  const narrower = property["x-k5"] as { enum?: string[] } | undefined;
  return narrower?.enum === undefined ? [] : [`In \`k5\`: ${narrower.enum.map(code).join(", ")}.`];
}

function typeText(property: Property): string {
  if (property.$ref !== undefined) {
    const name = nameOf(property.$ref);
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (property.items !== undefined) return `${typeText(property.items)}[]`;
  const values = property["additionalProperties"] as Property | undefined;
  return values === undefined ? property.type! : `map of ${typeText(values)}`;
}

function defaultText({ inputSchema }: ResourceType, field: Field): string {
  if (field.required) return "required";
  const required = inputSchema.k5["required"] as readonly string[];
  return required.includes(field.name) ? "required in `k5`" : code(field.default);
}

function code(value: unknown): string {
  if (value === undefined) return "";
  return `\`${typeof value === "string" && value !== "" ? value : JSON.stringify(value)}\``;
}

function meaning(field: Field): string {
  return `${field.description}${field.createOnly ? " **A change replaces it.**" : ""}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function nameOf(token: string): string {
  return token.split(":").at(-1)!;
}
