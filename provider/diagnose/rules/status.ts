import { isPending } from "../../wait/statuses";
import type { CloudEnd } from "../cloudEnd";
import type { Finding } from "../finding";
import type { EndRule } from "./rule";

/** The connection, its service and its router are switched on. */
export const isSwitchedOn: EndRule = ({ connection, service, router }) => {
  const switches = [
    ["adminStateUp", "connection", connection["adminStateUp"]],
    ["vpnService.adminStateUp", "VPN service", service["adminStateUp"]],
    ["router.admin_state_up", "router", router?.["admin_state_up"]],
  ] as const;
  return switches
    .filter(([, , value]) => value === false)
    .map(([property, object]) => ({
      verdict: "problem",
      property,
      cloud: "false",
      text: `The ${object} is switched off, so no packet passes.`,
      cure: `Set ${property} to true.`,
    }));
};

/** The agent has set the connection up. */
export const isSetUpByAgent: EndRule = (end) => {
  const status = statusOf(end);
  if (status === "ERROR") {
    return [
      problem(
        status,
        "The VPN agent failed to set the connection up.",
        "Compare the policies with the abilities of the agent, and ask the operator of the cloud for its log.",
      ),
    ];
  }
  if (!isPending(status) && status !== "BUILD") return [];
  return [
    problem(
      status,
      "The VPN agent has not finished the last change. If this lasts for minutes, no agent serves the router.",
      "Ask again after a minute; then ask the operator of the cloud.",
    ),
  ];
};

/** Whether the connection passes packets now, by its status. */
export function isActive(end: CloudEnd): boolean {
  return statusOf(end) === "ACTIVE";
}

/** The status of the connection. */
export function statusOf({ connection }: CloudEnd): string {
  return String(connection["status"]);
}

function problem(status: string, text: string, cure: string): Finding {
  return { verdict: "problem", property: "status", cloud: status, text, cure };
}
