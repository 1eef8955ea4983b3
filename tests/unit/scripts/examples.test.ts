import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { speedNotes } from "../../../cli/pulumi/speedNotes";

const ROOT = path.join(__dirname, "..", "..", "..");
/** The repository in place of its installation. */
const PATHS = { "pulumi-vpnaas": [path.join(ROOT, "sdk", "index.ts")] };

const folderOf = (example: string) => path.join(ROOT, "examples", example);
const programs = readdirSync(path.join(ROOT, "examples")).filter((name) =>
  existsSync(path.join(folderOf(name), "index.ts")),
);

describe("the examples", () => {
  /** Files of libraries, which all examples share: to parse them costs more than to check an example. */
  const parsed = new Map<string, ts.SourceFile | undefined>();

  it.each(programs)("%s compiles with its own tsconfig.json", (example) => {
    const file = path.join(folderOf(example), "tsconfig.json");
    const { config, error } = ts.readConfigFile(file, (name) => ts.sys.readFile(name));
    expect(error).toBeUndefined();
    const { options, fileNames, errors } = ts.parseJsonConfigFileContent(
      config,
      ts.sys,
      folderOf(example),
      { noEmit: true, resolveJsonModule: true, esModuleInterop: true, paths: PATHS },
    );
    expect(errors).toEqual([]);
    const host = ts.createCompilerHost(options);
    const parse = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...rest) => {
      if (!parsed.has(name)) parsed.set(name, parse(name, ...rest));
      return parsed.get(name);
    };
    const program = ts.createProgram(fileNames, options, host);
    const messages = fileNames
      .flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
    expect(messages).toEqual([]);
  });

  it.each(programs)("%s starts without a type check, which it has as a script", (example) => {
    const folder = folderOf(example);
    const conditions = { folder, env: {}, node: "22.18.0", resources: undefined };
    expect(speedNotes(conditions).join()).not.toContain("ts-node");
    const contentOf = (file: string) =>
      JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Record<string, unknown>;
    expect(contentOf("tsconfig.run.json")).toEqual({
      extends: "./tsconfig.json",
      compilerOptions: { noCheck: true },
    });
    expect(contentOf("package.json")["scripts"]).toEqual({ check: "tsc --noEmit" });
  });

  it.each(programs)("%s keeps installed and compiled files out of Git", (example) => {
    const ignored = readFileSync(path.join(folderOf(example), ".gitignore"), "utf8").split("\n");
    expect(ignored).toEqual(expect.arrayContaining(["node_modules/", "bin/"]));
  });
});
