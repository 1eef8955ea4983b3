import type { PlannedCall, Report, ReportedResource } from "../../../../provider/drift/report";
import { formatValue, type Difference } from "../../../../provider/model/drift";
import { chips, resourceMarks, statusMark } from "./marks";
import { cloudTitle, wasStatus } from "../wording";
import { folded, html, lines, sentence, type Markup, type Part } from "./markup";

/** The number of differences that a folded row shows. */
const DIFFERENCES = 3;

/** The anchor of a row of {@link notInStep}; the index begins at 0. */
export function rowAnchor(index: number): string {
  return `resource-${index + 1}`;
}

/** The resources that are not in step, each with its details folded. */
export function notInStep(report: Report, resources: readonly ReportedResource[]): Markup {
  return table({
    caption: "Resources that are not in step with their stacks",
    columns: ["Resource", "State", "Finding"],
    rows: resources.map((one, index) => ({
      anchor: rowAnchor(index),
      cells: [
        resourceName(one),
        html`${chips(resourceMarks(one))}
        ${wasStatus(one).map((was) => html`<span class="faint">${was}</span>`)}`,
        html`${inShort(one)} ${folded(`Details of ${one.name}`, details(one, report))}`,
      ],
    })),
  });
}

/** The resources that are in step. */
export function inStep(report: Report, resources: readonly ReportedResource[]): Markup {
  return table({
    caption: "Resources that are in step with their stacks",
    columns: ["Resource", "Status", "Id", "Cloud"],
    rows: resources.map((one) => ({
      cells: [
        resourceName(one),
        one.status === undefined ? "–" : chips([statusMark(one.status)]),
        html`<code>${one.id}</code>${
            one.notCompared.length > 0 &&
            html`<br /><span class="faint">not compared: ${one.notCompared.join(", ")}</span>`
          }`,
        cloudTitle(report, one.endpoint),
      ],
    })),
  });
}

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

interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly { readonly anchor?: string; readonly cells: readonly Part[] }[];
}

function table({ caption, columns, rows }: Table): Markup {
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ anchor, cells: [first, ...cells] }) =>
          html`<tr${anchor !== undefined && html` id="${anchor}"`}>
            <th scope="row">${first}</th>
            ${cells.map((cell, index) => html`<td data-column="${columns[index + 1]}">${cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

function resourceName({ name, kind, stack }: ReportedResource): Markup {
  return html`<span class="name">${name}</span> <span class="faint">${kind} · ${stack}</span>`;
}

function inShort({ differences, verdict, advice }: ReportedResource): Markup {
  if (differences.length === 0) return html`<p>${sentence(advice ?? VERDICT_ALONE[verdict])}</p>`;
  const more = differences.length - DIFFERENCES;
  return html`<ul class="differences">
    ${differences
      .slice(0, DIFFERENCES)
      .map((one) => html`<li><code>${one.property}</code> ${change(one)}</li> `)}
    ${more > 0 && html`<li class="faint">and ${more} more</li>`}
  </ul>`;
}

const VERDICT_ALONE: Readonly<Record<ReportedResource["verdict"], string>> = {
  inStep: "",
  drifted: "",
  failed: "Its status is ERROR.",
  gone: "It no longer exists in the cloud.",
  notRead: "It could not be read.",
};

function change({ hidden, declared, actual }: Difference): Markup {
  if (hidden) return html`differs (hidden)`;
  return html`<span class="faint">declared</span> ${formatValue(declared)}<span class="faint"
      >, there is</span
    >
    ${formatValue(actual)}`;
}

function details(one: ReportedResource, report: Report): Markup {
  const facts: readonly (readonly [string, Part])[] = [
    [
      "What to do",
      one.differences.length === 0 || one.advice === undefined ? undefined : sentence(one.advice),
    ],
    ["Status in the state", one.recordedStatus],
    ["Not compared", one.notCompared.join(", ") || undefined],
    ["Cloud", cloudTitle(report, one.endpoint)],
    ["Name in the cloud", one.cloudName || "(no name)"],
    ["Id", html`<code>${one.id}</code>`],
    ["URN", html`<code>${one.urn}</code>`],
    ["Last recorded", one.recordedAt],
  ];
  return html`${one.differences.length > 0 && differenceTable(one)}
    <dl>
      ${facts
        .filter(([, fact]) => fact !== undefined)
        .map(
          ([title, fact]) =>
            html`<dt>${title}</dt>
              <dd>${fact}</dd> `,
        )}
    </dl>`;
}

function differenceTable({ name, differences }: ReportedResource): Markup {
  return table({
    caption: `Differences of ${name}`,
    columns: ["Property", "Declared", "Actual", "Because"],
    rows: differences.map(({ property, hidden, declared, actual, because }) => ({
      cells: [
        html`<code>${property}</code>`,
        hidden ? "(hidden)" : formatValue(declared),
        hidden ? "(hidden)" : formatValue(actual),
        because,
      ],
    })),
  });
}
