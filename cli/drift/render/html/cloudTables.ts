import type { PlannedCall, Report } from "../../../../provider/drift/report";
import { cloudTitle } from "../phrases";
import { chips, statusMark } from "./marks";
import { folded, html, lines, type Markup } from "./markup";
import { table } from "./table";

/** Objects in the clouds that are in no given stack. */
export function unmanagedObjects(report: Report): Markup {
  return table({
    caption: "Objects of the clouds that are in no given stack",
    columns: ["Object", "Status", "Id", "Cloud"],
    rows: report.unmanaged.map(({ kind, id, name, status, endpoint }) => ({
      cells: [
        html`<span class="name">${name || "(no name)"}</span> <span class="faint">${kind}</span>`,
        status === undefined ? "–" : chips([statusMark(status)]),
        html`<code>${id}</code>`,
        cloudTitle(report, endpoint),
      ],
    })),
  });
}

/** The requests of an `up` in their order, with folded bodies. */
export function plannedCalls(report: Report, plan: readonly PlannedCall[]): Markup {
  return table({
    caption: "Requests that pulumi up --refresh would send, in this order",
    columns: ["Request", "Resource", "Reason"],
    rows: plan.map(({ method, path, body, name, endpoint, because }) => ({
      cells: [
        html`<code><strong>${method}</strong> ${path}</code>${
            body && folded("Body", lines(JSON.stringify(body, null, 2)))
          }`,
        html`<span class="name">${name}</span>
          <span class="faint">${cloudTitle(report, endpoint)}</span>`,
        because,
      ],
    })),
  });
}

/** The stacks and clouds of the report, with the number of requests. */
export function sources({ stacks, clouds }: Report): Markup {
  return html`${table({
    caption: "Stacks",
    columns: ["Stack", "Project", "Resources", "Secrets"],
    rows: stacks.map(({ name, project, resources, secretsRead }) => ({
      cells: [name, project, resources, secretsRead ? "read" : "could not be decrypted"],
    })),
  })}
  ${table({
    caption: "Clouds",
    columns: ["Cloud", "Endpoint", "Project", "Requests"],
    rows: clouds.map(({ names, endpoint, projectId, lists, gets }) => ({
      cells: [
        names.join(", ") || "–",
        html`<code>${endpoint}</code>`,
        projectId === undefined ? "–" : html`<code>${projectId}</code>`,
        [
          ...Object.entries(lists).map(([collection, count]) => `${collection}: ${count}`),
          ...(gets > 0 ? [`single objects: ${gets}`] : []),
        ].join(", ") || "none",
      ],
    })),
  })}`;
}
