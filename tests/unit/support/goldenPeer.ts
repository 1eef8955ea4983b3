import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Compares with a file of tests/fixtures/peer; creates a missing one. */
export function expectGolden(name: string, text: string): void {
  const file = join(__dirname, "..", "..", "fixtures", "peer", `${name}.txt`);
  if (!existsSync(file) && !process.env["CI"]) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, "utf8"));
}
