/** The real Neutron, neutron-vpnaas and Keystone that tests/neutron sets up, for the live tests. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** A request that Neutron answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** With the query, for example `/v2.0/vpn/ikepolicies?name=main`. */
  readonly path: string;
  /** What JSON was sent; null without a body, the plain text if it was no JSON. */
  readonly body: unknown;
  readonly status: number;
}

/** What every start brings: a router with an external IPv4 and IPv6 gateway, owned by `lab`. */
export interface NeutronFixture {
  readonly projectId: string;
  readonly routerId: string;
  /** 10.10.0.0/24, attached to the router. */
  readonly subnetId: string;
  /** 10.20.0.0/24, attached to the router. */
  readonly secondSubnetId: string;
}

/** A running Neutron with users `lab-user`, `lab-reader`, `lab-other-user` and `admin`. */
export interface LiveNeutron {
  /** URL of the network service, without `/v2.0`. */
  readonly endpoint: string;
  /** URL of Keystone, ending in `/v3`. */
  readonly identityUrl: string;
  readonly fixture: NeutronFixture;
  /** All that Neutron answered since the start, in the order of the answers. */
  requests(): Promise<AnsweredRequest[]>;
  /** Writes columns of a connection into the database, past the API and the driver. */
  writeConnection(id: string, columns: Readonly<Record<string, string | null>>): void;
  /** Ends the servers and removes their data; a second call does nothing. */
  stop(): Promise<void>;
}

const lab = join(__dirname, "..", "neutron", "lab.py");

/** Python: runs a statement with its values on a database. */
const WRITE = `
import json, sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=30) as database:
    database.execute(sys.argv[2], json.loads(sys.argv[3]))
`;

/**
 * Sets up what {@link startNeutron} needs, which takes about a minute the first time and nothing
 * later. `log` gets progress lines with seconds.
 * @throws Error whose message is one line that says why this machine cannot run Neutron
 */
export async function prepareNeutron(log: (line: string) => void): Promise<void> {
  const child = spawn(python(), [lab, "setup"], { stdio: ["ignore", "pipe", "pipe"] });
  createInterface(child.stdout).on("line", log);
  const { code, complaint } = await ended(child);
  if (code !== 0) throw new Error(complaint.at(-1) ?? `lab.py setup ended with ${code}`);
}

/**
 * Starts the servers on free ports with fresh data; they end when this process does.
 * @param options `pendingSeconds` (default 0.5): how long a connection stays pending unless words in
 * square brackets in its name or description say otherwise, see tests/neutron/settling_driver.py;
 * `tokenSeconds` (default a day): how long a token lives
 * @throws Error if {@link prepareNeutron} has not run or a server does not come up
 */
export async function startNeutron(
  options: { pendingSeconds?: number; tokenSeconds?: number } = {},
): Promise<LiveNeutron> {
  const { pendingSeconds = 0.5, tokenSeconds = 86_400 } = options;
  const child = spawn(
    python(),
    [lab, "serve", `--pending=${pendingSeconds}`, `--token-seconds=${tokenSeconds}`],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  const end = ended(child);
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve)),
    end.then(({ complaint }) => {
      throw new Error(["the live Neutron did not start", ...complaint].join("\n"));
    }),
  ]);
  const ready = JSON.parse(line) as Pick<LiveNeutron, "endpoint" | "identityUrl" | "fixture"> & {
    requests: string;
  };
  const { endpoint, identityUrl, fixture } = ready;
  return {
    endpoint,
    identityUrl,
    fixture,
    async requests() {
      const lines = (await readFile(ready.requests, "utf8").catch(() => "")).trimEnd().split("\n");
      return lines.filter(Boolean).map((text) => JSON.parse(text) as AnsweredRequest);
    },
    writeConnection(id, columns) {
      const set = Object.keys(columns).map((column) => `${column} = ?`);
      const values = JSON.stringify([...Object.values(columns), id]);
      const statement = `UPDATE ipsec_site_connections SET ${set.join(", ")} WHERE id = ?`;
      const database = join(dirname(ready.requests), "neutron.sqlite");
      const run = spawnSync(python(), ["-c", WRITE, database, statement, values], {
        encoding: "utf8",
      });
      if (run.status !== 0) throw new Error(run.stderr);
    },
    async stop() {
      child.stdin.end();
      await end;
    },
  };
}

/** How a child ended, and the lines of its standard error. */
async function ended(child: ChildProcess): Promise<{ code: number | null; complaint: string[] }> {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (part: string) => (text += part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  return { code, complaint: text.split("\n").filter((line) => line.trim() !== "") };
}

let found: string | undefined;

/** The first Python on the PATH that can run the servers. */
function python(): string {
  if (found) return found;
  const reasons = new Set<string>();
  for (const name of ["python3.11", "python3.12", "python3.13", "python3"]) {
    const { error, status, stderr } = spawnSync(name, [lab, "check"], { encoding: "utf8" });
    if (error) continue;
    if (status === 0) return (found = name);
    // A version manager's stand-in for a version that is not installed fails at length.
    const reason = stderr.trim().split("\n");
    if (reason.length === 1 && reason[0]) reasons.add(reason[0]);
  }
  throw new Error([...reasons].join("; ") || "Neutron needs Python 3.11 to 3.13, found none");
}
