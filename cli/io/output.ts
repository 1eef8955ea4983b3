import { writeFileSync } from "node:fs";
import { Socket } from "node:net";

/**
 * An output stream of the process. A write never throws: {@link Output.failure} returns the first
 * error, after which nothing more is written.
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

  /** Whether the stream is a terminal, which shows colors. */
  get isTerminal(): boolean {
    return this.stream.isTTY === true;
  }

  /** Is aborted when nothing more can be written. */
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

  /** Writes a line; `line` has no line end. */
  print(line: string): void {
    this.write(`${line}\n`);
  }

  /**
   * Waits for all writes. Resolves with the reason of a failure as a sentence, or undefined. A reader
   * that has closed its end, as `| head` does, is not a failure.
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
    // Node's stream of a file reports a partial write, as on a full disk, as a success.
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

/** The result of the command. */
export const stdout = new Output("The output", process.stdout);

/** Errors and details. */
export const stderr = new Output("The error output", process.stderr);
