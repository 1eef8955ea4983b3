import { summaryOf, type Report } from "../../../provider/drift/report";
import { UNSEEN } from "../../../provider/controlCharacters";

/** Increases only with a change that breaks readers of the previous form. */
const VERSION = 1;

/**
 * The report as JSON, as docs/reference/drift-report.schema.json describes it, with a line end. All
 * control characters are escaped, even those that JSON allows, so that a terminal may show it.
 */
export function jsonOf(report: Report): string {
  const document = { version: VERSION, summary: summaryOf(report), ...report };
  return `${plainJson(JSON.stringify(document, undefined, 2))}\n`;
}

/** Escapes as JSON does, so that the data is unchanged. Keeps line ends. */
function plainJson(json: string): string {
  return json.replace(UNSEEN, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()]
          .map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}
