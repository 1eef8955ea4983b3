/**
 * Lists of CIDRs and endpoints (and of unknown attributes) come back in an order of the server's own (upstream: that of a Python
 * set). Here it is the reverse of the alphabet, so that nobody comes to lean on the order sent.
 */
export const inServerOrder = (items: readonly string[]): string[] =>
  [...new Set(items)].sort().reverse();
