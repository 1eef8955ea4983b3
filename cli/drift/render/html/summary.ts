import { isDown } from "../../../../provider/drift/concerns";
import { summaryOf, type Report } from "../../../../provider/drift/report";
import { count, FINDINGS, unfinishedOf } from "../phrases";
import { statusMark, VERDICTS, worst, type Mark, type Tone } from "./marks";
import { html, type Markup } from "./markup";

/** All findings in one line, such as `1 gone, 2 drifted, 1 tunnel DOWN`, with the worst tone. */
export function headlineOf(report: Report): { readonly text: string; readonly tone: Tone } {
  const { verdicts, unmanaged } = summaryOf(report);
  const found = [
    ...FINDINGS.map((one) => of(VERDICTS[one], verdicts[one])),
    of(VERDICTS.unmanaged, unmanaged),
  ].map(({ mark, number }) => ({ mark, number, text: `${number} ${mark.word}` }));
  const down = report.tunnels.filter(isDown).length;
  found.push({ mark: statusMark("DOWN"), number: down, text: `${count(down, "tunnel")} DOWN` });
  for (const text of unfinishedOf(report)) found.push({ mark: VERDICTS.drifted, number: 1, text });
  if (report.problems.length > 0) {
    found.push({ mark: VERDICTS.notRead, number: 1, text: "not all could be read" });
  }
  const shown = found.filter(({ number }) => number > 0);
  if (shown.length > 0) {
    return {
      text: shown.map(({ text }) => text).join(", "),
      tone: worst(shown.map(({ mark }) => mark)).tone,
    };
  }
  return { text: `${count(verdicts.inStep, "resource")} in step`, tone: "good" };
}

/** The counts of a report, each linked to its section of the page. */
export function tiles(report: Report): Markup {
  const { verdicts, unmanaged, tunnels } = summaryOf(report);
  const statuses = Object.entries(tunnels);
  return html`<div class="summary">
    <div>
      <h3>Resources</h3>
      <ul class="tiles">
        ${tile(of(VERDICTS.inStep, verdicts.inStep), "in-step")}
        ${FINDINGS.map((one) => tile(of(VERDICTS[one], verdicts[one]), "others"))}
        ${tile(of(VERDICTS.unmanaged, unmanaged), "unmanaged")}
      </ul>
    </div>
    <div>
      <h3>Tunnels</h3>
      ${statuses.length === 0 && html`<p class="faint">none</p>`}
      ${
        statuses.length > 0 &&
        html`<ul class="tiles">
          ${statuses.map(([status, number]) => tile(of(statusMark(status), number), "tunnels"))}
        </ul>`
      }
    </div>
  </div>`;
}

interface Counted {
  readonly mark: Mark;
  readonly number: number;
}

function of(mark: Mark, number: number): Counted {
  return { mark, number };
}

function tile({ mark: { word, symbol, tone }, number }: Counted, target: string): Markup {
  const label = html`<span aria-hidden="true">${symbol}</span> ${word}`;
  return html`<li class="${tone}${number === 0 && " none"}">
    <span class="count">${number}</span>
    <span class="word">${number === 0 ? label : html`<a href="#${target}">${label}</a>`}</span>
  </li> `;
}
