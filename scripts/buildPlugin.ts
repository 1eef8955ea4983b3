/**
 * `npm run build:plugin [folder]`: bundles the plugin with its dependencies, and writes one tarball
 * for each platform, which `pulumi plugin install` accepts. All have the same content, which needs Node.js.
 */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { build, type BuildOptions, type Plugin } from "esbuild";

import { version } from "../package.json";
import { noticesOf } from "./notices";
import { SHELL_WRAPPER, WINDOWS_WRAPPER } from "./pluginWrappers";

const ROOT = path.dirname(__dirname);

/** Takes the compiled schemas from dist/, in place of the module that compiles them. */
const compiledSchemas: Plugin = {
  name: "compiled schemas",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]validation[\\/]compile\.ts$/ }, ({ path: source }) => ({
      contents: readFileSync(path.join(ROOT, "dist/provider/validation/compile.js"), "utf8"),
      resolveDir: path.dirname(source),
    }));
  },
};

/** The names that Pulumi gives to operating systems and processors. */
const PLATFORMS = ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64"];

/** The limit of a tarball, in bytes: it is downloaded by every machine that runs a program. */
export const MAX_TARBALL_BYTES = 500_000;

const NODE_BUNDLE = {
  bundle: true,
  minify: true,
  keepNames: true,
  platform: "node",
  target: "node20",
  legalComments: "none",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** Lets esbuild follow the imports from the dependencies of Pulumi's SDK. */
const dependenciesOfPulumi: Plugin = {
  name: "dependencies of @pulumi/pulumi",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]doors[\\/]plugin[\\/]grpc\.ts$/ }, ({ path: file }) => ({
      loader: "ts",
      contents: readFileSync(file, "utf8")
        .replace(/^const requireOfPulumi = .*$/m, "")
        .replaceAll("requireOfPulumi(", "require("),
      resolveDir: path.dirname(require.resolve("@pulumi/pulumi/package.json")),
    }));
  },
};

/** The names of the tarballs, which the engine expects in a release. */
export function tarballNames(): string[] {
  return PLATFORMS.map((platform) => `pulumi-resource-vpnaas-v${version}-${platform}.tar.gz`);
}

/**
 * Writes the tarballs of the plugin into a folder.
 * @throws Error if they are larger than {@link MAX_TARBALL_BYTES}
 */
export async function buildPlugin(folder: string): Promise<void> {
  const content = mkdtempSync(path.join(tmpdir(), "vpnaas-bundle-"));
  try {
    const { metafile } = await build({
      ...NODE_BUNDLE,
      entryPoints: [path.join(ROOT, "provider/doors/plugin/main.ts")],
      outfile: path.join(content, "plugin.cjs"),
      metafile: true,
      plugins: [dependenciesOfPulumi, compiledSchemas],
    });
    await buildStart(content);
    const files = {
      "pulumi-resource-vpnaas": SHELL_WRAPPER,
      "pulumi-resource-vpnaas.cmd": WINDOWS_WRAPPER,
      LICENSE: readFileSync(path.join(ROOT, "LICENSE"), "utf8"),
      "NOTICES.txt": noticesOf(Object.keys(metafile.inputs)),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(content, name), text);
    chmodSync(path.join(content, "pulumi-resource-vpnaas"), 0o755);
    mkdirSync(folder, { recursive: true });
    const [first, ...others] = tarballNames().map((name) => path.join(folder, name));
    execFileSync("tar", ["-czf", first!, "-C", content, ...readdirSync(content)]);
    const { size } = statSync(first!);
    if (size > MAX_TARBALL_BYTES) {
      throw new Error(`The tarball has ${size} bytes, more than ${MAX_TARBALL_BYTES}`);
    }
    for (const other of others) copyFileSync(first!, other);
  } finally {
    rmSync(content, { recursive: true, force: true });
  }
}

/** Writes `start.cjs`, which runs the bundle beside it, into a folder. */
export async function buildStart(folder: string): Promise<void> {
  await build({
    ...NODE_BUNDLE,
    entryPoints: [path.join(__dirname, "startBundle.ts")],
    outfile: path.join(folder, "start.cjs"),
  });
}

if (require.main === module) {
  const folder = path.resolve(process.argv[2] ?? path.join(ROOT, ".cache", "plugin"));
  buildPlugin(folder).then(
    () => console.log(`Wrote ${tarballNames().length} tarballs of the plugin into ${folder}`),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    },
  );
}
