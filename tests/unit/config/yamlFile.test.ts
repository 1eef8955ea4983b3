import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findYamlFile, readYamlFile } from "../../../provider/config/yamlFile";
import { ConfigurationError } from "../../../provider/errors";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-yaml-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Writes a file into the folder. */
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const contentOf = (text: string) => readYamlFile(file("a.yaml", text))?.content;

function errorOf(path: string): string {
  try {
    readYamlFile(path);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

describe("a YAML file", () => {
  it("has every value as the file writes it, without the types of YAML", () => {
    const text = "{verify: no, password: 0123, project: 1e10, token: ~, user: }";
    const strings = { verify: "no", password: "0123", project: "1e10" };
    expect(contentOf(text)).toEqual({ ...strings, token: null, user: null });
  });

  it("may have anchors and merge keys", () => {
    const content = contentOf("a: &a {region: one}\nb: {<<: *a, verify: no}");
    expect(content).toMatchObject({ b: { region: "one", verify: "no" } });
  });

  it.each(["", "canary", "# canary"])("is empty if it contains no map: %p", (text) => {
    expect(contentOf(text)).toEqual({});
  });

  it.each([
    ["that does not exist", "absent.yaml"],
    ["below another file", "a.yaml/b.yaml"],
  ])("%s is undefined", (_what, name) => {
    file("a.yaml", "");
    expect(readYamlFile(join(folder, name))).toBeUndefined();
  });

  it("is found with the extension yaml before yml", () => {
    const short = file("clouds.yml", "");
    expect(findYamlFile([folder], "clouds")?.path).toBe(short);
    const long = file("clouds.yaml", "");
    expect(findYamlFile([join(folder, "absent"), folder], "clouds")?.path).toBe(long);
  });
});

describe("an error about an unusable YAML file", () => {
  it("names the path if it is a folder", () => {
    expect(errorOf(folder)).toBe(`${folder} cannot be read (EISDIR).`);
  });

  it.each([
    ["an open quote", 'clouds:\n  lab: {auth: {password: "canary}}\n', /see line 3/],
    ["an alias of nothing", "clouds:\n  lab: {auth: {password: *canary}}\n", /see line 2/],
    ["a reserved sign", "clouds:\n\n  lab: {auth: {password: `canary}}\n", /see line 3/],
    ["a key that comes twice", "clouds:\n  lab: {}\n  lab: {}\n", /see line 3/],
    ["a merge of no map", "a: &a canary\nclouds: {lab: {<<: *a}}\n", /a merge key/],
  ])("names the line of %s and shows nothing of the content", (_what, text, where) => {
    const path = file("a.yaml", text);
    const message = errorOf(path);
    expect(message).toContain(`${path} is not valid YAML`);
    expect(message).toMatch(where);
    expect(message).not.toContain("canary");
  });
});
