/**
 * Counts the writes to all clouds. All clients of a process share one counter, since two entries of
 * clouds.yaml, even with different host names, may lead to the same cloud.
 */
export class WriteCounter {
  count = 0;
}
