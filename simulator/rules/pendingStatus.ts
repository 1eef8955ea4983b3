import { ApiFault } from "../faultBodies";
import { isPending } from "../status";

/** Refuses a PUT while pending: 400, not 409. Source: neutron_vpnaas/db/vpn/vpn_db.py, assert_update_allowed. */
export function refuseIfPending(row: { id: string; status: string }): void {
  if (isPending(row.status)) {
    throw new ApiFault(
      400,
      "VPNStateInvalidToUpdate",
      `Invalid state ${row.status} of vpnaas resource ${row.id} for updating`,
    );
  }
}
