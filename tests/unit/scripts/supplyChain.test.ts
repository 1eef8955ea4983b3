import { readFileSync } from "node:fs";
import path from "node:path";

import { runtimePackages } from "../../../scripts/licenses";

const ROOT = path.join(__dirname, "..", "..", "..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};
const lock = JSON.parse(read("package-lock.json")) as {
  lockfileVersion: number;
  packages: Record<string, { version: string; integrity?: string; resolved?: string }>;
};
const locked = Object.entries(lock.packages).filter(([folder]) => folder !== "");

describe("package.json", () => {
  it("names one exact version of each dependency", () => {
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    const exact = /^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+$/;
    expect(all.filter(([, version]) => !exact.test(version))).toEqual([]);
  });

  it("has no script that runs at the installation of the package", () => {
    for (const name of ["preinstall", "install", "postinstall", "prepare"]) {
      expect(manifest.scripts).not.toHaveProperty(name);
    }
  });
});

describe("the lock file", () => {
  it("has a strong checksum of every package", () => {
    const weak = locked.filter(([, { integrity }]) => !/^sha512-\S{86}==$/.test(integrity ?? ""));
    expect(weak.map(([folder]) => folder)).toEqual([]);
    expect(locked.length).toBeGreaterThan(runtimePackages().length);
  });

  it("names no host, so that every registry serves it", () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(read(".npmrc").split("\n")).toContain("omit-lockfile-registry-resolved=true");
  });

  it("has the versions of package.json", () => {
    const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    for (const [name, version] of named) {
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([
        name,
        version.split("@").at(-1),
      ]);
    }
  });
});

it("no runtime dependency runs a script at its installation", () => {
  expect(runtimePackages().filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
});
