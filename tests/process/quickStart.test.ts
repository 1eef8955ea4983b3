import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { quickStart } from "../support/harness/quickStart";

/** Loads Pulumi's SDK in a new process and returns the JSON that a statement prints. */
function withSdk(statement: string, env: NodeJS.ProcessEnv): unknown {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-sdk-"));
  const sdk = JSON.stringify(require.resolve("@pulumi/pulumi"));
  const script = `const pulumi = require(${sdk}); const print = (value) => console.log(JSON.stringify(value)); ${statement}`;
  try {
    const options = {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...env },
      stdio: ["ignore", "pipe", "ignore"] as "ignore"[],
    };
    return JSON.parse(execFileSync(process.execPath, ["-e", script], options).toString());
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const LARGE =
  "print(Object.keys(require.cache).filter((file) => /node_modules.(typescript|@npmcli.arborist).(lib.(typescript|index)\\.js)$/.test(file)).length);";
const SERIALIZE =
  "const one = 1; pulumi.runtime.serializeFunction(() => one + 1).then(({ text }) => print(text));";

it("the SDK of tests loads neither TypeScript nor Arborist before their first use", () => {
  expect([withSdk(LARGE, {}), withSdk(LARGE, quickStart())]).toEqual([2, 0]);
});

it("the SDK of tests serializes a function like the SDK of users", () => {
  expect(withSdk(SERIALIZE, quickStart())).toEqual(withSdk(SERIALIZE, {}));
});
