/** A run of prose: a comment, a message, a paragraph, a cell of a table. */
export interface Passage {
  readonly file: string;
  /** The line where it begins, from 1. */
  readonly line: number;
  /** With code, links and markup removed; line ends are those of the file. */
  readonly text: string;
}

/** A sentence, with the line where it begins. */
export interface Sentence {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/** Stands for code inside a sentence. */
export const CODE = "X";

const SENTENCE_END = /(?<=[.!?][)"'*_]*)\s+(?=["'(*_]*[A-Z])/;
const BREAK = "\u0000";

/** The sentences of a passage: at least two words, split where a capital follows a full stop. */
export function sentencesOf({ file, line, text }: Passage): Sentence[] {
  const separated = text.replace(new RegExp(SENTENCE_END, "g"), (gap) => BREAK + gap);
  let at = line;
  return separated.split(BREAK).flatMap((part) => {
    const lead = /^\s*/.exec(part)![0];
    const begin = at + lineEnds(lead);
    at += lineEnds(part);
    const plain = part.trim().replace(/\s+/g, " ");
    return countWords(plain) < 2 ? [] : [{ file, line: begin, text: plain }];
  });
}

/** The words of letters; figures and signs do not count. */
export function countWords(text: string): number {
  return text.match(/[A-Za-z][\w'-]*/g)?.length ?? 0;
}

/** Text with a placeholder for each code span and without the addresses of links. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, (code) => CODE + keepLineEnds(code))
    .replace(/\{@link\s+([^}|]*?)(?:\s*\|\s*([^}]*))?\}/g, (_all, target: string) => target && CODE)
    .replace(/!?\[([^\]]*)\]\([^)\s]*\)/g, "$1")
    .replace(/https?:\/\/\S+/g, CODE)
    .replace(/<\/?[a-z][^>]*>/g, "");
}

/** The paragraphs, headings, list items and cells of a Markdown page, without its code blocks. */
export function markdownPassages(file: string, page: string): Passage[] {
  const prose = page
    .replace(/^---\n[\s\S]*?\n---\n/, keepLineEnds)
    .replace(/<!--[\s\S]*?-->/g, keepLineEnds)
    .replace(/^( *)(`{3,}|~{3,})[\s\S]*?\n\1\2 *$/gm, keepLineEnds);
  return linesToPassages(file, 1, prose.split("\n"));
}

/**
 * Joins lines to passages. A blank line, a list item, a heading and a tag of a docstring begin
 * a new one, and each cell of a table is one.
 */
export function linesToPassages(file: string, first: number, lines: readonly string[]): Passage[] {
  const passages: { file: string; line: number; text: string }[] = [];
  let isOpen = false;
  lines.forEach((raw, i) => {
    const line = first + i;
    const text = raw.replace(/^\s*>\s?/, "").trimEnd();
    if (/^\s*\|.*\|$/.test(text)) {
      const cells = withoutMarkup(text).split(/(?<!\\)\|/);
      passages.push(...cells.map((cell) => ({ file, line, text: cell.trim() })));
      isOpen = false;
      return;
    }
    const begin =
      /^\s*(?:[-*+]|\d+\.|#{1,6}|@\w+(?:\s+\{[^}]*\})?(?:(?<=@param)\s+\S+)?)(?:\s+|$)/.exec(text);
    if (text.trim() === "") isOpen = false;
    else if (isOpen && begin === null) passages.at(-1)!.text += `\n${text.trim()}`;
    else {
      passages.push({ file, line, text: text.slice(begin?.[0].length ?? 0).trim() });
      isOpen = !/^\s*#{1,6}\s/.test(text);
    }
  });
  return passages
    .map((one) => ({ file: one.file, line: one.line, text: withoutMarkup(one.text) }))
    .filter(({ text }) => countWords(text) > 0);
}

function lineEnds(text: string): number {
  return text.split("\n").length - 1;
}

function keepLineEnds(text: string): string {
  return "\n".repeat(lineEnds(text));
}
