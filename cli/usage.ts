/** An invalid command line, reported in one line on stderr. */
export class UsageError extends Error {
  constructor(
    message: string | undefined,
    /** The exit status of the process. */
    readonly status = 2,
  ) {
    super(message);
  }
}

/**
 * Runs a `parseArgs`.
 * @throws UsageError with the first line of its error
 */
export function readOptions<T>(parse: () => T, status?: number): T {
  try {
    return parse();
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageError(line, status);
  }
}
