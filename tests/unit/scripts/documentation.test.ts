import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import ts from "typescript";

import { allResourceTypes } from "../../../provider/schema/resourceType";
import { pageOf } from "../../../scripts/generateDocs";

const ROOT = path.join(__dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

it("the documentation shows programs that compile", () => {
  const written = [
    "README.md",
    "docs/reference/peer.md",
    ...allResourceTypes().map(({ kind }) => pageOf(kind)),
  ];
  const blocks = written.flatMap((page) =>
    [...read(page).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = ""]) => [page, code]),
  );
  const programs = new Map(
    blocks.map(([page, code = ""], i) => [
      path.join(ROOT, `${String(page).replaceAll("/", "-")}-${i}.ts`),
      code.includes("import ") ? code : `import * as vpnaas from "pulumi-vpnaas";\n${code}`,
    ]),
  );
  programs.set(
    path.join(ROOT, "what-blocks-leave-out.ts"),
    `type Sdk = typeof import("pulumi-vpnaas");
     declare global {
       const service: InstanceType<Sdk["VpnService"]>;
       const ike: InstanceType<Sdk["IkePolicy"]>;
       const ipsec: InstanceType<Sdk["IpsecPolicy"]>;
       const key: InstanceType<Sdk["PreSharedKey"]>;
       const office: InstanceType<Sdk["IpsecSiteConnection"]>;
       const config: import("@pulumi/pulumi").Config;
     }
     export {};`,
  );
  expect(blocks.length).toBeGreaterThan(written.length - 1);
  expect(complaintsAbout(programs)).toEqual([]);
});

it("the programs for another Neutron compile", () => {
  const names = ["pulumi", "pulumi-rich"];
  const programs = names.map((name): [string, string] => [
    path.join(ROOT, `${name}.ts`),
    read(`tests/fixtures/peer/${name}.txt`),
  ]);
  expect(complaintsAbout(new Map(programs))).toEqual([]);
});

function complaintsAbout(programs: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    paths: { "pulumi-vpnaas": [path.join(ROOT, "sdk", "index.ts")] },
    resolveJsonModule: true,
    esModuleInterop: true,
  };
  const usual = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...usual,
    fileExists: (file) => programs.has(path.normalize(file)) || usual.fileExists(file),
    getSourceFile: (file, language, ...rest) => {
      const text = programs.get(path.normalize(file));
      return text === undefined
        ? usual.getSourceFile(file, language, ...rest)
        : ts.createSourceFile(file, text, language);
    },
  };
  const program = ts.createProgram([...programs.keys()], options, host);
  return [...programs.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`),
  );
}

const isBuilt = (file: string): boolean => /(^|\/)(node_modules|dist|\.cache)\//.test(file);
const pages = [".", "bench", "docs", "examples", "tests", ".github"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: folder !== ".", encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !isBuilt(name))
    .map((name) => path.join(folder, name)),
);

/** A page without its code, in which brackets have another meaning. */
const proseOf = (page: string): string =>
  read(page)
    .replace(/^```[\s\S]*?^```/gm, "")
    .replace(/`[^`\n]*`/g, "code");

it.each(pages)("%s links only to files and headings that exist", (page) => {
  const links = [...proseOf(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?/g)];
  const broken = links.filter(([, file = "", anchor]) => {
    const target = file === "" ? path.join(ROOT, page) : path.join(ROOT, path.dirname(page), file);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
  });
  expect(broken.map(([whole]) => whole)).toEqual([]);
});

it.each(pages)("%s writes each link inline, so that the test of links finds it", (page) => {
  expect(proseOf(page)).not.toMatch(/^\[[^\]]+\]: |(href|src)="|\]\[/m);
});

it("the index of the documentation names every page", () => {
  const named = [...read("docs/README.md").matchAll(/\]\(([^)#]+)\)/g)].map(([, link = ""]) =>
    path.join("docs", link),
  );
  const below = pages.filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
  expect(below.filter((page) => !named.includes(page))).toEqual([]);
});

/** The anchors that GitHub derives from headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
}
