/** The command line was wrong: one line on stderr, exit status 2. */
export class UsageError extends Error {}

/** Runs a `parseArgs` and turns its complaint into one line; throws {@link UsageError}. */
export function readOptions<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageError(line);
  }
}
