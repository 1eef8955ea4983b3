/** A project of a user of the package: empty at first, and outside this repository. */
import { mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";

import { loginOf, simulatedCloud } from "../support/harness/cloud";
import { TestStack } from "../support/harness/stack";
import type { Cell } from "./cells";
import { engineBin, nodeBin, pnpmBin, run } from "./machine";

/** The result of a cell. */
export interface Outcome {
  /** The program's exports. */
  readonly exported: Readonly<Record<string, unknown>>;
  /** The number of objects of each kind in the cloud after `up`, and after `destroy`. */
  readonly made: Readonly<Record<string, number>>;
  readonly left: Readonly<Record<string, number>>;
}

/**
 * Runs a cell from an empty folder to an empty cloud: installation, compilation, `up`, a preview without
 * changes, `destroy`.
 * @throws Error with the output of a command if it fails
 */
export async function runCell(cell: Cell, tarball: string): Promise<Outcome> {
  const cloud = await simulatedCloud({ pendingMs: 100 });
  await cloud.clear();
  const { routerId, subnetId } = cloud.fixture;
  const stack = await TestStack.create({
    program: join(__dirname, "program"),
    config: { "vpnaas:dialect": "neutron", routerId, subnetId },
    secretConfig: { psk: "a pre-shared key" },
  });
  const counts = async () => {
    const found = Object.entries(await cloud.objects());
    return Object.fromEntries(found.map(([kind, objects]) => [kind, objects.length]));
  };
  try {
    const path = [await nodeBin(cell.node), ...(cell.manager === "pnpm" ? [await pnpmBin()] : [])];
    await prepare(stack, cell, { tarball, path });
    const PATH = [await engineBin(), ...path, process.env["PATH"]].join(delimiter);
    stack.setEnv({
      ...loginOf(cloud),
      PATH,
      PULUMI_NODEJS_TRANSPILE_ONLY: "",
      ...(cell.program === "ESM, tsx" && { NODE_OPTIONS: "--import tsx" }),
    });
    await stack.up();
    const made = await counts();
    const { stdout } = await stack.run(["stack", "output", "--json", "--stack", "test"]);
    await stack.preview(["--expect-no-changes"]);
    await stack.destroy();
    return {
      exported: JSON.parse(stdout) as Outcome["exported"],
      made,
      left: await counts(),
    };
  } finally {
    await stack.dispose();
    await cloud.stop();
  }
}

interface Means {
  readonly tarball: string;
  /** The folders of the cell's Node and package manager. */
  readonly path: readonly string[];
}

async function prepare(stack: TestStack, cell: Cell, { tarball, path }: Means): Promise<void> {
  const { directory } = stack;
  rmSync(join(directory, "node_modules"), { recursive: true });
  for (const [name, content] of Object.entries(filesOf(cell))) {
    stack.write(name, JSON.stringify(content, undefined, 2));
  }
  const sdk = `@pulumi/pulumi@${cell.pulumi}`;
  let source = tarball;
  if (cell.place === "linked") {
    const elsewhere = join(directory, "..", "elsewhere");
    mkdirSync(elsewhere);
    stack.write("../elsewhere/package.json", JSON.stringify({ name: "elsewhere", private: true }));
    await install(cell, elsewhere, path, [tarball, sdk]);
    const link = cell.manager === "npm" ? "file:" : "link:";
    source = `${link}../elsewhere/node_modules/pulumi-vpnaas`;
  }
  await install(cell, directory, path, [
    source,
    sdk,
    `typescript@${cell.typescript}`,
    `@types/node@${cell.node}`,
    ...(RUNNERS[cell.program] ?? []),
  ]);
  await run(directory, path, ["node", "node_modules/typescript/bin/tsc", "-p", "."]);
}

/** Packages that run a program, if Pulumi alone does not. */
const RUNNERS: Partial<Record<Cell["program"], string[]>> = {
  "ESM, ts-node": ["ts-node@10.9.2"],
  "ESM, tsx": ["tsx@4.23.15"],
};

async function install(
  { manager }: Cell,
  directory: string,
  path: readonly string[],
  packages: readonly string[],
): Promise<void> {
  // The SDK's protobufjs has an optional script after its installation.
  const command = {
    npm: ["install", "--no-audit", "--no-fund"],
    pnpm: ["add", "--config.strict-dep-builds=false"],
  }[manager];
  await run(directory, path, [manager, ...command, ...packages]);
}

/** The configuration files of each kind of program. */
function filesOf({ program, typescript }: Cell): Record<string, unknown> {
  const isModule = program !== "CommonJS";
  const isCompiled = program === "ESM, compiled";
  // The options of Pulumi's own template, which TypeScript 6 no longer accepts.
  const old = { target: "ES2020", module: "commonjs", moduleResolution: "node" };
  const modern = { target: "ES2022", module: "nodenext", moduleResolution: "nodenext" };
  return {
    "package.json": {
      name: "program",
      private: true,
      ...(isModule && { type: "module" }),
      main: isCompiled ? "dist/index.js" : "index.ts",
    },
    "tsconfig.json": {
      compilerOptions: {
        ...(!isModule && typescript.startsWith("5.") ? old : modern),
        strict: true,
        skipLibCheck: false,
        types: ["node"],
        ...(isCompiled ? { rootDir: ".", outDir: "dist" } : { noEmit: true }),
      },
      files: ["index.ts"],
    },
  };
}
