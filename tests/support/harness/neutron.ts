/** The real Neutron, neutron-vpnaas and Keystone of tests/live/server, for the live tests. */
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { PythonProgram } from "./pythonProgram";

/** A request that Neutron answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** With the query, for example `/v2.0/vpn/ikepolicies?name=main`. */
  readonly path: string;
  /** The sent JSON; null without a body, a string if it was not JSON. */
  readonly body: unknown;
  readonly status: number;
}

/**
 * The initial objects of every start, the same as those of the simulator: routers with an external IPv4
 * and IPv6 gateway, owned by `lab`, and objects for error cases.
 */
export interface NeutronFixture {
  readonly projectId: string;
  readonly routerId: string;
  /** 10.10.0.0/24, attached to the router. */
  readonly subnetId: string;
  /** 10.20.0.0/24, attached to the router. */
  readonly secondSubnetId: string;
  readonly secondRouterId: string;
  /** 10.40.0.0/24, attached to the second router. */
  readonly thirdSubnetId: string;
  /** 2001:db8:40::/64, attached to the second router. */
  readonly ipv6SubnetId: string;
  /** A router without a gateway. */
  readonly closedRouterId: string;
  /** 10.30.0.0/24, attached to the router without a gateway. */
  readonly closedSubnetId: string;
  /** A router of project `lab-other`. */
  readonly foreignRouterId: string;
  /** 10.50.0.0/24, of project `lab-other`, attached to its router. */
  readonly foreignSubnetId: string;
}

/** A running Neutron with users `lab-user`, `lab-reader`, `lab-other-user` and `admin`. */
export interface LiveNeutron {
  /** URL of the network service, without `/v2.0`. */
  readonly endpoint: string;
  /** URL of Keystone, ending in `/v3`. */
  readonly identityUrl: string;
  readonly fixture: NeutronFixture;
  /** All requests since the start, in the order of their responses. */
  requests(): Promise<AnsweredRequest[]>;
  /** Writes columns of a connection into the database, without the API and the driver. */
  writeConnection(id: string, columns: Readonly<Record<string, string | null>>): void;
  /** Stops the servers and removes their data; a second call does nothing. */
  stop(): Promise<void>;
}

const lab = new PythonProgram(
  "the live Neutron",
  join(__dirname, "..", "..", "live", "server", "lab.py"),
);

/** The output of `lab.py serve`. */
interface RunningNeutron extends Pick<LiveNeutron, "endpoint" | "identityUrl" | "fixture"> {
  /** The file with Neutron's requests. */
  readonly requests: string;
}

/** Python: runs a statement with its values on a database. */
const WRITE = `
import json, sqlite3, sys
with sqlite3.connect(sys.argv[1], timeout=30) as database:
    database.execute(sys.argv[2], json.loads(sys.argv[3]))
`;

/**
 * Installs the requirements of {@link startNeutron}, which takes about a minute the first time and no
 * time later. `log` receives progress lines with seconds.
 * @throws Error of one line with the reason why this machine cannot run Neutron
 */
export function prepareNeutron(log: (line: string) => void): Promise<void> {
  return lab.setUp(log);
}

/** The settings of a live Neutron. */
interface NeutronOptions {
  /**
   * The pending time of a connection without words in square brackets in its name or description, see
   * tests/live/server/settling_driver.py; 0.5 by default.
   */
  pendingSeconds?: number;
  /** The lifetime of a token; a day by default. */
  tokenSeconds?: number;
  /**
   * The process in whose namespaces strongSwan makes every connection a real tunnel; without it statuses
   * are simulated. See tests/live/server/tunnel_driver.py.
   */
  site?: number;
}

/**
 * Starts the servers on free ports with fresh data; they end when this process does.
 * @throws Error if {@link prepareNeutron} has not run or a server does not come up
 */
export async function startNeutron(options: NeutronOptions = {}): Promise<LiveNeutron> {
  const { pendingSeconds = 0.5, tokenSeconds = 86_400, site } = options;
  const { ready, stop } = await lab.serve<RunningNeutron>(
    `--pending=${pendingSeconds}`,
    `--token-seconds=${tokenSeconds}`,
    ...(site === undefined ? [] : [`--site=${site}`]),
  );
  return { ...neutronAt(ready), stop };
}

function neutronAt(running: RunningNeutron): Omit<LiveNeutron, "stop"> {
  const { endpoint, identityUrl, fixture, requests } = running;
  return {
    endpoint,
    identityUrl,
    fixture,
    async requests() {
      const recorded = await readFile(requests).catch(() => Buffer.alloc(0));
      const lines = recorded.toString("utf8").trimEnd().split("\n");
      return lines.filter(Boolean).map((text) => JSON.parse(text) as AnsweredRequest);
    },
    writeConnection(id, columns) {
      const set = Object.keys(columns).map((column) => `${column} = ?`);
      const values = JSON.stringify([...Object.values(columns), id]);
      const statement = `UPDATE ipsec_site_connections SET ${set.join(", ")} WHERE id = ?`;
      const database = join(dirname(requests), "neutron.sqlite");
      const run = spawnSync(lab.python, ["-c", WRITE, database, statement, values], {
        encoding: "utf8",
      });
      if (run.status !== 0) throw new Error(run.stderr);
    },
  };
}
