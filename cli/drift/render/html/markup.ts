import { escapeControlCharacters } from "../../../../provider/controlCharacters";

/** Text that is already HTML. {@link html} creates it, and escapes all parts that are not. */
export class Markup {
  constructor(readonly text: string) {}
}

/** A value in an {@link html} template; `undefined` and `false` produce no text. */
export type Part = Markup | string | number | undefined | false | readonly Part[];

/**
 * HTML in which every part that is not {@link Markup} is escaped, for use as text or in quotes,
 * including characters that are invisible or change the direction of text.
 */
export function html(texts: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(
    texts.reduce((left, right, index) => `${left}${written(parts[index - 1])}${right}`),
  );
}

/** The unescaped text of a style sheet or a document type. Never use it for data. */
export function verbatim(text: string): Markup {
  return new Markup(text);
}

/** Content that unfolds at its title, also by keyboard. In print it is unfolded. */
export function folded(title: Part, content: Part): Markup {
  return html`<details>
    <summary>${title}</summary>
    ${content}
  </details>`;
}

/** Whole sentences, with text between backticks as code. */
export function sentence(text: string): Markup {
  return html`${text
    .split("`")
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** Preformatted lines, such as JSON. */
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
