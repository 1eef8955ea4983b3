import type { Report, ReportedStack, Tunnel } from "./report";

/** The possible criteria for the exit status of a drift check. */
export const CONCERNS = ["drift", "down", "unmanaged", "unfinished"] as const;

/** One of {@link CONCERNS}. */
export type Concern = (typeof CONCERNS)[number];

/**
 * The concerns of a report: `drift` for anything drifted, gone or in ERROR, `down` for a tunnel of
 * a stack that is in ERROR, or DOWN and not administratively down, `unmanaged` for any unmanaged
 * object, `unfinished` for a stack on which a run is active or was interrupted.
 */
export function concernsOf(report: Report): Concern[] {
  const has: Readonly<Record<Concern, boolean>> = {
    drift: report.resources.some(({ verdict }) => ["drifted", "failed", "gone"].includes(verdict)),
    down: report.tunnels.some((one) => isDown(one) || (isOfStack(one) && one.status === "ERROR")),
    unmanaged: report.unmanaged.length > 0,
    unfinished: report.stacks.some(isUnfinished),
  };
  return CONCERNS.filter((one) => has[one]);
}

/** Whether a run is active on a stack or was interrupted, as far as that is known. */
export function isUnfinished({ unfinished }: Pick<ReportedStack, "unfinished">): boolean {
  return unfinished !== undefined;
}

/** Whether a tunnel of a stack is unexpectedly down. */
export function isDown(tunnel: Tunnel): boolean {
  return tunnel.status === "DOWN" && tunnel.adminStateUp && isOfStack(tunnel);
}

function isOfStack({ verdict }: Tunnel): boolean {
  return verdict !== "unmanaged" && verdict !== "notCompared";
}
