import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import packageSchema from "../../../provider/doors/plugin/schema.json";
import { csharp } from "../../../scripts/usage/csharp";
import { allExamples } from "../../../scripts/usage/examples";
import { buildHost } from "../../../tools/engine/languageHost";
import { type CsharpTypes, namesIn, typesIn, unknownNames } from "../../support/harness/csharp";
import { programOf } from "../../support/harness/pagePrograms";
import { describeWithHost } from "../../support/harness/requires";

const repository = resolve(__dirname, "..", "..", "..");
const SCHEMA = join(repository, "provider", "doors", "plugin", "schema.json");
const PROGRAM = programOf("plugin", "csharp");

/** The generator is built once, which takes minutes. */
const BUILD_MS = 900_000;

/** The last part of a token, as C# writes it. */
const nameOf = (token: string): string => capitalized(token.split(":").at(-1)!);
const capitalized = (name: string): string => `${name[0]!.toUpperCase()}${name.slice(1)}`;

// The registry of .NET's packages is not available to every machine, so nothing is compiled.
describeWithHost("the generated SDK for .NET", () => {
  let folder: string;
  let types: CsharpTypes;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "vpnaas-dotnet-"));
    const generator = await buildHost(
      "generate-dotnet",
      join(repository, ".cache", "engine"),
      console.error,
    );
    await promisify(execFile)(join(generator, "generate-dotnet"), [SCHEMA, folder]);
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
    types = typesIn(
      files
        .filter((file) => file.endsWith(".cs"))
        .map((file) => readFileSync(join(folder, file), "utf8")),
    );
  }, BUILD_MS);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The members that a type lacks. */
  const missing = (type: string, properties: object): string[] =>
    Object.keys(properties)
      .filter((name) => types.get(type)?.has(capitalized(name)) !== true)
      .map((name) => `${type}.${name}`);

  it("has a class for each resource, with all arguments and outputs", () => {
    for (const [token, one] of Object.entries(packageSchema.resources)) {
      expect(missing(nameOf(token), one.properties)).toEqual([]);
      expect(missing(`${nameOf(token)}Args`, one.inputProperties)).toEqual([]);
    }
  });

  it("has a class for each function, with all arguments", () => {
    for (const [token, { inputs }] of Object.entries(packageSchema.functions)) {
      expect(missing(`${nameOf(token)}InvokeArgs`, inputs.properties)).toEqual([]);
      expect(missing(nameOf(token), { invoke: {}, invokeAsync: {} })).toEqual([]);
    }
  });

  it("has a member for each value of an enumeration, and an argument for each setting", () => {
    for (const [token, type] of Object.entries(packageSchema.types)) {
      const names = "enum" in type ? type.enum.map(({ name }) => [name, {}]) : [];
      expect(missing(nameOf(token), Object.fromEntries(names) as object)).toEqual([]);
    }
    expect(missing("ProviderArgs", packageSchema.provider.inputProperties)).toEqual([]);
  });

  it("is a project that depends on Pulumi's package, and names the version of the plugin", () => {
    const project = readFileSync(join(folder, "Pulumi.Vpnaas.csproj"), "utf8");
    expect(project).toMatch(/<PackageReference Include="Pulumi" Version="/);
    expect(project).not.toContain("Pulumi Corp.");
    const plugin = readFileSync(join(folder, "pulumi-plugin.json"), "utf8");
    expect(JSON.parse(plugin)).toMatchObject({ name: "vpnaas", version: packageSchema.version });
  });

  it("has every name of the C# program of the plugin's page", () => {
    expect(namesIn(PROGRAM).length).toBeGreaterThan(15);
    expect(unknownNames(PROGRAM, types)).toEqual([]);
  });

  it("has every name of the examples of all resource pages", () => {
    const program = csharp.declare(allExamples());
    expect(namesIn(program).length).toBeGreaterThan(20);
    expect(unknownNames(program, types)).toEqual([]);
  });

  it.each([
    ["an argument", "RouterId =", "Router =", "VpnServiceArgs.Router"],
    ["an output", "office.Status", "office.State", "IpsecSiteConnection.State"],
    ["a value", "IkeVersion.V2", "IkeVersion.V3", "IkeVersion.V3"],
  ])("lacks %s of another name", (_what, name, other, unknown) => {
    expect(unknownNames(PROGRAM.replace(name, other), types)).toEqual([unknown]);
  });
});
