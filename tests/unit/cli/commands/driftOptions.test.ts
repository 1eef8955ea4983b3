import { resolve } from "node:path";

import { driftOptionsOf } from "../../../../cli/commands/driftOptions";
import { UsageError } from "../../../../cli/usage";

function refusal(...args: string[]): UsageError {
  try {
    driftOptionsOf(args);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error(`${args.join(" ")} was taken`);
}

it("the drift command prints a table of the selected stack and fails on drift by default", () => {
  expect(driftOptionsOf([])).toEqual({
    stacks: [],
    all: false,
    cwd: undefined,
    format: "table",
    html: undefined,
    failOn: ["drift", "unfinished"],
    watchMs: undefined,
    plan: false,
    debug: false,
  });
});

it("the drift command accepts several stacks", () => {
  expect(driftOptionsOf(["--stack", "dev", "--stack", "org/offices/prod"]).stacks).toEqual([
    "dev",
    "org/offices/prod",
  ]);
});

it.each(["json", "markdown"])(
  "the drift command prints --%s in addition to an HTML page",
  (format) => {
    expect(driftOptionsOf([`--${format}`, "--html", "drift.html"])).toMatchObject({
      format,
      html: resolve("drift.html"),
    });
  },
);

it.each([
  ["drift,down,unmanaged", ["drift", "down", "unmanaged"]],
  ["down, unmanaged", ["down", "unmanaged"]],
  ["none", []],
])("the drift command fails on %s", (list, concerns) => {
  expect(driftOptionsOf(["--fail-on", list]).failOn).toEqual(concerns);
});

it.each(["", "gone", "drift,none", "drift,"])("the drift command refuses --fail-on %j", (list) => {
  expect(refusal("--fail-on", list).message).toMatch(/drift, down, unmanaged, unfinished or none/);
});

it.each([
  ["60s", 60_000],
  ["1m30s", 90_000],
  ["24h", 86_400_000],
])("the drift command repeats its report every %s", (text, ms) => {
  expect(driftOptionsOf(["--watch", text]).watchMs).toBe(ms);
});

it.each(["60", "0s", "999ms", "25h", "often"])("the drift command refuses --watch %s", (text) => {
  expect(refusal("--watch", text).message).toContain(`not "${text}"`);
});

it.each([
  ["--json", "--markdown"],
  ["--stack=dev", "--all-stacks"],
  ["--watch=60s", "--json"],
  ["--watch=60s", "--markdown"],
  ["--watch=60s", "--plan"],
])("the drift command refuses %s with %s", (one, other) => {
  expect(refusal(one, other).message).toContain("exclude each other");
});

it("the drift command accepts an HTML page with --watch", () => {
  expect(driftOptionsOf(["--watch", "60s", "--html", "drift.html"]).watchMs).toBe(60_000);
});

it.each([["--stack="], ["--cwd="], ["--html="]])(
  "the drift command refuses %s without a value",
  (option) => {
    expect(refusal(option).message).toContain("has no value");
  },
);

it("the drift command refuses --cloud, because the stack names its clouds", () => {
  expect(refusal("--cloud", "lab").message).toContain("'--cloud'");
});
