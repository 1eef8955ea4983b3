import type { ReportedResource, Tunnel } from "../../../../provider/drift/report";
import { WORDS } from "../wording";
import { html, type Markup } from "./markup";

/** How a state looks: a word, a symbol and a line pattern tell what its color tells. */
export interface Mark {
  readonly word: string;
  readonly symbol: string;
  readonly tone: Tone;
  /** Of the line in the picture: a class of the style sheet. */
  readonly line: "solid" | "double" | "dashed" | "dotted" | "thick" | "missing";
}

/** The colors, from the best to the worst. */
const TONES = ["good", "quiet", "warn", "bad"] as const;

/** One of the colors of the style sheet. */
export type Tone = (typeof TONES)[number];

/** The marks of how a resource or an object stands to the cloud. */
export const VERDICTS: Readonly<Record<Tunnel["verdict"], Mark>> = {
  gone: { word: WORDS.gone, symbol: "✕", tone: "bad", line: "missing" },
  failed: { word: WORDS.failed, symbol: "!", tone: "bad", line: "thick" },
  drifted: { word: WORDS.drifted, symbol: "≠", tone: "warn", line: "double" },
  notRead: { word: WORDS.notRead, symbol: "?", tone: "warn", line: "dotted" },
  unmanaged: { word: WORDS.unmanaged, symbol: "+", tone: "warn", line: "solid" },
  notCompared: { word: WORDS.notCompared, symbol: "–", tone: "quiet", line: "solid" },
  inStep: { word: WORDS.inStep, symbol: "✓", tone: "good", line: "solid" },
};

/** A tunnel that is DOWN because somebody switched it off. */
const SWITCHED_OFF: Mark = {
  word: "DOWN, switched off",
  symbol: "○",
  tone: "quiet",
  line: "dashed",
};

const STATUSES: Readonly<Record<string, Mark>> = {
  ACTIVE: { ...VERDICTS.inStep, word: "ACTIVE" },
  DOWN: { word: "DOWN", symbol: "▼", tone: "warn", line: "dashed" },
  ERROR: VERDICTS.failed,
};

/** The mark of a status; one that is none of ACTIVE, DOWN and ERROR is on its way to one of them. */
export function statusMark(status: string): Mark {
  return Object.hasOwn(STATUSES, status)
    ? STATUSES[status]!
    : { word: status, symbol: "…", tone: "warn", line: "dotted" };
}

/** All that is to be said of a tunnel; only the status of one that is as it should be. */
export function tunnelMarks({ status, adminStateUp, verdict }: Tunnel): readonly Mark[] {
  if (verdict === "gone") return [VERDICTS.gone];
  if (verdict === "notCompared") {
    return [{ ...VERDICTS.notCompared, word: `${status}, ${WORDS.notCompared}` }];
  }
  const mark = status === "DOWN" && !adminStateUp ? SWITCHED_OFF : statusMark(status);
  return verdict === "inStep" || VERDICTS[verdict] === mark ? [mark] : [mark, VERDICTS[verdict]];
}

/** Whether somebody should look at what has these marks. */
export function needsAttention(marks: readonly Mark[]): boolean {
  return marks.some(({ tone }) => tone === "warn" || tone === "bad");
}

/** The mark that a line is drawn in: the first of the worst. */
export function worst(marks: readonly Mark[]): Mark {
  return marks.reduce((left, right) =>
    TONES.indexOf(right.tone) > TONES.indexOf(left.tone) ? right : left,
  );
}

/** All that is to be said of a resource: how it stands to the cloud, and its status. */
export function resourceMarks({ verdict, status }: ReportedResource): readonly Mark[] {
  const mark = VERDICTS[verdict];
  return status === undefined || statusMark(status) === mark ? [mark] : [mark, statusMark(status)];
}

/** A mark as a label: the symbol is for the eye alone. */
export function chip({ word, symbol, tone }: Mark): Markup {
  return html`<span class="chip ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

/** {@link chip}s in a row. */
export function chips(marks: readonly Mark[]): Markup {
  return html`<span class="chips">${marks.map(chip)}</span>`;
}
