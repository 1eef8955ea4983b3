/** The command line was wrong: one line on stderr. */
export class UsageError extends Error {
  constructor(
    message: string | undefined,
    /** What the process exits with. */
    readonly status = 2,
  ) {
    super(message);
  }
}

/** Runs a `parseArgs` and turns its complaint into one line; throws {@link UsageError}. */
export function readOptions<T>(parse: () => T, status?: number): T {
  try {
    return parse();
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageError(line, status);
  }
}
