import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { firstUsable, usualPlaces } from "../../../scripts/engine";

let root: string;
let said: string[];
const path = process.env["PATH"];
const log = (line: string): void => void said.push(line);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "engine test "));
  said = [];
  process.env["PATH"] = "/bin";
});

afterEach(() => {
  process.env["PATH"] = path;
  rmSync(root, { recursive: true, force: true });
});

/** Creates a folder with a `pulumi` that runs the line of shell, and the other programs, empty. */
function engineIn(
  folder: string,
  line: string,
  others = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
): string {
  const bin = join(root, folder);
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${line}\n`);
  chmodSync(join(bin, "pulumi"), 0o755);
  for (const name of others) writeFileSync(join(bin, name), "");
  return bin;
}

describe("the first usable engine", () => {
  it("is returned with its version and its place", async () => {
    const good = engineIn("good", "echo v3.300.1");
    const engine = await firstUsable([{ bin: good, found: "on PATH" }], log);
    expect(engine).toEqual({ bin: good, version: "v3.300.1", found: "on PATH" });
    expect(said).toEqual([]);
  });

  it.each([
    ["is too old", "echo v3.215.9", "v3.215.9 is older than 3.216.0"],
    ["prints no version", "true", "it prints no version"],
    ["fails", "exit 3", "`pulumi version` fails"],
  ])("is not one that %s, which is reported in one line", async (_case, line, reason) => {
    const places = [
      { bin: engineIn("bad", line), found: "on PATH" },
      { bin: engineIn("good", "echo v3.216.0"), found: "in ~/.pulumi/bin" },
    ];
    expect(await firstUsable(places, log)).toMatchObject({ found: "in ~/.pulumi/bin" });
    expect(said).toEqual([`Passing over the pulumi on PATH: ${reason}`]);
  });

  it("is not one without the language host", async () => {
    const bin = engineIn("alone", "echo v3.300.0", ["pulumi-resource-pulumi-nodejs"]);
    expect(await firstUsable([{ bin, found: "on PATH" }], log)).toBeUndefined();
    expect(said.join()).toBe("Passing over the pulumi on PATH: pulumi-language-nodejs is missing");
  });

  it("is found at the target of a link", async () => {
    const real = engineIn("real", "echo v3.300.0");
    mkdirSync(join(root, "links"));
    symlinkSync(join(real, "pulumi"), join(root, "links", "pulumi"));
    const engine = await firstUsable([{ bin: join(root, "links"), found: "on PATH" }], log);
    expect(engine?.bin).toBe(real);
  });
});

describe("the usual places of an engine", () => {
  it("are PATH, ~/.pulumi/bin, the versions from new to old, then the project's cache", () => {
    const onPath = engineIn("path", "true");
    engineIn("home/.pulumi/bin", "true");
    engineIn("home/.pulumi/versions/3.99.0/bin", "true");
    engineIn("home/.pulumi/versions/3.240.0/bin", "true");
    engineIn("cache/official/bin", "true");
    const env = { HOME: join(root, "home"), PATH: [join(root, "empty"), onPath].join(delimiter) };
    const places = usualPlaces(env, join(root, "cache"));
    expect(places.map(({ found }) => found)).toEqual([
      "on PATH",
      "in ~/.pulumi/bin",
      "in ~/.pulumi/versions/3.240.0",
      "in ~/.pulumi/versions/3.99.0",
      "installed in .cache/engine",
    ]);
  });

  it("are empty without any pulumi", () => {
    expect(usualPlaces({ HOME: root, PATH: "" }, join(root, "cache"))).toEqual([]);
  });
});
