import { escapeControlCharacters } from "../../../../provider/controlCharacters";

/** Text that is HTML already: made by {@link html}, so nothing in it came from outside unescaped. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What {@link html} takes between its text: `undefined` and `false` are nothing. */
export type Part = Markup | string | number | undefined | false | readonly Part[];

/**
 * HTML in which every part that is no {@link Markup} is escaped, for use as text or in quotes; what
 * cannot be seen in it, or turns the direction of text, is written out.
 */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(
    texts.reduce((left, right, index) => `${left}${written(parts[index - 1])}${right}`),
  );
}

/** The text of a style sheet or of a document type: as it is, so never made of data. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

/** Content that opens at its title, with the keyboard too; printed, it is open. */
export function folded(title: Part, content: Part): Markup {
  return html`<details>
    <summary>${title}</summary>
    ${content}
  </details>`;
}

/** Whole sentences, with what stands between backticks as code. */
export function sentence(text: string): Markup {
  return html`${text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** Lines as they are, such as those of JSON. */
export function lines(text: string): Markup {
  return html`<pre>${text.split("\n").flatMap((line) => [line, new Markup("\n")])}</pre>`;
}

function written(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map(written).join("");
  return escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

function escaped(text: string): string {
  return escapeControlCharacters(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character]!);
}
