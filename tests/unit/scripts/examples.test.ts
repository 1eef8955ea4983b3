import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

const ROOT = path.join(__dirname, "..", "..", "..");
const folderOf = (example: string) => path.join(ROOT, "examples", example);

const programs = readdirSync(path.join(ROOT, "examples")).filter((name) =>
  existsSync(path.join(folderOf(name), "index.ts")),
);

it.each(programs)("the example %s compiles with its own tsconfig.json", (example) => {
  const file = path.join(folderOf(example), "tsconfig.json");
  const { config, error } = ts.readConfigFile(file, (name) => ts.sys.readFile(name));
  expect(error).toBeUndefined();
  const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    folderOf(example),
    // The repository in place of its installation.
    { noEmit: true, resolveJsonModule: true, esModuleInterop: true, paths: PATHS },
  );
  expect(errors).toEqual([]);
  const program = ts.createProgram(fileNames, options);
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(messages).toEqual([]);
});

const PATHS = { "pulumi-vpnaas": [path.join(ROOT, "sdk", "index.ts")] };

it.each(programs)("the example %s keeps installed and compiled files out of Git", (example) => {
  const ignored = readFileSync(path.join(folderOf(example), ".gitignore"), "utf8").split("\n");
  expect(ignored).toEqual(expect.arrayContaining(["node_modules/", "bin/"]));
});
