import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";

/** A running server. */
export interface Served<Ready> {
  /** The line of JSON that the server printed when it was ready. */
  readonly ready: Ready;
  /** Stops the server and removes its data; a second call does nothing. */
  readonly stop: () => Promise<void>;
}

/**
 * A server written in Python, as a program with the verbs `check`, `setup` and `serve`; see
 * tests/live/server/lab.py. Its installation is in .cache.
 */
export class PythonProgram {
  private found: string | undefined;

  /**
   * @param title Names the server in errors: "the live Neutron".
   * @param script Absolute path of the program.
   */
  constructor(
    private readonly title: string,
    private readonly script: string,
  ) {}

  /**
   * The first Python on the PATH that can run the program.
   * @throws Error of one line with the reason why this machine cannot
   */
  get python(): string {
    if (this.found) return this.found;
    const reasons = new Set<string>();
    for (const name of ["python3.11", "python3.12", "python3.13", "python3"]) {
      const { error, status, stderr } = spawnSync(name, [this.script, "check"], {
        encoding: "utf8",
      });
      if (error) continue;
      if (status === 0) return (this.found = name);
      // A version manager's placeholder for a missing version fails with a long message.
      const reason = stderr.trim().split("\n");
      if (reason.length === 1 && reason[0]) reasons.add(reason[0]);
    }
    throw new Error(
      [...reasons].join("; ") || `${this.title} needs Python 3.11 to 3.13, found none`,
    );
  }

  /**
   * Installs the requirements of {@link serve}; does nothing if they are installed.
   * @param log Receives lines of progress, with seconds.
   * @throws Error of one line with the reason why this machine cannot run it
   */
  async setUp(log: (line: string) => void): Promise<void> {
    const child = this.spawn("setup");
    createInterface(child.stdout!).on("line", log);
    const { code, complaint } = await ended(child);
    if (code !== 0) throw new Error(complaint.at(-1) ?? `${this.title}: setup ended with ${code}`);
  }

  /**
   * Starts the server; it ends when this process does.
   * @throws Error with its error output if it does not start
   */
  async serve<Ready>(...options: string[]): Promise<Served<Ready>> {
    const child = this.spawn("serve", ...options);
    const end = ended(child);
    const line = await Promise.race([
      new Promise<string>((resolve) => createInterface(child.stdout!).once("line", resolve)),
      end.then(({ complaint }) => {
        throw new Error([`${this.title} did not start`, ...complaint].join("\n"));
      }),
    ]);
    return {
      ready: JSON.parse(line) as Ready,
      stop: async () => {
        child.stdin!.end();
        await end;
      },
    };
  }

  private spawn(...args: string[]): ChildProcess {
    return spawn(this.python, [this.script, ...args], { stdio: ["pipe", "pipe", "pipe"] });
  }
}

/** The exit code of a child, and the lines of its standard error. */
async function ended(child: ChildProcess): Promise<{ code: number | null; complaint: string[] }> {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (part: string) => (text += part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  return { code, complaint: text.split("\n").filter((line) => line.trim() !== "") };
}
