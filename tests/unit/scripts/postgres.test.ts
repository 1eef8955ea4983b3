import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { findPostgres } from "../../../scripts/postgres";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "vpnaas-find-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function folderWith(name: string, ...programs: string[]): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  for (const program of programs) writeFileSync(join(folder, program), "");
  return folder;
}

const none = (): string => join(root, "none");

it("findPostgres returns the first folder of the PATH with a server and initdb", () => {
  const client = folderWith("client", "psql");
  const server = folderWith("server", "postgres", "initdb");
  const PATH = [client, server].join(delimiter);
  expect(findPostgres({ PATH }, none())).toBe(server);
});

it("findPostgres returns Debian's newest server, which is not on the PATH", () => {
  const debian = join(root, "debian");
  folderWith("debian/9.6/bin", "postgres", "initdb");
  const newest = folderWith("debian/17/bin", "postgres", "initdb");
  folderWith("debian/18/bin", "psql");
  expect(findPostgres({ PATH: "" }, debian)).toBe(newest);
});

it("findPostgres refuses a configured folder without a server", () => {
  const PATH = folderWith("server", "postgres", "initdb");
  const named = folderWith("client", "psql");
  expect(() => findPostgres({ PATH, VPNAAS_POSTGRES_BIN: named }, none())).toThrow(named);
});

it("findPostgres names the package to install if it finds none", () => {
  expect(() => findPostgres({ PATH: "" }, none())).toThrow(/Debian has the package postgresql/);
});
