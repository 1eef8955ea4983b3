import { setMaxListeners } from "node:events";

/** Whether a signal is aborted now; a function, since the compiler expects no change in between. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/**
 * Calls `listener` once, when `signal` is aborted; at once if it already is. The returned function
 * removes the listener. Without a signal it is never called.
 */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  if (signal === undefined) return () => undefined;
  if (signal.aborted) {
    listener();
    return () => undefined;
  }
  // All waits of an operation may share one signal; Node.js warns of the eleventh otherwise.
  setMaxListeners(0, signal);
  signal.addEventListener("abort", listener, { once: true });
  return () => signal.removeEventListener("abort", listener);
}

/**
 * Runs `work` and settles as it settles, or rejects with the error of `canceled` as soon as
 * `signal` is aborted. The work then continues for its other callers; after a cancellation it does
 * not begin.
 */
export async function withSignal<T>(
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
  canceled: () => Error,
): Promise<T> {
  if (isAborted(signal)) throw canceled();
  return new Promise((resolve, reject) => {
    const release = onAbort(signal, () => reject(canceled()));
    work().finally(release).then(resolve, reject);
  });
}
