import ts from "typescript";

import { CODE, countWords, linesToPassages, type Passage } from "./prose";

/** The prose of a TypeScript or JavaScript file. */
export interface SourceProse {
  readonly comments: Passage[];
  /** Strings of three words or more, templates with a placeholder for each expression. */
  readonly messages: Passage[];
  /** The titles of tests. */
  readonly titles: Passage[];
}

const MESSAGE_WORDS = 3;

/** Reads the prose of a source file from its syntax tree. */
export function sourceProse(file: string, text: string): SourceProse {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: SourceProse = { comments: [], messages: [], titles: [] };
  found.comments.push(...commentsOf(source));
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const words = stringOf(node);
    if (words === undefined) {
      ts.forEachChild(node, visit);
      return;
    }
    const kind = isTitle(node) ? found.titles : found.messages;
    if (countWords(words) >= MESSAGE_WORDS || kind === found.titles) {
      kind.push(...linesToPassages(file, lineOf(source, node.getStart(source)), words.split("\n")));
    }
  };
  visit(source);
  return found;
}

/** The value of a string, a template or a sum of them; undefined for any other node. */
function stringOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const rest = node.templateSpans.map(({ literal }) => CODE + literal.text);
    return node.head.text + rest.join("");
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
    return undefined;
  }
  const [left, right] = [stringOf(node.left), stringOf(node.right)];
  return left === undefined && right === undefined ? undefined : (left ?? CODE) + (right ?? CODE);
}

/** Whether a string is the first argument of `it`, `test` or `describe`, with `.each` or without. */
function isTitle(node: ts.Node): boolean {
  const call = node.parent as ts.Node | undefined;
  if (call === undefined || !ts.isCallExpression(call) || call.arguments[0] !== node) return false;
  return /^(?:it|test|describe)\b/.test(call.expression.getText());
}

/** Every comment, found by the scanner between tokens; line comments in a row are one. */
function commentsOf(source: ts.SourceFile): Passage[] {
  const { text } = source;
  const ranges = new Map<number, ts.CommentRange>();
  const visit = (node: ts.Node): void => {
    if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode)
      return;
    const children = node.getChildren(source);
    if (children.length > 0) {
      children.forEach(visit);
      return;
    }
    for (const range of [
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    ]) {
      ranges.set(range.pos, range);
    }
  };
  visit(source);
  const blocks: { line: number; lines: string[] }[] = [];
  let last: { end: number; isLine: boolean } | undefined;
  for (const { pos, end, kind } of [...ranges.values()].sort((one, other) => one.pos - other.pos)) {
    const isLine = kind === ts.SyntaxKind.SingleLineCommentTrivia;
    const lines = uncommented(text.slice(pos, end));
    const follows =
      isLine && last?.isLine === true && /^\r?\n[ \t]*$/.test(text.slice(last.end, pos));
    if (follows) blocks.at(-1)!.lines.push(...lines);
    else blocks.push({ line: lineOf(source, pos), lines });
    last = { end, isLine };
  }
  return blocks
    .filter(({ lines }) => !/^\s*(?:eslint-|@ts-|prettier-|Stryker )/.test(lines[0] ?? ""))
    .flatMap(({ line, lines }) => linesToPassages(source.fileName, line, lines));
}

function uncommented(comment: string): string[] {
  return comment
    .replace(/^\/\*+|\*+\/$/g, "")
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\/\/+|\*)?\s?/, ""));
}

function lineOf(source: ts.SourceFile, position: number): number {
  return source.getLineAndCharacterOfPosition(position).line + 1;
}
