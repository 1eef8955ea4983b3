import type { ReportedResource, Tunnel } from "../../../../provider/drift/report";
import { WORDS } from "../phrases";
import { html, type Markup } from "./markup";

/** How a state is shown: word, symbol and line pattern carry the same information as the color. */
export interface Mark {
  readonly word: string;
  readonly symbol: string;
  readonly tone: Tone;
  /** The pattern of the line in the picture: a class of the style sheet. */
  readonly line: "solid" | "double" | "dashed" | "dotted" | "thick" | "missing";
}

/** The colors, best first. */
const TONES = ["good", "quiet", "warn", "bad"] as const;

/** One of the colors of the style sheet. */
export type Tone = (typeof TONES)[number];

/** The mark of each verdict. */
export const VERDICTS: Readonly<Record<Tunnel["verdict"], Mark>> = {
  gone: { word: WORDS.gone, symbol: "✕", tone: "bad", line: "missing" },
  failed: { word: WORDS.failed, symbol: "!", tone: "bad", line: "thick" },
  drifted: { word: WORDS.drifted, symbol: "≠", tone: "warn", line: "double" },
  notRead: { word: WORDS.notRead, symbol: "?", tone: "warn", line: "dotted" },
  unmanaged: { word: WORDS.unmanaged, symbol: "+", tone: "warn", line: "solid" },
  notCompared: { word: WORDS.notCompared, symbol: "–", tone: "quiet", line: "solid" },
  inStep: { word: WORDS.inStep, symbol: "✓", tone: "good", line: "solid" },
};

/** The mark of a tunnel that is DOWN because it is switched off. */
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

/** The mark of a status. All but ACTIVE, DOWN and ERROR count as transitional. */
export function statusMark(status: string): Mark {
  return Object.hasOwn(STATUSES, status)
    ? STATUSES[status]!
    : { word: status, symbol: "…", tone: "warn", line: "dotted" };
}

/** The marks of a tunnel; only its status if it is in step. */
export function tunnelMarks({ status, adminStateUp, verdict }: Tunnel): readonly Mark[] {
  if (verdict === "gone") return [VERDICTS.gone];
  if (verdict === "notCompared") {
    return [{ ...VERDICTS.notCompared, word: `${status}, ${WORDS.notCompared}` }];
  }
  const mark = status === "DOWN" && !adminStateUp ? SWITCHED_OFF : statusMark(status);
  return verdict === "inStep" || VERDICTS[verdict] === mark ? [mark] : [mark, VERDICTS[verdict]];
}

/** Whether an object with these marks needs attention. */
export function needsAttention(marks: readonly Mark[]): boolean {
  return marks.some(({ tone }) => tone === "warn" || tone === "bad");
}

/** The mark for a line: the first of the worst. */
export function worst(marks: readonly Mark[]): Mark {
  return marks.reduce((left, right) =>
    TONES.indexOf(right.tone) > TONES.indexOf(left.tone) ? right : left,
  );
}

/** The marks of a resource: its verdict and its status. */
export function resourceMarks({ verdict, status }: ReportedResource): readonly Mark[] {
  const mark = VERDICTS[verdict];
  return status === undefined || statusMark(status) === mark ? [mark] : [mark, statusMark(status)];
}

/** A mark as a label; screen readers skip the symbol. */
export function chip({ word, symbol, tone }: Mark): Markup {
  return html`<span class="chip ${tone}"><span aria-hidden="true">${symbol}</span> ${word}</span>`;
}

/** Marks as a row of labels. */
export function chips(marks: readonly Mark[]): Markup {
  return html`<span class="chips">${marks.map(chip)}</span>`;
}
