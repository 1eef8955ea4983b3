import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

import { compareVersions } from "../tools/engine/versions";

/** The folder of each version's programs in Debian and its descendants, which is not on the PATH. */
const DEBIAN = "/usr/lib/postgresql";

/** The programs that create and serve a database cluster. */
const PROGRAMS = ["initdb", "postgres"];

/**
 * The folder of PostgreSQL's programs: `VPNAAS_POSTGRES_BIN`, the first on the PATH, or the newest of
 * Debian's.
 * @throws Error that says why there is none, and what to install
 */
export function findPostgres(env: NodeJS.ProcessEnv, debian = DEBIAN): string {
  const given = env["VPNAAS_POSTGRES_BIN"];
  const versions = existsSync(debian) ? readdirSync(debian).sort(newestFirst) : [];
  const usual = [
    ...(env["PATH"] ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  const found = (given ? [given] : usual).find(isComplete);
  if (found !== undefined) return found;
  throw new Error(
    given
      ? `VPNAAS_POSTGRES_BIN names ${given}, which has no initdb and postgres`
      : "no PostgreSQL server on the PATH (Debian has the package postgresql), and VPNAAS_POSTGRES_BIN names none",
  );
}

function isComplete(folder: string): boolean {
  return PROGRAMS.every((program) => existsSync(join(folder, program)));
}

function newestFirst(one: string, other: string): number {
  return compareVersions(other, one);
}
