/** A signal that SIGINT or SIGTERM aborts; from now on they do not end the process. */
export function untilSignal(): AbortSignal {
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => end.abort());
  }
  return end.signal;
}
