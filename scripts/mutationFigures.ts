import { dirname } from "node:path";

import { table } from "./figures";

/** Stryker's report of a run, as far as it is read here (mutation-testing-report-schema 2). */
export interface MutationReport {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
  /** The kind of change, such as `StringLiteral`. */
  readonly mutatorName: string;
  readonly status: string;
}

/** The mutants of a file or folder, counted. */
export interface Tally {
  readonly name: string;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly noCoverage: number;
  /** Mutants without information on the tests: the mutant could not run, or a comment names a reason. */
  readonly leftOut: number;
  /** Percentage of detected mutants (killed, or run into a timeout), without those left out. */
  readonly score: number;
}

/** The folders of a report, each as a whole, in the order of the alphabet. */
export function foldersOf({ files }: MutationReport): Tally[] {
  const names = [...new Set(Object.keys(files).map((file) => dirname(file)))].sort();
  return names.map((name) => {
    const inside = Object.entries(files).filter(([file]) => dirname(file) === name);
    return tallyOf(
      name,
      inside.flatMap(([, { mutants }]) => mutants),
    );
  });
}

/** The tables of a report in Markdown: folders, files, and kinds of changes. */
export function figuresOf(report: MutationReport, stryker: string): string {
  const all = Object.entries(report.files).filter(([, { mutants }]) => mutants.length > 0);
  const everything = all.flatMap(([, { mutants }]) => mutants);
  const files = all.map(([name, { mutants }]) => tallyOf(name, mutants)).sort(byName);
  const head = ["killed", "timeout", "survived", "no test", "left out", "score"];
  const kinds = [...new Set(everything.map(({ mutatorName }) => mutatorName))].map((kind) => {
    const ofKind = everything.filter(({ mutatorName }) => mutatorName === kind);
    return tallyOf(kind, ofKind);
  });
  return [
    `Stryker ${stryker}, Node ${process.version}.`,
    table(["folder", ...head], [...foldersOf(report), tallyOf("all", everything)].map(cellsOf)),
    table(["file", ...head], files.map(cellsOf)),
    table(
      ["kind of change", ...head],
      kinds.sort((a, b) => unnoticed(b) - unnoticed(a) || byName(a, b)).map(cellsOf),
    ),
  ].join("\n\n");
}

function tallyOf(name: string, mutants: readonly Mutant[]): Tally {
  const count = (status: string) => mutants.filter((one) => one.status === status).length;
  const [killed, timeout] = [count("Killed"), count("Timeout")];
  const [survived, noCoverage] = [count("Survived"), count("NoCoverage")];
  const valid = killed + timeout + survived + noCoverage;
  return {
    name,
    killed,
    timeout,
    survived,
    noCoverage,
    leftOut: mutants.length - valid,
    score: valid === 0 ? 100 : (100 * (killed + timeout)) / valid,
  };
}

function cellsOf(tally: Tally): (string | number)[] {
  const { name, killed, timeout, survived, noCoverage, leftOut, score } = tally;
  return [name, killed, timeout, survived, noCoverage, leftOut, `${score.toFixed(1)} %`];
}

function unnoticed({ survived, noCoverage }: Tally): number {
  return survived + noCoverage;
}

function byName(a: Tally, b: Tally): number {
  return a.name.localeCompare(b.name);
}
