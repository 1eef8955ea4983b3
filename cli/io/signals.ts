/** Aborted by SIGINT or SIGTERM, which do not end the process from here on. */
export function untilSignal(): AbortSignal {
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => end.abort());
  }
  return end.signal;
}
