import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { join } from "node:path";

import { ChildHandle, type RunResult } from "../../support/harness/child";
import { unpacked } from "../../support/harness/swans";

/** The networks in which both ends have the addresses of their gateways. */
const OUTSIDE = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8:ffff::/64"];

/** How pings are sent. */
export interface PingOptions {
  /** Time from one to the next. */
  readonly seconds?: number;
  /** Repeated as the content of each packet; at most 16 characters. */
  readonly marker?: string;
}

/** Sent packets, and their responses. */
export interface Pings {
  readonly sent: number;
  readonly received: number;
}

/**
 * One end of a tunnel: a network of its own with the devices `wan0` and `lan0`, a file system in which
 * strongSwan is installed, and its daemon. Everything in it ends with {@link stop}, or with this process.
 */
export class Site {
  private constructor(
    private readonly child: ChildProcess,
    /** The process whose namespaces are those of this site. */
    readonly pid: number,
  ) {}

  /**
   * A site that no other one can reach yet.
   * @throws Error with the output of the failing command
   */
  static async start(): Promise<Site> {
    const namespaces = ["--net", "--mount-proc", "--pid", "--fork", "--kill-child"];
    const script = ["bash", join(__dirname, "site.sh"), unpacked("strongswan")];
    const child = spawn("unshare", [...namespaces, ...script], { stdio: ["pipe", "pipe", "pipe"] });
    const failure = textOf(child);
    const [ready] = (await Promise.race([once(child.stdout, "data"), once(child, "close")])) as [
      unknown,
    ];
    if (!String(ready).includes("ready")) throw new Error(`no namespaces: ${failure()}`);
    const children = readFileSync(`/proc/${child.pid!}/task/${child.pid!}/children`, "utf8");
    const site = new Site(child, Number(children.trim()));
    // A site whose test failed early does not keep this process, and ends with it.
    site.handles.forEach((handle) => handle.unref());
    await site.startDaemon();
    return site;
  }

  /** Lays a wire between two sites; each has one address of its own on it. */
  static async connect(one: Site, other: Site): Promise<void> {
    const ends = ["netns", String(one.pid), "type", "veth"];
    const others = ["peer", "name", "wan0", "netns", String(other.pid)];
    await succeeded(new ChildHandle("ip", ["link", "add", "wan0", ...ends, ...others], "/", {}));
    for (const [i, site] of [one, other].entries()) {
      await site.bash(`ip link set wan0 up
        ip address add 192.0.2.${i + 1}/32 dev wan0 scope link
        for network in ${OUTSIDE.join(" ")}; do ip route add $network dev wan0; done`);
    }
  }

  /** Runs a script of bash in the site; throws Error with its output if it fails. */
  bash(script: string): Promise<RunResult> {
    return succeeded(this.enter("bash", "-ec", script));
  }

  /** Starts the daemon of strongSwan without a configuration. */
  async startDaemon(): Promise<void> {
    await this.bash(`rm -f /run/charon.*
      setsid /usr/lib/ipsec/charon >/dev/null 2>&1 &
      for _ in $(seq 200); do [ -S /run/charon.vici ] && exit; sleep 0.02; done; exit 1`);
  }

  /** Ends the daemon as a crash does: no farewell to the other end. */
  async killDaemon(): Promise<void> {
    await this.bash("kill -KILL $(cat /run/charon.pid)");
  }

  /** The daemon's log since its start, or since {@link clearLog}. */
  async log(): Promise<string> {
    return (await this.bash("cat /run/charon.log")).stdout;
  }

  /** Whether the daemon has a connection of that name. */
  async hasConnection(name: string): Promise<boolean> {
    return (await this.swanctl("--list-conns")).stdout.includes(name);
  }

  async clearLog(): Promise<void> {
    await this.bash(": >/run/charon.log");
  }

  /** Runs a command of swanctl; throws Error with its output if it fails. */
  swanctl(...args: string[]): Promise<RunResult> {
    return succeeded(this.enter("swanctl", ...args));
  }

  /** Sends pings from an address of this site, and waits for their responses, a second at most. */
  async ping(
    from: string,
    to: string,
    { count = 3, ...options }: PingOptions & { count?: number } = {},
  ): Promise<Pings> {
    return countsIn(await this.startPing(from, to, options, "-c", String(count)).done);
  }

  /** Sends pings while something runs. */
  async pingsDuring(
    run: () => Promise<unknown>,
    from: string,
    to: string,
    options: PingOptions = {},
  ): Promise<Pings> {
    const child = this.startPing(from, to, options);
    await run().finally(() => child.kill("SIGINT"));
    return countsIn(await child.done);
  }

  /** All bytes that cross the wire while something runs. */
  async bytesOnWire(run: () => Promise<unknown>): Promise<Buffer> {
    const [nsenter, ...options] = this.entry;
    const reader = spawn(nsenter!, [...options, "python3", join(__dirname, "wire.py"), "wan0"]);
    const frames: Buffer[] = [];
    reader.stdout.on("data", (part: Buffer) => frames.push(part));
    await once(reader.stderr, "data");
    await run();
    reader.stdin.end();
    await once(reader, "close");
    return Buffer.concat(frames);
  }

  /** Ends every process of the site, and removes its network. */
  async stop(): Promise<void> {
    const end = once(this.child, "close");
    this.handles.forEach((handle) => handle.ref());
    this.child.stdin!.end();
    await end;
  }

  private get handles(): (ChildProcess | Socket)[] {
    const { stdin, stdout, stderr } = this.child;
    return [this.child, stdin as Socket, stdout as Socket, stderr as Socket];
  }

  /** The command that runs its further arguments as a command in the site. */
  get entry(): string[] {
    return ["nsenter", "--target", String(this.pid), "--net", "--mount", "--pid"];
  }

  private enter(...command: string[]): ChildHandle {
    const [nsenter, ...options] = this.entry;
    return new ChildHandle(nsenter!, [...options, ...command], "/", process.env);
  }

  private startPing(
    from: string,
    to: string,
    { seconds = 0.1, marker = "vpnaas" }: PingOptions,
    ...more: string[]
  ): ChildHandle {
    const pattern = Buffer.from(marker).toString("hex");
    const how = ["-q", "-n", "-W", "1", "-i", String(seconds), "-p", pattern, ...more, "-I", from];
    return this.inNetwork(join(unpacked("ping"), "bin", "ping"), ...how, to);
  }

  /** Runs a command of this machine in the network of the site; signals arrive. */
  inNetwork(...command: string[]): ChildHandle {
    const args = ["--target", String(this.pid), "--net", ...command];
    return new ChildHandle("nsenter", args, "/", process.env);
  }
}

function countsIn({ text }: RunResult): Pings {
  const counts = /(\d+) packets transmitted, (\d+) received/.exec(text);
  if (counts === null) throw new Error(text);
  return { sent: Number(counts[1]), received: Number(counts[2]) };
}

async function succeeded(child: ChildHandle): Promise<RunResult> {
  const result = await child.done;
  if (result.code !== 0) throw new Error(`exit code ${result.code}: ${result.text}`);
  return result;
}

/** The error output of a child so far. */
function textOf(child: ChildProcess): () => string {
  let text = "";
  child.stderr!.setEncoding("utf8").on("data", (part: string) => (text += part));
  return () => text.trim();
}
