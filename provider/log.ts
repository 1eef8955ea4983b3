import { plainLines } from "./controlCharacters";

/** How much is printed: `debug` adds a line for every request. */
export type LogLevel = "info" | "debug";

/**
 * Where the provider's lines go. The engine shows every line that the provider process prints, on
 * the stack, so a line is one whole sentence and holds no secret. What a terminal would obey is written
 * out; a text that may hold a line end and is not ours goes through `plainText` before.
 */
export class Log {
  private readonly said = new Set<string>();

  /** `write` takes one line without its end. */
  constructor(
    private readonly write: (line: string) => void,
    public level: LogLevel = "info",
  ) {}

  info(line: string): void {
    this.write(plainLines(line));
  }

  /** Says something only the first time that it comes up in this process. */
  once(line: string): void {
    if (this.said.has(line)) return;
    this.said.add(line);
    this.info(line);
  }

  debug(line: string): void {
    if (this.level === "debug") this.info(`debug: ${line}`);
  }
}
