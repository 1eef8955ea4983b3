import { plainLines } from "./controlCharacters";

/** The amount of output: `debug` adds a line for every request. */
export type LogLevel = "info" | "debug";

/**
 * The provider's log. The engine shows every line that the provider process prints, on the stack,
 * so a line is one whole sentence and contains no secret. Characters that a terminal would
 * interpret are escaped; foreign text that may contain a line end has to pass
 * `escapeControlCharacters` first.
 */
export class Log {
  private readonly said = new Set<string>();

  /** `write` receives one line without its end. */
  constructor(
    private readonly write: (line: string) => void,
    public level: LogLevel = "info",
  ) {}

  info(line: string): void {
    this.write(plainLines(line));
  }

  /** Logs a line only the first time that it occurs in this process. */
  once(line: string): void {
    if (this.said.has(line)) return;
    this.said.add(line);
    this.info(line);
  }

  debug(line: string): void {
    if (this.level === "debug") this.info(`debug: ${line}`);
  }
}
