/**
 * The server returns lists of CIDRs, endpoints and unknown attributes in its own order (upstream that
 * of a Python set). Here it is reverse alphabetical, so that no test depends on the order of a request.
 */
export const inServerOrder = (items: readonly string[]): string[] =>
  [...new Set(items)].sort().reverse();
