import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

import type { DoorName } from "./doors";

const repository = resolve(__dirname, "..", "..", "..");
/**
 * The links in node_modules. The package has its own folder, like one that npm installs: with a link to the
 * repository, Pulumi's language host searches all of it for plugins at every command, .cache included.
 */
const linked = {
  "pulumi-vpnaas/dist": join(repository, "dist"),
  "pulumi-vpnaas/package.json": join(repository, "package.json"),
  ".bin/pulumi-vpnaas": join(repository, "dist/cli/main.js"),
  ".bin/pulumi-resource-vpnaas": join(repository, "dist/provider/doors/plugin/main.js"),
  "@pulumi/pulumi": join(repository, "node_modules", "@pulumi", "pulumi"),
  typescript: join(repository, "node_modules", "typescript"),
};

/** The folder of a stack's program below its temporary folder. */
export function programIn(root: string): string {
  return join(root, "program");
}

/** A plugin of a project, which the engine finds in a folder. */
export interface Plugin {
  readonly kind: "languages" | "providers";
  readonly name: string;
  readonly path: string;
}

/** Where a project finds the plugin of its npm package, as docs/guides/plugin.md says. */
const OWN_PLUGIN: Plugin = { kind: "providers", name: "vpnaas", path: "node_modules/.bin" };

/**
 * Creates a temporary folder with a HOME, a home of Pulumi, a folder for states and a copy of a program
 * that finds the built dist/ of this repository as `pulumi-vpnaas`, and reaches the provider through a door.
 */
export function makeStackFolder(
  program: string,
  { door, plugins = [] }: { door: DoorName; plugins?: readonly Plugin[] },
): string {
  const root = mkdtempSync(join(tmpdir(), "vpnaas-stack-"));
  try {
    for (const folder of ["home", "pulumi", "state"]) mkdirSync(join(root, folder));
    const copy = programIn(root);
    cpSync(program, copy, {
      recursive: true,
      filter: (file) => basename(file) !== "node_modules",
    });
    // Without a package.json the engine warns at every run.
    const manifest = join(copy, "package.json");
    if (!existsSync(manifest)) writeFileSync(manifest, "{}");
    for (const [name, target] of Object.entries(linked)) {
      const link = join(copy, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(target, link, statSync(target).isDirectory() ? "junction" : "file");
    }
    if (door === "plugin") importPlugin(copy);
    addPlugins(copy, door === "plugin" ? [OWN_PLUGIN].concat(plugins) : plugins);
    return root;
  } catch (error) {
    rmSync(root, { recursive: true, force: true });
    throw error;
  }
}

function addPlugins(program: string, plugins: readonly Plugin[]): void {
  if (plugins.length === 0) return;
  const kinds = [...new Set(plugins.map(({ kind }) => kind))];
  const lines = kinds.flatMap((kind) => [
    `  ${kind}:`,
    ...plugins
      .filter((plugin) => plugin.kind === kind)
      .map(({ name, path }) => `    - { name: ${name}, path: ${path} }`),
  ]);
  appendFileSync(join(program, "Pulumi.yaml"), `\nplugins:\n${lines.join("\n")}\n`);
}

/** Makes the program in a folder import the classes of the plugin instead of dynamic resources. */
export function importPlugin(program: string): void {
  for (const file of readdirSync(program).filter((name) => /\.(js|ts)$/.test(name))) {
    const text = readFileSync(join(program, file), "utf8");
    const moved = text.replaceAll('"pulumi-vpnaas"', '"pulumi-vpnaas/plugin"');
    writeFileSync(join(program, file), moved);
  }
}

/** Copies a stack's temporary folder; the returned functions restore its content, and delete the copy. */
export function saveFolder(root: string): { restore: () => void; discard: () => void } {
  const copy = `${root}-saved`;
  const options = { recursive: true, verbatimSymlinks: true };
  cpSync(root, copy, options);
  return {
    restore: () => {
      removeFolder(root);
      cpSync(copy, root, options);
    },
    discard: () => removeFolder(copy),
  };
}

/** Removes a folder, although a process that has just been killed may still write to it. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
