import type { CloudEnd } from "../../../provider/diagnose/cloudEnd";
import { tunnelViewOf } from "../../../provider/tunnel/viewOf";
import { tunnelParts, type TunnelParameters } from "./tunnels";

/** The cloud's end of a portable tunnel that is DOWN, as its API shows it. */
export function aCloudEnd(
  over: TunnelParameters & Partial<Pick<CloudEnd, "router" | "preflight" | "dialect">> = {},
): CloudEnd {
  const parts = tunnelParts(over);
  return {
    id: "c-1",
    dialect: "neutron",
    router: { admin_state_up: true },
    preflight: [],
    ...over,
    connection: { status: "DOWN", adminStateUp: true, localId: "", ...parts.connection },
    service: parts.service,
    view: tunnelViewOf(parts),
    viewProblem: undefined,
  };
}
