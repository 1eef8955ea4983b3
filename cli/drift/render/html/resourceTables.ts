import type { Report, ReportedResource } from "../../../../provider/drift/report";
import { formatValue, type Difference } from "../../../../provider/model/drift";
import { cloudTitle, wasStatus } from "../phrases";
import { chips, resourceMarks, statusMark } from "./marks";
import { folded, html, sentence, type Markup, type Part } from "./markup";
import { table } from "./table";

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
