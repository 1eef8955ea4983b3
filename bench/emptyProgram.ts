import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { RunResult } from "../tests/support/harness/child";
import { TestStack } from "../tests/support/harness/stack";
import { childrenCpuSeconds } from "./childrenCpu";
import { DOORS, LANGUAGES, type Language, type ProgramStart } from "./model";
import { median } from "./summary";
import type { Tool } from "./tool";

/** The entries that a program may import, besides Pulumi's SDK. */
const ENTRIES = { sdk: undefined, dynamic: "pulumi-vpnaas", plugin: "pulumi-vpnaas/plugin" };

const TSCONFIG = { target: "ES2022", module: "node16", strict: true, skipLibCheck: true };

/** A stack without resources, whose program is in JavaScript: no program of Pulumi ends sooner. */
export async function emptyTool(): Promise<Tool> {
  const stack = await emptyStack("javascript", "sdk");
  const any = { expect: "any" } as const;
  return {
    isEmpty: true,
    commands: {
      create: () => stack.up([], any),
      refresh: () => stack.refresh(["--preview-only", "--expect-no-changes"], any),
      // The outputs of the stack are the only change.
      preview: () => stack.preview(["--refresh"], any),
      destroy: () => stack.destroy([], any),
      change: () => stack.up([], any),
    },
    dispose: () => stack.dispose(),
  };
}

async function emptyStack(
  language: Language,
  imports: ProgramStart["imports"],
): Promise<TestStack> {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-empty-"));
  try {
    const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
    write("Pulumi.yaml", "name: empty\nruntime: nodejs\n");
    write("package.json", "{}");
    write("tsconfig.json", JSON.stringify({ compilerOptions: TSCONFIG, files: ["index.ts"] }));
    const modules = ["@pulumi/pulumi", ENTRIES[imports]].filter((name) => name !== undefined);
    const isScript = language === "javascript";
    const lines = modules.map((name, i) =>
      isScript ? `require("${name}");` : `import * as module${i} from "${name}";`,
    );
    const names = modules.map((_name, i) => `module${i}`).join(", ");
    // Without a use the compiler would leave out the imports.
    const use = isScript ? [] : [`void [${names}];`];
    write(isScript ? "index.js" : "index.ts", [...lines, ...use, ""].join("\n"));
    return await TestStack.create({ program: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Previews every empty program `rounds` times, in turns; `say` receives a line for each. */
export async function measurePrograms(
  rounds: number,
  say: (line: string) => void,
): Promise<ProgramStart[]> {
  const kinds = LANGUAGES.flatMap((language) =>
    (["sdk", ...DOORS] as const).map((imports) => ({ language, imports })),
  );
  const runs = new Map(kinds.map((kind) => [kind, [] as Pick<Run, "seconds" | "cpu">[]]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of kinds) {
      const { seconds, cpu } = await previewOf(kind);
      runs.get(kind)!.push({ seconds, cpu });
      say(`empty program, ${kind.language}, ${kind.imports}: ${seconds.toFixed(1)} s`);
    }
  }
  return kinds.map((kind) => {
    const all = runs.get(kind)!;
    const cpus = all.map(({ cpu }) => cpu).filter((cpu) => cpu !== undefined);
    const cpuSeconds = cpus.length > 0 ? { cpuSeconds: median(cpus) } : {};
    return { ...kind, seconds: median(all.map(({ seconds }) => seconds)), ...cpuSeconds };
  });
}

type Run = RunResult & { readonly cpu: number | undefined };

async function previewOf({
  language,
  imports,
}: Pick<ProgramStart, "language" | "imports">): Promise<Run> {
  const stack = await emptyStack(language, imports);
  try {
    // ts-node keeps its results in the folder for temporary files; a program that has just changed has none.
    const temporary = join(dirname(stack.directory), "tmp");
    mkdirSync(temporary);
    stack.setEnv({
      TMPDIR: temporary,
      PULUMI_NODEJS_TRANSPILE_ONLY: String(language === "transpiled"),
    });
    const before = childrenCpuSeconds();
    const run = await stack.preview([]);
    const after = childrenCpuSeconds();
    const cpu = before === undefined || after === undefined ? undefined : after - before;
    return { ...run, cpu };
  } finally {
    await stack.dispose();
  }
}
