import { readFileSync } from "node:fs";
import path from "node:path";

import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";

import { jsonOf } from "../../../../cli/drift/render/json";
import { allCloudResourceTypes } from "../../../../provider/schema/resourceType";
import { anyReport } from "../../support/anyReport";
import { reportWith, resource, sample } from "../../support/reports";

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(
  readFileSync(
    path.join(__dirname, "..", "..", "..", "..", "docs", "reference", "drift-report.schema.json"),
    "utf8",
  ),
) as Schema;
const { $defs: definitions = {} } = schema;
const isValid = new Ajv2020({ strict: true }).compile(schema);

/** The violations of the schema in a document, each with its path. */
function faultsOf(document: unknown): string[] {
  isValid(document);
  return (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const parsed = (): Record<string, unknown> => JSON.parse(jsonOf(sample)) as Record<string, unknown>;

it("the JSON report has version 1, the counts and every part of the report", () => {
  expect(parsed()).toEqual({
    ...sample,
    version: 1,
    summary: {
      verdicts: { inStep: 8, drifted: 2, failed: 1, gone: 1, notRead: 1 },
      unmanaged: 2,
      tunnels: { ACTIVE: 3, DOWN: 3, ERROR: 1, PENDING_UPDATE: 1 },
    },
  });
});

it("the JSON report matches its schema", () => {
  expect(faultsOf(parsed())).toEqual([]);
});

it("the JSON form of any report matches its schema", () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      expect(faultsOf(JSON.parse(jsonOf(report)))).toEqual([]);
    }),
  );
});

/** Every object within a document whose members its schema lists, with that schema. */
function objectsIn(value: unknown, { $ref, ...own }: Schema): [Record<string, unknown>, Schema][] {
  const its = $ref === undefined ? own : definitions[$ref.replace("#/$defs/", "")]!;
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, its.items ?? {}));
  if (its.properties === undefined) return [];
  const object = value as Record<string, unknown>;
  const members = Object.entries(object).flatMap(([name, member]) =>
    objectsIn(member, its.properties![name]!),
  );
  return [[object, its], ...members];
}

it("the schema refuses a JSON report that lacks any required property", () => {
  const document = parsed();
  const accepted = objectsIn(document, schema).flatMap(([object, { required = [] }]) =>
    required.filter((name) => {
      const { [name]: value } = object;
      Reflect.deleteProperty(object, name);
      const isAccepted = faultsOf(document).length === 0;
      object[name] = value;
      return isAccepted;
    }),
  );
  expect(accepted).toEqual([]);
  expect(faultsOf(document)).toEqual([]);
});

it("the schema refuses a JSON report with an unknown property in any object", () => {
  const document = parsed();
  const accepted = objectsIn(document, schema).filter(([object]) => {
    object["unheardOf"] = 1;
    const isAccepted = faultsOf(document).length === 0;
    delete object["unheardOf"];
    return isAccepted;
  });
  expect(accepted).toEqual([]);
});

it("the schema of the JSON report describes every property", () => {
  const all = [schema, ...Object.values(definitions)].flatMap(({ properties = {} }) => [
    ...Object.entries(properties),
    ...Object.values(properties).flatMap((one) => Object.entries(one.properties ?? {})),
  ]);
  expect(all.filter(([, { description }]) => !description)).toEqual([]);
});

it("the schema of the JSON report lists every resource type", () => {
  expect(definitions["kind"]!.enum).toEqual(allCloudResourceTypes().map(({ kind }) => kind));
});

it("the JSON report escapes control characters and keeps the data unchanged", () => {
  const name = "\u009b2J\x7f\u202e\u{e0041}";
  const report = reportWith({ resources: [resource({ name, cloudName: name })] });
  const json = jsonOf(report);
  expect(json).toContain('"cloudName": "\\u009b2J\\u007f\\u202e\\udb40\\udc41"');
  expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(JSON.parse(json)).toMatchObject({ resources: [{ cloudName: name }] });
});
