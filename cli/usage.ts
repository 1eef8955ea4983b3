/** An invalid command line, reported in one line on stderr; the exit status is 1, since 2 means drift. */
export class UsageError extends Error {}

/**
 * Runs a `parseArgs`.
 * @throws UsageError with the first line of its error and the next step
 */
export function readOptions<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const [line] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw new UsageError(`${line}; --help lists all options`);
  }
}
