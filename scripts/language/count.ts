import type { ForbiddenPattern } from "./patterns";
import { countWords, sentencesOf, type Passage } from "./prose";

/** A place where a forbidden pattern was found. */
export interface Offence {
  readonly file: string;
  readonly line: number;
  readonly pattern: ForbiddenPattern;
  readonly sentence: string;
}

/** The language of some passages. */
export interface Counts {
  readonly words: number;
  readonly sentences: number;
  /** Relatives without a noun per 1,000 words. */
  readonly relatives: number;
  /** Percentage of sentences with a forbidden opening. */
  readonly openings: number;
  /** Forbidden words. */
  readonly forbidden: number;
  readonly offences: readonly Offence[];
}

/** Counts the forbidden patterns of passages. A question may open with, and contain, any pronoun. */
export function countLanguage(
  passages: readonly Passage[],
  patterns: readonly ForbiddenPattern[],
): Counts {
  const sentences = passages.flatMap(sentencesOf);
  const offences = sentences.flatMap(({ file, line, text }) =>
    patterns
      .filter(({ measure }) => measure === "word" || !text.endsWith("?"))
      .flatMap((pattern) => {
        const places = [...text.matchAll(pattern.pattern)];
        return places.map(() => ({ file, line, pattern, sentence: text }));
      }),
  );
  const times = (measure: string): number =>
    offences.filter(({ pattern }) => pattern.measure === measure).length;
  const words = passages.reduce((sum, { text }) => sum + countWords(text), 0);
  return {
    words,
    sentences: sentences.length,
    relatives: (1000 * times("relative")) / Math.max(words, 1),
    openings: (100 * times("opening")) / Math.max(sentences.length, 1),
    forbidden: times("word"),
    offences,
  };
}
