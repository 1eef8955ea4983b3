import { styleText } from "node:util";

import { escapeControlCharacters } from "../../provider/controlCharacters";
import type { Diagnosis } from "../../provider/diagnose/diagnose";
import { findingText, type Finding } from "../../provider/diagnose/finding";

/** The words and colors of verdicts. */
const VERDICTS = {
  problem: { word: "FAIL", color: "red" },
  note: { word: "note", color: "yellow" },
  open: { word: "?", color: "cyan" },
  ok: { word: "ok", color: "green" },
} as const;

/** The diagnoses as text, a paragraph for each connection. The color adds no information. */
export function diagnosisTable(
  diagnoses: readonly Diagnosis[],
  { color }: { readonly color: boolean },
): string {
  const paragraphs = diagnoses.map((one) => [head(one), ...one.findings.map(line)].join("\n"));
  return `${paragraphs.join("\n\n")}\n`;

  function line(finding: Finding): string {
    const { word, color: tone } = VERDICTS[finding.verdict];
    const padded = word.padEnd(4);
    const mark = color ? styleText(tone, padded, { validateStream: false }) : padded;
    return `  ${mark}  ${escapeControlCharacters(findingText(finding))}`;
  }
}

/** For example `office  DOWN  203.0.113.59 - 198.51.100.2, compared with connection office of ...`. */
function head({ name, id, status, cloudAddress, peerAddress, comparedWith }: Diagnosis): string {
  const addresses = `${cloudAddress ?? "?"} - ${peerAddress ?? "any"}`;
  const compared = comparedWith === undefined ? "" : `, compared with ${comparedWith}`;
  return escapeControlCharacters(`${name || id}  ${status}  ${addresses}${compared}`);
}
