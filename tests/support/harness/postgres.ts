/** A real PostgreSQL for tests that store states in it. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findPostgres } from "../../../scripts/postgres";
import { freePort } from "./loopback";
import { until } from "./until";

/** A server with one database, whose data are deleted at its end. */
export interface Postgres {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly stop: () => Promise<void>;
}

/** Runs a server until its standard input closes, which happens when this process ends; then removes its data. */
const UNTIL_INPUT_ENDS = `
folder=$1; shift
"$@" & server=$!
cat > /dev/null
kill -INT $server; wait $server
rm -rf "$folder"
`;

/**
 * Starts a server on a free port of loopback; it ends when this process does.
 * @throws Error with its output if it does not start in half a minute, or if PostgreSQL is missing
 */
export async function startPostgres(): Promise<Postgres> {
  const bin = findPostgres(process.env);
  const [user, password] = ["pulumi", "canary-database-password"];
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-postgres-"));
  const data = join(folder, "data");
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, password);
  const account = serverAccount();
  if (account) for (const file of [folder, passwordFile]) chownSync(file, account.uid, account.gid);

  const how = { cwd: folder, env: { PATH: process.env["PATH"], LC_ALL: "C" }, ...account };
  execFileSync(
    join(bin, "initdb"),
    [`--pgdata=${data}`, `--username=${user}`, `--pwfile=${passwordFile}`, ...FRESH],
    { ...how, stdio: ["ignore", "ignore", "pipe"] },
  );
  const port = await freePort();
  const program = [join(bin, "postgres"), "-D", data, "-p", String(port), ...ON_LOOPBACK];
  const child = spawn("sh", ["-c", UNTIL_INPUT_ENDS, "sh", folder, ...program], {
    ...how,
    stdio: ["pipe", "ignore", "pipe"],
  });
  const end = once(child, "close");
  const stop = async (): Promise<void> => {
    child.stdin.end();
    await end;
  };
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  try {
    await until("PostgreSQL", () => said.includes("ready to accept connections"), 30_000);
  } catch (error) {
    await stop();
    throw new Error(`${String(error)}:\n${said}`, { cause: error });
  }
  return { port, user, password, database: "postgres", stop };
}

/** Options of a cluster that need not survive a power failure. */
const FRESH = ["--auth=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C"];
const ON_LOOPBACK = ["-h", "127.0.0.1", "-k", "", "-F"];

/** The account `nobody` if this process runs as root, since PostgreSQL refuses root; otherwise undefined. */
function serverAccount(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) =>
    Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }).trim());
  return { uid: idOf("-u"), gid: idOf("-g") };
}
