/**
 * Statuses of a connection and of a VPN service. Neutron's reference code writes PENDING_CREATE,
 * ACTIVE, DOWN and ERROR; other drivers and K5 also write BUILD, PENDING_UPDATE and PENDING_DELETE.
 */

/** The API would refuse a PUT now (neutron-vpnaas, `assert_update_allowed`). */
export function isPending(status: string): boolean {
  return status.startsWith("PENDING_");
}

/** The cloud has finished the last change: ACTIVE, DOWN or ERROR. */
export function isSettled(status: string): boolean {
  return status !== "BUILD" && !isPending(status);
}

/** The cloud has set the object up: ACTIVE or DOWN. */
export function isSetUp(status: string): boolean {
  return isSettled(status) && status !== "ERROR";
}
