import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** What a finished command line left. */
export interface RunResult {
  /** The exit code; -1 if a signal ended it. */
  code: number;
  stdout: string;
  stderr: string;
  /** Both streams in the order in which they arrived, without ANSI sequences. */
  text: string;
  /** How long it ran. */
  seconds: number;
}

/** A command line that runs. */
export class ChildHandle {
  /** Resolves when the process has ended; rejects if it cannot start. */
  readonly done: Promise<RunResult>;
  private readonly child: ChildProcess;
  private readonly output = { stdout: "", stderr: "", both: "" };
  private ended = false;
  private listener: ((text: string) => void) | undefined;

  constructor(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv) {
    const started = Date.now();
    this.child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of ["stdout", "stderr"] as const) {
      this.child[stream]?.setEncoding("utf8").on("data", (text: string) => {
        this.output[stream] += text;
        this.output.both += text;
        this.listener?.(text);
      });
    }
    this.done = new Promise((resolve, reject) => {
      this.child.once("error", reject);
      const finish = (): void => {
        this.ended = true;
        const { stdout, stderr } = this.output;
        const code = this.child.exitCode ?? -1;
        const seconds = (Date.now() - started) / 1000;
        resolve({ code, stdout, stderr, text: this.text, seconds });
      };
      this.child.once("close", finish);
      // An orphaned provider may hold the streams open for long.
      this.child.once("exit", () => setTimeout(finish, 1000).unref());
    });
  }

  /** Hands on everything that either stream says from now on, as it comes. */
  follow(listener: (text: string) => void): this {
    this.listener = listener;
    return this;
  }

  /** The process id; 0 if the process could not be started. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** What both streams have said so far, without ANSI sequences. */
  get text(): string {
    return stripVTControlCharacters(this.output.both);
  }

  /**
   * Resolves with the match as soon as {@link text} matches.
   * @throws Error with the text when the process ends, or the time runs out, without a match.
   */
  async until(pattern: RegExp, seconds = 120): Promise<RegExpExecArray> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { ended } = this;
      const match = pattern.exec(this.text);
      if (match) return match;
      if (ended) throw new Error(`ended without ${String(pattern)}:\n${this.text}`);
      if (Date.now() > deadline) {
        throw new Error(`no ${String(pattern)} in ${seconds} s:\n${this.text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Sends a signal to this one process, not to its children; nothing if it has ended. */
  kill(signal: NodeJS.Signals): void {
    if (!this.ended) this.child.kill(signal);
  }
}

/**
 * The ids of all processes that were started with `name=value` in their environment, also those
 * whose parents are gone. Linux only; elsewhere none.
 */
export function processesWith(name: string, value: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8")
          .split("\0")
          .includes(`${name}=${value}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}
