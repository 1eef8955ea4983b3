import { repeatedFiles, type RunSummary, withRepeated } from "../../../scripts/runJest";

const fileOf = (path: string, passed: number, failed: number) => ({ path, passed, failed });

const summaryOf = (changes: Partial<RunSummary>): RunSummary => ({
  passed: 100,
  failed: 0,
  skipped: 0,
  files: 20,
  failedFiles: [],
  isFiltered: false,
  isRefused: false,
  ...changes,
});

const failures = (count: number) =>
  Array.from({ length: count }, (_, index) => fileOf(`${index}.test.ts`, 4, 1));

describe("files that failed in a run of all tests", () => {
  it("run once more if they are few", () => {
    const summary = summaryOf({ failed: 2, failedFiles: failures(2) });
    expect(repeatedFiles(summary)).toEqual(["0.test.ts", "1.test.ts"]);
  });

  it("run only once if they are many", () => {
    expect(repeatedFiles(summaryOf({ failed: 6, failedFiles: failures(6) }))).toEqual([]);
  });

  it("run only once if no other file ran beside them", () => {
    const failedFiles = failures(2);
    expect(repeatedFiles(summaryOf({ failed: 2, files: 2, failedFiles }))).toEqual([]);
  });

  it("run only once if the run fails for another reason too", () => {
    const failedFiles = failures(1);
    expect(repeatedFiles(summaryOf({ failed: 1, failedFiles, isRefused: true }))).toEqual([]);
  });

  it("run only once if the run was of some titles alone", () => {
    const failedFiles = failures(1);
    expect(repeatedFiles(summaryOf({ failed: 1, failedFiles, isFiltered: true }))).toEqual([]);
  });

  it("count with their second results", () => {
    const failedFiles = [fileOf("a.test.ts", 4, 1), fileOf("b.test.ts", 0, 1)];
    const first = summaryOf({ passed: 100, failed: 2, failedFiles });
    const second = summaryOf({ passed: 12, failed: 1, failedFiles: [fileOf("b.test.ts", 7, 1)] });
    expect(withRepeated(first, second)).toMatchObject({ passed: 108, failed: 1 });
  });
});
