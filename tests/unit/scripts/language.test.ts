import { languageOf, type Group } from "../../../scripts/language";
import { countLanguage } from "../../../scripts/language/count";
import { forbiddenPatterns, type ForbiddenPattern } from "../../../scripts/language/patterns";
import { markdownPassages, sentencesOf } from "../../../scripts/language/prose";
import { sourceProse } from "../../../scripts/language/source";

/** The most that each group may have. Lower a ceiling after a rewrite; never raise one. */
const CEILINGS: Record<Group, { relatives: number; openings: number; forbidden: number }> = {
  comments: { relatives: 0.25, openings: 0.2, forbidden: 1 },
  messages: { relatives: 0, openings: 0, forbidden: 0 },
  titles: { relatives: 0, openings: 0, forbidden: 0 },
  docs: { relatives: 0, openings: 0, forbidden: 3 },
};

const counts = languageOf();

describe.each(Object.keys(CEILINGS) as Group[])("the language of %s", (group) => {
  it("stays below its ceiling of relatives without a noun, per 1,000 words", () => {
    expect(counts[group].relatives).toBeLessThanOrEqual(CEILINGS[group].relatives);
  });

  it("stays below its ceiling of forbidden openings, in percent of sentences", () => {
    expect(counts[group].openings).toBeLessThanOrEqual(CEILINGS[group].openings);
  });

  it("stays below its ceiling of forbidden words", () => {
    expect(counts[group].forbidden).toBeLessThanOrEqual(CEILINGS[group].forbidden);
  });

  it("comes from many files", () => {
    expect(counts[group].words).toBeGreaterThan(3_000);
  });
});

describe("the table in docs/glossary.md", () => {
  const page = String.raw`
| counts | pattern | such as | instead |
| --- | --- | --- | --- |
| word | ${"`\\b(?:wish\\|want)\\b`"} | ${"`wish`"} | desired value |
| opening | ${"`^Else\\b`"} | ${"`Else it ends.`"} | Otherwise |
`;

  it("gives a pattern per row, with its alternative", () => {
    expect(forbiddenPatterns(page)).toEqual([
      {
        measure: "word",
        pattern: /\b(?:wish|want)\b/gi,
        example: "wish",
        instead: "desired value",
      },
      { measure: "opening", pattern: /^Else\b/g, example: "Else it ends.", instead: "Otherwise" },
    ]);
  });

  it.each(forbiddenPatterns())("has an example that $pattern matches: $example", (row) => {
    expect(row.example.match(row.pattern)).not.toBeNull();
  });
});

describe("the count of forbidden patterns", () => {
  const pattern = (measure: ForbiddenPattern["measure"], expression: RegExp): ForbiddenPattern => ({
    measure,
    pattern: expression,
    example: "",
    instead: "",
  });
  const count = (text: string, one: ForbiddenPattern): ReturnType<typeof countLanguage> =>
    countLanguage([{ file: "a.ts", line: 1, text }], [one]);

  it("gives relatives per 1,000 words", () => {
    const { relatives } = count("It shows what is set.", pattern("relative", /what is/g));
    expect(relatives).toBe(200);
  });

  it("gives openings in percent of sentences", () => {
    const { openings } = count("Else it ends. It begins.", pattern("opening", /^Else\b/g));
    expect(openings).toBe(50);
  });

  it("accepts a question that opens with a pronoun", () => {
    expect(count("What is set?", pattern("opening", /^What\b/g)).openings).toBe(0);
  });

  it("reports a forbidden word with its line and sentence", () => {
    const { forbidden, offences } = count("It ends.\nA wish\nis here.", pattern("word", /wish/g));
    expect(forbidden).toBe(1);
    expect(offences).toMatchObject([{ file: "a.ts", line: 2, sentence: "A wish is here." }]);
  });
});

describe("the sentences of a passage", () => {
  const split = (text: string): string[] =>
    sentencesOf({ file: "a.ts", line: 1, text }).map((one) => one.text);

  it("end at a full stop that a capital follows", () => {
    expect(split("It takes 1.5 s, e.g. here. Then it ends.")).toEqual([
      "It takes 1.5 s, e.g. here.",
      "Then it ends.",
    ]);
  });

  it("have two words or more", () => {
    expect(split("Yes. It ends.")).toEqual(["It ends."]);
  });
});

describe("the prose of a source file", () => {
  const prose = (text: string): Record<"comments" | "messages" | "titles", string[]> => {
    const { comments, messages, titles } = sourceProse("a.ts", text);
    const texts = (passages: typeof comments): string[] => passages.map((one) => one.text);
    return { comments: texts(comments), messages: texts(messages), titles: texts(titles) };
  };

  it("has comments, but none from inside a string or a template", () => {
    const code = "const a = 'x // no comment'; // a comment\nconst b = `${a /* inner */} // no`;";
    expect(prose(code).comments).toEqual(["a comment", "inner"]);
  });

  it("joins line comments that follow one another", () => {
    expect(prose("// It begins\n// and ends.\n\n// Another.").comments).toEqual([
      "It begins\nand ends.",
      "Another.",
    ]);
  });

  it("has a passage for each tag of a docstring, without code", () => {
    const code =
      "/**\n * Sends `a`.\n * @param name The {@link name} to send.\n */\nfunction a() {}";
    expect(prose(code).comments).toEqual(["Sends X.", "The X to send."]);
  });

  it("has messages of three words or more, joined over a plus sign", () => {
    const code = "log(`It is ${state} ` + 'and stays there.'); log('a key');";
    expect(prose(code).messages).toEqual(["It is X and stays there."]);
  });

  it("separates titles of tests from messages", () => {
    const code = "it('sends a request', () => {}); it.each([1])('sends %s requests', () => {});";
    expect(prose(code)).toMatchObject({
      messages: [],
      titles: ["sends a request", "sends %s requests"],
    });
  });

  it("has the line of each comment", () => {
    const { comments } = sourceProse("a.ts", "const a = 1;\n\n/** A value. */\nconst b = 2;");
    expect(comments).toEqual([{ file: "a.ts", line: 3, text: "A value." }]);
  });
});

describe("the prose of a Markdown page", () => {
  it("has paragraphs, headings, items and cells, but no code blocks and addresses", () => {
    const page =
      "# A page\nIt has\ntwo lines.\n\n- [An item](a.md)\n\n```ts\nconst what = 1;\n```\n\n| a cell | `code` |";
    expect(markdownPassages("a.md", page).map(({ line, text }) => [line, text])).toEqual([
      [1, "A page"],
      [2, "It has\ntwo lines."],
      [5, "An item"],
      [11, "a cell"],
      [11, "X"],
    ]);
  });
});
