/**
 * Statuses of a connection (and of a VPN service). Neutron's reference code writes
 * PENDING_CREATE, ACTIVE, DOWN and ERROR; other drivers and K5 know BUILD, PENDING_UPDATE and
 * PENDING_DELETE as well.
 */

/** A PUT is refused now (neutron-vpnaas, `assert_update_allowed`). */
export function isPending(status: string): boolean {
  return status.startsWith("PENDING_");
}

/** The cloud has finished with the last change: ACTIVE, DOWN or ERROR. */
export function isSettled(status: string): boolean {
  return status !== "BUILD" && !isPending(status);
}
