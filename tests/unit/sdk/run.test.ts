import * as pulumi from "@pulumi/pulumi";

import { resources } from "../../../provider/resources";
import { IkePolicy } from "../../../sdk";
import { IkePolicy as PluginIkePolicy, Provider } from "../../../sdk/plugin";
import { adviceOnLogin, reportLogin, runtimeOfRun } from "../../../sdk/run";
import { useEngine } from "../support/givenEngine";

const { ikePolicy } = resources;
const before = { ...process.env };

beforeEach(async () => {
  const others = Object.entries(before).filter(([name]) => !/^OS_|^PULUMI_/.test(name));
  process.env = Object.fromEntries(others);
  await useEngine();
});

afterAll(() => {
  process.env = before;
});

describe("the runtime of all lookups", () => {
  it("is the same in one run", () => {
    expect(runtimeOfRun()).toBe(runtimeOfRun());
  });

  it("differs in the next run with the same process, project and configuration", async () => {
    const first = runtimeOfRun();
    await useEngine();
    expect(runtimeOfRun()).not.toBe(first);
  });

  it("has the environment of the first lookup in the run", async () => {
    const first = runtimeOfRun();
    process.env["OS_TOKEN"] = "of another run";
    await expect(first.context(ikePolicy, [{}])).rejects.toThrow(/lacks username/);
    await useEngine();
    await expect(runtimeOfRun().context(ikePolicy, [{}])).rejects.toThrow(/lacks endpoint/);
  });
});

describe("an inline program", () => {
  it("gets one line with the variables of its lookups' login", () => {
    process.env["OS_AUTH_URL"] = "https://identity.example.org/v3";
    const runtime = runtimeOfRun();
    const said = jest.spyOn(runtime.log, "once");
    reportLogin(runtime, {});
    expect(said.mock.calls).toEqual([
      [
        "login from OS_AUTH_URL",
        expect.stringMatching(
          /^Lookups of this program read their login from OS_AUTH_URL\. .*`envVars` of the workspace/,
        ),
      ],
    ]);
    expect(adviceOnLogin()).toMatch(/^ Lookups of an inline program see/);
  });

  it("gets no line if the stack configuration has the whole login", () => {
    const runtime = runtimeOfRun();
    const said = jest.spyOn(runtime.log, "once");
    reportLogin(runtime, {});
    expect(said).not.toHaveBeenCalled();
  });
});

it("a program that the engine started gets no line, because it has the engine's environment", () => {
  process.env["PULUMI_NODEJS_MONITOR"] = "127.0.0.1:1";
  process.env["OS_AUTH_URL"] = "https://identity.example.org/v3";
  const runtime = runtimeOfRun();
  const said = jest.spyOn(runtime.log, "once");
  reportLogin(runtime, {});
  expect(said).not.toHaveBeenCalled();
  expect(adviceOnLogin()).toBe("");
});

describe("a run with an unknown setting", () => {
  const LINE = "vpnaas:regoin is not a known setting: did you mean vpnaas:region?";
  const warnings = () => jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);

  beforeEach(() => pulumi.runtime.setAllConfig({ "vpnaas:regoin": "x", "vpnaas:region": "y" }));
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
    jest.restoreAllMocks();
  });

  /** Runs a program to its end. */
  async function run(program: () => void): Promise<void> {
    await pulumi.runtime.runInPulumiStack(() => Promise.resolve().then(program));
  }

  it("warns of it once, with any number of resources and lookups", async () => {
    const warned = warnings();
    await run(() => {
      runtimeOfRun();
      for (const name of ["a", "b"]) new IkePolicy(name);
      runtimeOfRun();
    });
    expect(warned.mock.calls).toEqual([[LINE]]);
  });

  it("leaves the warning to the plugin for a resource of its door, with lookups before and after it", async () => {
    const warned = warnings();
    await run(() => {
      runtimeOfRun();
      new PluginIkePolicy("a");
      runtimeOfRun();
    });
    expect(warned).not.toHaveBeenCalled();
  });

  it("warns of it for lookups if every resource of the plugin has a provider of the program", async () => {
    const warned = warnings();
    await run(() => {
      runtimeOfRun();
      new PluginIkePolicy("a", {}, { provider: new Provider("tokyo") });
    });
    expect(warned.mock.calls).toEqual([[LINE]]);
  });

  it("warns of it again in the next run", async () => {
    const warned = warnings();
    new IkePolicy("a");
    await useEngine();
    new IkePolicy("a");
    expect(warned).toHaveBeenCalledTimes(2);
  });

  it("warns of it if the program has lookups only", async () => {
    const warned = warnings();
    await run(() => void runtimeOfRun());
    expect(warned.mock.calls).toEqual([[LINE]]);
  });
});
