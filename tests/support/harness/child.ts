import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** The result of a finished command line. */
export interface RunResult {
  /** The exit code; -1 if a signal ended it. */
  code: number;
  /** The signal that ended it, for which a shell reports 128 plus its number; null without one. */
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Both streams in the order of arrival, without ANSI sequences. */
  text: string;
  /** Its duration. */
  seconds: number;
}

/** A running command line. */
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
        const signal = this.child.signalCode;
        const seconds = (Date.now() - started) / 1000;
        resolve({ code, signal, stdout, stderr, text: this.text, seconds });
      };
      this.child.once("close", finish);
      // An orphaned provider may keep the streams open for a long time.
      this.child.once("exit", () => setTimeout(finish, 1000).unref());
    });
  }

  /** Calls a listener with all further output of both streams. */
  follow(listener: (text: string) => void): this {
    this.listener = listener;
    return this;
  }

  /** The process id; 0 if the process could not be started. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The output of both streams so far, without ANSI sequences. */
  get text(): string {
    return stripVTControlCharacters(this.output.both);
  }

  /**
   * Resolves with the match as soon as {@link text} matches.
   * @throws Error with the text if the process ends or the time runs out without a match.
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

  /** Sends a signal to this process and not to its children; does nothing after its end. */
  kill(signal: NodeJS.Signals): void {
    if (!this.ended) this.child.kill(signal);
  }
}

/**
 * The ids of all processes that were started with `name=value` in their environment, including
 * those without a parent. Empty except on Linux.
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

/** Kills a process, or sends it another signal, unless it has ended. */
export function killIfThere(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
