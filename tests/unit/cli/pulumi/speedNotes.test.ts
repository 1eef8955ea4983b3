import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { speedNotes, type RunConditions } from "../../../../cli/pulumi/speedNotes";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-speed-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** The notes on a machine on which nothing else can be improved. */
const notes = (conditions: Partial<RunConditions> = {}) =>
  speedNotes({
    folder,
    env: { NODE_COMPILE_CACHE: "/cache" },
    node: "22.18.0",
    resources: 10,
    ...conditions,
  });

const TYPESCRIPT = {
  "Pulumi.yaml": "name: p\nruntime: nodejs\n",
  "index.ts": "",
  "tsconfig.json": '{ "compilerOptions": { "strict": true } }',
};

const JAVASCRIPT = { "Pulumi.yaml": TYPESCRIPT["Pulumi.yaml"], "index.js": "" };

describe("notes on the speed of a program in TypeScript", () => {
  const CHECK = [expect.stringContaining("ts-node checks the types")];

  it("name the type check of ts-node and its replacement", () => {
    write(TYPESCRIPT);
    expect(notes()).toEqual(CHECK);
    expect(notes()[0]).toMatch(/PULUMI_NODEJS_TRANSPILE_ONLY=true.*tsc --noEmit/);
  });

  it("find the program in the folder that `main` names", () => {
    write({
      "Pulumi.yaml": "name: p\nruntime: nodejs\nmain: src/index.ts\n",
      "src/index.ts": "",
    });
    expect(notes()).toEqual(CHECK);
  });

  it.each([
    ["the variable of Pulumi's SDK", {}, { PULUMI_NODEJS_TRANSPILE_ONLY: "true" }],
    [
      "noCheck in tsconfig.json",
      { "tsconfig.json": '{ "compilerOptions": { /* fast */ "noCheck": true } }' },
      {},
    ],
    [
      "noCheck in the file that Pulumi.yaml names",
      {
        "Pulumi.yaml":
          "name: p\nruntime:\n  name: nodejs\n  options:\n    tsconfig: tsconfig.run.json\n",
        "tsconfig.run.json": '{ "compilerOptions": { "noCheck": true } }',
      },
      {},
    ],
    [
      "a program that is built before the run",
      { "Pulumi.yaml": "name: p\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n" },
      {},
    ],
  ])("are empty with %s", (_case, files, env) => {
    write({ ...TYPESCRIPT, ...files });
    expect(notes({ env: { NODE_COMPILE_CACHE: "/cache", ...env } })).toEqual([]);
  });
});

describe("notes on the speed of a program in JavaScript", () => {
  beforeEach(() => write(JAVASCRIPT));

  it("are empty on a new Node.js with a cache of compiled code", () => {
    expect(notes()).toEqual([]);
  });

  it.each(["20.20.2", "22.0.0"])("name Node.js %s, which cannot keep compiled code", (node) => {
    expect(notes({ node })).toEqual([expect.stringContaining(`Node.js ${node} compiles`)]);
  });

  it("name the variable for a cache of compiled code if it is not set", () => {
    expect(notes({ env: {} })).toEqual([expect.stringContaining("Set NODE_COMPILE_CACHE")]);
  });

  it("name the checkpoints of a state with hundreds of resources", () => {
    expect(notes({ resources: 299 })).toEqual([]);
    expect(notes({ resources: 300 })).toEqual([
      expect.stringMatching(/has 300 resources.*PULUMI_DIY_BACKEND_ZSTD=true/),
    ]);
  });

  it.each(["PULUMI_DIY_BACKEND_ZSTD", "PULUMI_DIY_BACKEND_GZIP", "PULUMI_SKIP_CHECKPOINTS"])(
    "are silent about checkpoints with %s",
    (name) => {
      const env = { NODE_COMPILE_CACHE: "/cache", [name]: "true" };
      expect(notes({ resources: 300, env })).toEqual([]);
    },
  );

  it("are silent about the checkpoints of a state of unknown size", () => {
    expect(notes({ resources: undefined })).toEqual([]);
  });
});

describe("notes on the speed of other programs", () => {
  it.each([
    ["without Pulumi.yaml", {}],
    ["in another language", { "Pulumi.yaml": "name: p\nruntime: yaml\n" }],
    ["whose Pulumi.yaml is invalid", { "Pulumi.yaml": "name: [" }],
    ["whose Pulumi.yaml is empty", { "Pulumi.yaml": "" }],
  ])("are empty for a program %s", (_case, files) => {
    write(files);
    expect(notes({ env: {}, node: "20.20.2", resources: 900 })).toEqual([]);
  });
});
