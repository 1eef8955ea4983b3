import { createRequire } from "node:module";
import { join } from "node:path";

/** A test file as Jest hands it to a sequencer. */
interface TestFile {
  readonly path: string;
  readonly context: {
    readonly config: { readonly displayName: { readonly name: string } };
    readonly hasteFS: { readonly getSize: () => number };
  };
}

const root = join(__dirname, "..", "..", "..");
const SlowestFirst = createRequire(__filename)(join(root, "tests", "sequencer.cjs")) as new (
  options: object,
) => {
  sort(files: readonly TestFile[]): TestFile[];
  time(file: TestFile): number | undefined;
  hasFailed(file: TestFile): boolean;
};

const aFile = (name: string, size: number): TestFile => ({
  path: `${name}/${size}.test.ts`,
  context: { config: { displayName: { name } }, hasteFS: { getSize: () => size } },
});

const sorted = (files: readonly TestFile[]) => {
  const sequencer = new SlowestFirst({});
  jest.spyOn(sequencer, "time").mockReturnValue(undefined);
  jest.spyOn(sequencer, "hasFailed").mockReturnValue(false);
  return sequencer.sort(files).map(({ path }) => path);
};

it("test files run layer by layer, the layers with long files first", () => {
  const files = [aFile("unit", 9), aFile("process", 8), aFile("engine", 3), aFile("live", 2)];
  const paths = ["live/2", "engine/3", "unit/9", "process/8"].map((path) => `${path}.test.ts`);
  expect(sorted(files)).toEqual(paths);
});

it("test files of a layer keep Jest's order", () => {
  const files = [1, 3, 2].map((size) => aFile("engine", size));
  expect(sorted(files)).toEqual([3, 2, 1].map((size) => `engine/${size}.test.ts`));
});
