import { writeFileSync } from "node:fs";
import { Socket } from "node:net";

/**
 * One of the streams of the process. A write never throws: what became of all of them is told by
 * {@link Output.failure}, and after the first that fails nothing more is written.
 */
export class Output {
  private readonly ended = new AbortController();
  private error: NodeJS.ErrnoException | undefined;
  private readonly writes = new Set<Promise<void>>();

  constructor(
    private readonly name: string,
    private readonly stream: NodeJS.WritableStream & {
      readonly fd: number;
      readonly isTTY?: boolean;
    },
  ) {
    stream.on("error", (error: Error) => this.lose(error));
  }

  /** Whether it shows colors. */
  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** Aborted when nothing more can be written. */
  get lost(): AbortSignal {
    return this.ended.signal;
  }

  write(text: string): void {
    if (this.lost.aborted || text === "") return;
    const written = new Promise<void>((resolve) => {
      this.hand(text, (error) => {
        if (error) this.lose(error);
        resolve();
      });
    });
    this.writes.add(written);
    void written.then(() => this.writes.delete(written));
  }

  /** Writes a line, given without its end. */
  print(line: string): void {
    this.write(`${line}\n`);
  }

  /**
   * Resolves when all is written, or cannot be, with the reason as a sentence. A reader that has left,
   * as `| head` does, is none.
   */
  async failure(): Promise<string | undefined> {
    await Promise.all(this.writes);
    const { error, name } = this;
    if (error === undefined || error.code === "EPIPE") return undefined;
    return `${name} cannot be written: ${error.message}`;
  }

  private hand(text: string, done: (error?: Error | null) => void): void {
    if (this.stream instanceof Socket) {
      this.stream.write(text, done);
      return;
    }
    // Node's own stream of a file takes a part for the whole, which is what a disk takes that fills up.
    try {
      writeFileSync(this.stream.fd, text);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  private lose(error: Error): void {
    this.error ??= error;
    this.ended.abort();
  }
}

/** What was asked for. */
export const stdout = new Output("The output", process.stdout);

/** Errors and details. */
export const stderr = new Output("The error output", process.stderr);
