import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { withLock } from "../../../tools/engine/lock";

let folder: string;
const log = (): void => undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("withLock makes the second caller wait for the first and reports that it waited", async () => {
  const file = join(folder, "lock");
  const order: string[] = [];
  const first = withLock(file, log, async (waited) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    order.push(`first ${String(waited)}`);
  });
  const second = withLock(file, log, (waited) => {
    order.push(`second ${String(waited)}`);
    return Promise.resolve();
  });
  await Promise.all([first, second]);
  expect(order).toEqual(["first false", "second true"]);
});

it("withLock ignores the lock of a process that no longer runs", async () => {
  const file = join(folder, "lock");
  writeFileSync(file, String(spawnSync(process.execPath, ["-e", ""]).pid));
  expect(await withLock(file, log, (waited) => Promise.resolve(waited))).toBe(false);
});

it("withLock releases the lock after a failure", async () => {
  const file = join(folder, "lock");
  const failing = withLock(file, log, () => Promise.reject(new Error("no compiler")));
  await expect(failing).rejects.toThrow("no compiler");
  expect(existsSync(file)).toBe(false);
});
