import type { TunnelFindings } from "../../../provider/diagnose/driftFindings";
import type { Report } from "../../../provider/drift/report";
import { plannedCalls, sources, unmanagedObjects } from "./html/cloudTables";
import { folded, html, sentence, verbatim, type Markup, type Part } from "./html/markup";
import { picture } from "./html/picture";
import { inStep, notInStep, rowAnchor } from "./html/resourceTables";
import { keyOf } from "./html/sites";
import { style } from "./html/style";
import { headlineOf, tiles } from "./html/summary";
import { count, findingsOf, minuteOf, nothingToSend } from "./phrases";

/**
 * A report as one self-contained HTML page without scripts and external references. All values of the
 * report are escaped. A tunnel with findings of `diagnose` shows them.
 */
export function htmlOf(report: Report, findings: TunnelFindings = new Map()): string {
  const headline = headlineOf(report);
  const stacks = report.stacks.map(({ project, name }) => `${project}/${name}`).join(", ");
  return html`${verbatim("<!doctype html>")}
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Drift: ${headline.text} (${stacks})</title>
        <style>
          ${verbatim(style)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
          <h1>Drift report</h1>
          <p class="headline ${headline.tone}">${headline.text}</p>
          <p class="subject">
            ${count(report.stacks.length, "stack")}: ${stacks || "none"} ·
            <time datetime="${report.takenAt}">${minuteOf(report.takenAt)}</time> · the clouds took
            ${report.seconds.toFixed(1)} s
          </p>
        </header>
        <main id="main" tabindex="-1">${contents(report, findings)}</main>
        <footer>${section("sources", "Sources", sources(report))}</footer>
      </body>
    </html> `.text;
}

function contents(report: Report, findings: TunnelFindings): Markup {
  const { resources, unmanaged, plan, notes, problems } = report;
  const other = findingsOf(report);
  const same = resources.filter(({ verdict }) => verdict === "inStep");
  const anchors = new Map(other.map((one, index) => [keyOf(one), rowAnchor(index)]));
  const row = (of: { endpoint?: string; id: string }) => anchors.get(keyOf(of));
  return html`
    ${problems.length > 0 && section("problems", "Not all could be read", sentences(problems))}
    ${section("summary", "Summary", tiles(report))}
    ${section("tunnels", "Sites and tunnels", picture(report, { row, findings }))}
    ${other.length > 0 && section("others", "Not in step", notInStep(report, other))}
    ${unmanaged.length > 0 && section("unmanaged", "Unmanaged", unmanagedObjects(report))}
    ${plan && section("plan", "Plan", planOf(report, plan))}
    ${
      same.length > 0 &&
      section("in-step", "In step", folded(count(same.length, "resource"), inStep(report, same)))
    }
    ${notes.length > 0 && section("notes", "Notes", sentences(notes))}
  `;
}

function planOf(report: Report, plan: NonNullable<Report["plan"]>): Part {
  return plan.length === 0 ? html`<p>${nothingToSend(report)}</p>` : plannedCalls(report, plan);
}

function sentences(texts: readonly string[]): Markup {
  return html`<ul class="sentences">
    ${texts.map((text) => html`<li>${sentence(text)}</li> `)}
  </ul>`;
}

function section(id: string, title: string, content: Part): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section> `;
}
