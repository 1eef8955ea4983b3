import { summaryOf, type Report } from "../../../provider/drift/report";
import { UNSEEN } from "../../../provider/controlCharacters";

/** Raised by a change that a reader of the old form would stumble over; nothing else raises it. */
const VERSION = 1;

/**
 * The report as JSON text in the form of docs/reference/drift-report.schema.json, with a line end. Control
 * characters are escaped, also those that JSON would let pass, so that it may go to a terminal.
 */
export function jsonOf(report: Report): string {
  const document = { version: VERSION, summary: summaryOf(report), ...report };
  return `${plainJson(JSON.stringify(document, undefined, 2))}\n`;
}

/** Written out as JSON does it, so that the data stays what it was. Line ends stay. */
function plainJson(json: string): string {
  return json.replace(UNSEEN, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()]
          .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}
