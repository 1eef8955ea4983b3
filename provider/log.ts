import { plainLines } from "./controlCharacters";

/** The amount of output: `debug` adds a line for every request. */
export type LogLevel = "info" | "debug";

/** A line that is logged at most once, see {@link Log.once}. */
export interface Notice {
  readonly key: string;
  readonly line: string;
}

/**
 * The provider's log. The engine shows every line that the provider process prints, on the stack,
 * so a line is one whole sentence and contains no secret. Characters that a terminal would
 * interpret are escaped; foreign text that may contain a line end has to pass
 * `escapeControlCharacters` first.
 */
export class Log {
  /** The keys of the lines that were logged once. */
  private readonly logged = new Set<string>();

  /** `write` receives one line without its end. */
  constructor(
    private readonly write: (line: string) => void,
    public level: LogLevel = "info",
  ) {}

  info(line: string): void {
    this.write(plainLines(line));
  }

  /**
   * Logs a line unless this log has already had one with that key. The key is the kind of the
   * notice and the identity of its object, such as `replaced 1f2e3d4c`; it leaves out counts and
   * messages of servers, which may differ from one time to the next. It is never printed.
   */
  once(key: string, line: string): void {
    if (this.logged.has(key)) return;
    this.logged.add(key);
    this.info(line);
  }

  debug(line: string): void {
    if (this.level === "debug") this.info(`debug: ${line}`);
  }
}
